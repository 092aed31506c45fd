package dev.stackwright.web.resources;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ObjectDeed.Where;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Does to things what {@link ObjectDeeds} describes, with the person's own token. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}")
class ObjectDeedController {

    private static final String ONE =
            "/{panel:" + Panels.OF_PROJECT + "}/{id}/{deed:" + ObjectDeeds.PATHS + "}";
    private static final String NEW = "/new/{panel:" + Panels.MADE_HERE + "}";
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_NAME = 255;

    private final Inventory inventory;
    private final ProjectEntry entry;
    private final Trail trail;

    ObjectDeedController(Inventory inventory, ProjectEntry entry, Trail trail) {
        this.inventory = inventory;
        this.entry = entry;
        this.trail = trail;
    }

    @GetMapping(ONE)
    String ask(
            Visit visit,
            @PathVariable String panel,
            @PathVariable String id,
            @PathVariable("deed") String path,
            @RequestParam Map<String, String> typed,
            Model model) {
        var deed = deed(panel, path);
        if (!deed.asks()) {
            throw PageFailure.notFound();
        }
        model.addAttribute(
                "page", page(visit, deed, found(visit, deed, id), typed, Map.of(), null));
        return "resources/ask";
    }

    @GetMapping(NEW)
    String askForNew(
            Visit visit,
            @PathVariable String panel,
            @RequestParam Map<String, String> typed,
            Model model) {
        var deed = deed(panel, "create");
        model.addAttribute("page", page(visit, deed, nothing(deed.kind()), typed, Map.of(), null));
        return "resources/ask";
    }

    @PostMapping(ONE)
    String act(
            Visit visit,
            @PathVariable String panel,
            @PathVariable String id,
            @PathVariable("deed") String path,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var deed = deed(panel, path);
        return act(visit, deed, found(visit, deed, id), typed, model, response, redirect);
    }

    @PostMapping(NEW)
    String make(
            Visit visit,
            @PathVariable String panel,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var deed = deed(panel, "create");
        return act(visit, deed, nothing(deed.kind()), typed, model, response, redirect);
    }

