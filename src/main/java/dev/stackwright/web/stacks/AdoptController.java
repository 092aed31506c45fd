package dev.stackwright.web.stacks;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.Stacks;
import dev.stackwright.stack.imports.Imports;
import dev.stackwright.stack.imports.WrittenTemplate;
import dev.stackwright.template.Limits;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Makes a stack of what is there already: tick it, read the template, see a plan that touches
 * nothing, adopt it. What another stack left behind with its export is taken over the same way.
 */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/stacks/adopt")
class AdoptController {

    private static final String ID = "id-";

    /** Which names are shown, and what is ticked of it. */
    private record Choice(String text, Set<String> ticked) {

        static final Choice NONE = new Choice("", Set.of());
    }

    private final Stacks stacks;
    private final Imports imports;
    private final StackAudit audit;
    private final Limits limits;

    AdoptController(Stacks stacks, Imports imports, StackAudit audit, Limits limits) {
        this.stacks = stacks;
        this.imports = imports;
        this.audit = audit;
        this.limits = limits;
    }

    @GetMapping
    String choose(Visit visit, Model model, @RequestParam(defaultValue = "") String q) {
        refuseReaders(visit);
        return page(visit, model, "", new Choice(q, Set.of()), null, List.of());
    }

    /** Reads and writes nothing but the page. */
    @PostMapping("/template")
    @Unrecorded("It only writes a text")
    String template(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") List<String> thing) {
        refuseReaders(visit);
        var chosen = new Choice(q, Set.copyOf(thing));
        if (thing.size() > Imports.MOST) {
            return page(
                    visit,
                    model,
                    name,
                    chosen,
                    null,
                    List.of(Words.of("stacks.adopt.toomany", Imports.MOST)));
        }
        var written = imports.write(visit.viewer(), Imports.refs(thing));
        return page(
                visit,
                model,
                name,
                chosen,
                written.map(AdoptController::written).orElse(null),
                written.isEmpty() ? List.of(Words.of("stacks.adopt.nothing")) : List.of());
    }

    private static AdoptPage.Written written(WrittenTemplate written) {
        return new AdoptPage.Written(written.text(), written.ids());
    }

    @PostMapping
    @Unrecorded("What came of it is recorded, with the plan")
    String adopt(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String export,
            @RequestParam Map<String, String> sent) {
        refuseReaders(visit);
        var ids = new LinkedHashMap<String, String>();
        sent.forEach((key, value) -> {
            if (key.startsWith(ID)) {
                ids.put(key.substring(ID.length()), value);
            }
        });
        if (Math.max(template.length(), export.length()) > 2 * limits.bytes()) {
            return page(
                    visit,
                    model,
                    name,
                    Choice.NONE,
                    null,
                    List.of(Words.of("stacks.adopt.toolong", 2 * limits.bytes())));
        }
        var outcome =
                stacks.previewAdopt(
                        visit.viewer(),
                        visit.person().name(),
                        name,
                        export.isBlank() ? Imports.export(template, ids) : export);
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused(var diagnostics, var fields) -> {
                audit.refused(visit, "stack.plan", "", name);
                var problems =
                        Stream.concat(
                                        fields.stream()
                                                .map(field -> Words.verbatim(field.sentence())),
                                        diagnostics.errors().stream().map(AdoptController::words))
                                .limit(20)
                                .toList();
                yield page(
                        visit,
                        model,
                        name,
                        Choice.NONE,
                        template.isBlank() ? null : new AdoptPage.Written(template, ids),
                        problems.isEmpty() ? List.of(Words.of("stacks.refused")) : problems);
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    private static Words words(Diagnostic diagnostic) {
        return Words.verbatim(
                "%d:%d %s"
                        .formatted(
                                diagnostic.range().line(),
                                diagnostic.range().column(),
                                diagnostic.detail()));
    }

    private String page(
            Visit visit,
            Model model,
            String name,
            Choice choice,
            AdoptPage.@Nullable Written written,
            List<Words> problems) {
        var groups =
                imports.candidates(visit.viewer(), choice.text()).entrySet().stream()
                        .map(group -> group(group.getKey().name(), group.getValue(), choice))
                        .toList();
        var here = visit.path("stacks", "adopt");
        model.addAttribute(
                "page",
                new AdoptPage(
                        visit.path("stacks"),
                        here + "/template",
                        here,
                        name,
                        choice.text(),
                        groups,
                        written,
                        problems));
        return "stacks/adopt";
    }

    private static AdoptPage.Group group(
            String kind, List<Imports.Candidate> candidates, Choice choice) {
        var icon = kind.toLowerCase(Locale.ROOT);
        return new AdoptPage.Group(
                Words.of("stacks.adopt.kind." + icon),
                icon,
                candidates.stream()
                        .map(one -> {
                            var value = kind + " " + one.ref().id();
                            return new AdoptPage.Choice(
                                    value,
                                    one.name(),
                                    one.stack(),
                                    choice.ticked().contains(value));
                        })
                        .toList(),
                candidates.size() == Imports.SHOWN);
    }

    private static void refuseReaders(Visit visit) {
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
    }
}
