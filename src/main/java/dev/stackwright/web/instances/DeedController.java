package dev.stackwright.web.instances;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is done to one instance: asked first where something has to be said, then done. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances/{id}")
class DeedController {

    private static final int UNPROCESSABLE = 422;

    private final Inventory inventory;
    private final DeedForms forms;
    private final ServerDeeds deeds;

    DeedController(Inventory inventory, DeedForms forms, ServerDeeds deeds) {
        this.inventory = inventory;
        this.forms = forms;
        this.deeds = deeds;
    }

    @GetMapping("/delete")
    String confirmDelete(Visit visit, @PathVariable String id, Model model) {
        var server = found(visit, id);
        var volumes = server.volumes().stream().map(CloudObject::label).toList();
        model.addAttribute(
                "page",
                new DeletePage(
                        server.row().name(),
                        server.row().flavor(),
                        server.row().diskGb(),
                        volumes,
                        ServerDeed.DELETE.unable(visit, server),
                        visit.path("instances", id, "delete"),
                        visit.path("instances", id),
                        visit.path("instances")));
        return "instances/delete";
    }

    @GetMapping("/{form:" + ServerDeed.FORMS + "}")
    String ask(
            Visit visit,
            @PathVariable String id,
            @PathVariable("form") String path,
            @RequestParam Map<String, String> typed,
            Model model) {
        var deed = deed(visit, path);
        var server = found(visit, id);
        model.addAttribute(
                "page", page(visit, server, deed, forms.fields(visit, server, deed, typed), null));
        return "instances/deed";
    }

    @PostMapping("/{deed:" + ServerDeed.PLAIN + "}")
    String act(
            Visit visit,
            @PathVariable String id,
            @PathVariable("deed") String path,
            RedirectAttributes redirect) {
        return perform(visit, found(visit, id), deed(visit, path), Map.of(), redirect);
    }

    @PostMapping("/{form:" + ServerDeed.FORMS + "}")
    String actAsAsked(
            Visit visit,
            @PathVariable String id,
            @PathVariable("form") String path,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var deed = deed(visit, path);
        var server = found(visit, id);
        if (visit.mayChange() && forms.unable(visit, server, deed) == null) {
            var fields = forms.checked(forms.fields(visit, server, deed, typed), typed);
            if (fields.stream().anyMatch(field -> field.error() != null)) {
                return again(visit, server, deed, fields, null, model, response);
            }
            var outcome = deeds.perform(visit, server, deed, typed);
            return outcome.trouble() == null
                    ? done(visit, server, deed, redirect)
                    : again(visit, server, deed, fields, outcome.trouble(), model, response);
        }
        return perform(visit, server, deed, typed, redirect);
    }

    /** Nova gives an address that is good for minutes: it is shown, not stored. */
    @PostMapping("/console")
    String console(Visit visit, @PathVariable String id, Model model, RedirectAttributes redirect) {
        var server = found(visit, id);
        var outcome = deeds.perform(visit, server, ServerDeed.CONSOLE, Map.of());
        var answer = outcome.answer();
        if (answer == null) {
            failed(outcome, redirect);
            return "redirect:" + visit.path("instances", id);
        }
        model.addAttribute(
                "page",
                new ConsolePage(
                        server.row().name(),
                        answer.body().path("remote_console").path("url").asString(""),
                        visit.path("instances", id, "console"),
                        visit.path("instances", id),
                        visit.path("instances")));
        return "instances/console";
    }

    /** What was typed stays where it is. */
    private String again(
            Visit visit,
            ServerDetail server,
            ServerDeed deed,
            List<Field> fields,
            @Nullable Words trouble,
            Model model,
            HttpServletResponse response) {
        response.setStatus(UNPROCESSABLE);
        model.addAttribute("page", page(visit, server, deed, fields, trouble));
        return "instances/deed";
    }

    private String perform(
            Visit visit,
            ServerDetail server,
            ServerDeed deed,
            Map<String, String> given,
            RedirectAttributes redirect) {
        var outcome = deeds.perform(visit, server, deed, given);
        if (outcome.trouble() != null) {
            failed(outcome, redirect);
            return "redirect:" + visit.path("instances", server.row().id());
        }
        return done(visit, server, deed, redirect);
    }

    private static String done(
            Visit visit, ServerDetail server, ServerDeed deed, RedirectAttributes redirect) {
        var instance = visit.path("instances", server.row().id());
        Flash.done("instances.done." + deed.path(), server.row().name()).on(redirect);
        return "redirect:" + (deed == ServerDeed.DELETE ? visit.path("instances") : instance);
    }

    private static void failed(ServerDeeds.Outcome outcome, RedirectAttributes redirect) {
        var trouble = outcome.trouble();
        if (trouble != null) {
            Flash.failed(trouble).on(redirect);
        }
    }

    private static ServerDeed deed(Visit visit, String path) {
        return ServerDeed.of(path)
                .filter(deed -> deed.isOfferedTo(visit))
                .orElseThrow(PageFailure::notFound);
    }

    private DeedPage page(
            Visit visit,
            ServerDetail server,
            ServerDeed deed,
            List<Field> fields,
            @Nullable Words trouble) {
        var id = server.row().id();
        return new DeedPage(
                server.row().name(),
                deed.label(),
                Words.of("instances.ask." + deed.path() + ".lead", server.row().name()),
                fields,
                trouble,
                forms.unable(visit, server, deed),
                deed.isDangerous(),
                visit.path("instances", id, deed.path()),
                visit.path("instances", id),
                visit.path("instances"));
    }

    private ServerDetail found(Visit visit, String id) {
        return found(inventory, visit, id);
    }

    /** What is gone is said by the name that it had. */
    static ServerDetail found(Inventory inventory, Visit visit, String id) {
        return inventory
                .server(visit.viewer(), id)
                .orElseThrow(() ->
                        inventory
                                .tombstone(visit.viewer(), Kind.SERVER, id)
                                .map(gone ->
                                        PageFailure.notFound(
                                                Words.of(
                                                        "instances.gone",
                                                        gone.name(),
                                                        visit.format().dateTime(gone.gone()))))
                                .orElseGet(PageFailure::notFound));
    }
}