    private String act(
            Visit visit,
            ObjectDeed deed,
            CloudObject object,
            Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var name = deed.makes() ? ObjectDeeds.text(typed, "name") : Names.of(object);
        var written = trail.of(visit, deed.action()).on(deed.objectKind(), object.id(), name);
        if (!visit.mayChange()) {
            written.refused();
            throw PageFailure.readersOnlyLook();
        }
        var where = new Where(visit, inventory);
        var unable = deed.unable(where, object);
        if (unable != null) {
            written.saying(visit.format().say(unable)).refused();
            Flash.failed(unable).on(redirect);
            return "redirect:" + ResourceLinks.href(visit, object.ref());
        }
        var errors = errors(deed.form().fields(where, object), typed);
        if (!errors.isEmpty()) {
            written.saying("The form was not complete").refused();
            return again(visit, deed, object, typed, errors, null, model, response);
        }
        JsonNode answer;
        try {
            answer =
                    visit.as(os -> os.call(deed.ask().request(object, typed).whileSomebodyWaits()))
                            .body();
        } catch (CloudFailure failure) {
            written.saying(String.valueOf(failure.getMessage())).failed();
            touch(visit, deed, object, object.id(), typed);
            var trouble =
                    Words.of(
                            failure.mayHaveHappened() ? "resources.silent" : "resources.failed",
                            failure.said());
            if (deed.asks()) {
                return again(visit, deed, object, typed, Map.of(), trouble, model, response);
            }
            Flash.failed(trouble).on(redirect);
            return "redirect:" + ResourceLinks.href(visit, object.ref());
        }
        var made = deed.makes() ? made(deed, answer, name) : object.id();
        var called = deed.makes() ? called(answer, name) : name;
        trail.of(visit, deed.action()).on(deed.objectKind(), made, called).done();
        touch(visit, deed, object, made, typed);
        var key = answer.path("keypair").path("private_key").asString("");
        if (deed.kind() == Kind.KEYPAIR && !key.isEmpty()) {
            // The cloud does not keep it, and neither does this page once it is left.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            model.addAttribute(
                    "page",
                    new KeyPage(name, key, visit.path("keypairs"), visit.path("keypairs", name)));
            return "resources/key";
        }
        Flash.done(deed.key("done"), called).on(redirect);
        if (deed.makes()) {
            redirect.addAttribute("just", made);
        }
        return "redirect:"
                + (deed.makes() || deed.path().equals("delete")
                        ? ResourceLinks.list(visit, deed.kind())
                        : ResourceLinks.href(visit, object.ref()));
    }

    private String again(
            Visit visit,
            ObjectDeed deed,
            CloudObject object,
            Map<String, String> typed,
            Map<String, Words> errors,
            @Nullable Words trouble,
            Model model,
            HttpServletResponse response) {
        response.setStatus(UNPROCESSABLE);
        model.addAttribute("page", page(visit, deed, object, typed, errors, trouble));
        return "resources/ask";
    }

    private void touch(
            Visit visit,
            ObjectDeed deed,
            CloudObject object,
            String id,
            Map<String, String> typed) {
        switch (deed.kind()) {
            // Neutron may show them to nobody but the project's own people.
            case SECURITY_GROUP -> entry.readAgain(visit);
            case KEYPAIR ->
                    inventory.touch(visit.cloud(), Kind.KEYPAIR, visit.viewer().user().value());
            default -> {
                if (!id.isEmpty()) {
                    inventory.touch(visit.cloud(), deed.kind(), id);
                }
            }
        }
        deed.touch()
                .touched(object, typed)
                .forEach(ref -> inventory.touch(visit.cloud(), ref.kind(), ref.id()));
    }

    private static String made(ObjectDeed deed, JsonNode answer, String name) {
        if (deed.kind() == Kind.KEYPAIR) {
            return name;
        }
        for (var each : answer) {
            return each.path("id").asString("");
        }
        return "";
    }

    /** A floating address has no name but itself. */
    private static String called(JsonNode answer, String name) {
        return name.isEmpty()
                ? answer.path("floatingip").path("floating_ip_address").asString(name)
                : name;
    }

    private static Map<String, Words> errors(List<Field> fields, Map<String, String> typed) {
        var errors = new HashMap<String, Words>();
        for (var field : fields) {
            var error = error(field, ObjectDeeds.text(typed, field.name()));
            if (error != null) {
                errors.put(field.name(), error);
            }
        }
        return errors;
    }

    private static @Nullable Words error(Field field, String text) {
        if (text.isEmpty()) {
            return field.needed() ? Words.of("resources.form.missing") : null;
        }
        return switch (field.kind()) {
            case NUMBER -> text.matches("[1-9]\\d{0,6}") ? null : Words.of("resources.form.number");
            case SELECT ->
                    field.options().stream().anyMatch(option -> option.value().equals(text))
                            ? null
                            : Words.of("resources.form.unknown");
            case TEXT ->
                    text.length() > LONGEST_NAME
                            ? Words.of("resources.form.long", LONGEST_NAME)
                            : Rules.wrong(field.name(), text);
            default -> null;
        };
    }

    private AskPage page(
            Visit visit,
            ObjectDeed deed,
            CloudObject object,
            Map<String, String> typed,
            Map<String, Words> errors,
            @Nullable Words trouble) {
        var where = new Where(visit, inventory);
        var unable = deed.unable(where, object);
        var panel = Panels.of(deed.kind());
        var name = deed.makes() ? "" : Names.of(object);
        var list = ResourceLinks.list(visit, deed.kind());
        return new AskPage(
                Words.of("resources.ask.title", deed.say("heading", name)),
                deed.say("heading", name),
                deed.say("lead", name),
                name,
                deed.form().fields(where, object).stream()
                        .map(field ->
                                field.value(typed.getOrDefault(field.name(), field.value()))
                                        .error(errors.get(field.name()))
                                        .unable(
                                                visit.mayChange()
                                                        ? null
                                                        : Words.of("resources.cannot.reader")))
                        .toList(),
                trouble,
                unable,
                deed.say("go", name),
                Words.of(deed.danger() ? "resources.ask.keep" : "resources.ask.back"),
                deed.danger(),
                deed.makes()
                        ? visit.path("new", panel.path())
                        : visit.path(panel.path(), object.id(), deed.path()),
                deed.makes() ? list : ResourceLinks.href(visit, object.ref()),
                Address.of(list).toString(),
                panel.say("heading"));
    }

    private static ObjectDeed deed(String panel, String path) {
        return Panels.called(panel)
                .flatMap(known -> ObjectDeeds.find(known.kind(), path))
                .orElseThrow(PageFailure::notFound);
    }

    private CloudObject found(Visit visit, ObjectDeed deed, String id) {
        return inventory.findAll(visit.viewer(), deed.kind(), List.of(id)).stream()
                .findFirst()
                .orElseThrow(PageFailure::notFound);
    }

    /** What is still to be made. */
    private static CloudObject nothing(Kind kind) {
        return new CloudObject(
                kind, "", "", null, "", JsonNodeFactory.instance.objectNode(), null, Instant.EPOCH);
    }
}
