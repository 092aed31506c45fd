package dev.stackwright.web.stacks;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.Stacks;
import dev.stackwright.stack.imports.HeatStacks;
import dev.stackwright.stack.imports.Imports;
import dev.stackwright.stack.imports.WrittenTemplate;
import dev.stackwright.template.Limits;
import dev.stackwright.web.audit.Unrecorded;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final String HIDDEN = "hidden-";

    /** Which names are shown, and what is ticked of it. */
    private record Choice(String text, Set<String> ticked) {

        static final Choice NONE = new Choice("", Set.of());
    }

    private final Stacks stacks;
    private final Imports imports;
    private final HeatStacks heats;
    private final StackAudit audit;
    private final Limits limits;

    AdoptController(
            Stacks stacks, Imports imports, HeatStacks heats, StackAudit audit, Limits limits) {
        this.heats = heats;
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

    /** The same page with what Heat has: it is asked when somebody wants to know. */
    @PostMapping("/heat/list")
    @Unrecorded("Reads and writes nothing but the page")
    String lookIntoHeat(Visit visit, Model model) {
        refuseReaders(visit);
        return page(visit, model, "", new Choice("", Set.of()), null, List.of(), listed(visit));
    }

    /** One stack of Heat, before anything is planned. */
    @PostMapping("/heat/read")
    @Unrecorded("Reads and writes nothing but the page")
    String readFromHeat(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String heat,
            @RequestParam(defaultValue = "") String heatName) {
        refuseReaders(visit);
        var reading = reading(visit, heatName, heat).orElseThrow(PageFailure::notFound);
        return fromHeat(visit, model, reading, heatName, List.of());
    }

    private Optional<HeatStacks.Reading> reading(Visit visit, String name, String id) {
        return heats.read(visit.viewer(), visit.token(), name, id);
    }

    /** What Heat has, before it is planned. */
    private String fromHeat(
            Visit visit,
            Model model,
            HeatStacks.Reading reading,
            String name,
            List<Words> problems) {
        var here = visit.path("stacks", "adopt");
        model.addAttribute(
                "page", new HeatPage(visit.path("stacks"), here, name, reading, problems));
        return "stacks/heat";
    }

    /** Takes over a stack of Heat, as it is there at this moment. */
    @PostMapping("/heat")
    @Unrecorded("What came of it is recorded, with the plan")
    String adoptFromHeat(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String heat,
            @RequestParam(defaultValue = "") String heatName,
            @RequestParam Map<String, String> sent) {
        refuseReaders(visit);
        var reading = reading(visit, heatName, heat).orElseThrow(PageFailure::notFound);
        if (reading.problem() != null) {
            return fromHeat(visit, model, reading, name, List.of());
        }
        var typed = new LinkedHashMap<String, String>();
        sent.forEach((key, value) -> {
            if (key.startsWith(HIDDEN) && !value.isEmpty()) {
                typed.put(key.substring(HIDDEN.length()), value);
            }
        });
        var outcome =
                stacks.looking(visit.token())
                        .previewAdopt(
                                visit.viewer(), visit.person().name(), name, reading.export(typed));
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                heats.takenFrom(plan.stack(), reading.stack());
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused refused -> {
                audit.refused(visit, "stack.plan", "", name);
                yield fromHeat(visit, model, reading, name, problems(refused));
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    /** Reads and writes nothing but the page. */
    @PostMapping("/template")
    @Unrecorded("It only writes a text")
    String template(
            Visit visit,
            Model model,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") List<String> thing,
            @RequestParam(name = "do", defaultValue = "") String what) {
        refuseReaders(visit);
        var chosen = new Choice(q, Set.copyOf(thing));
        if (what.equals("filter")) {
            return page(visit, model, name, chosen, null, List.of());
        }
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
                stacks.looking(visit.token())
                        .previewAdopt(
                                visit.viewer(),
                                visit.person().name(),
                                name,
                                export.isBlank() ? Imports.export(template, ids) : export);
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                audit.planned(visit, plan);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused refused -> {
                audit.refused(visit, "stack.plan", "", name);
                yield page(
                        visit,
                        model,
                        name,
                        Choice.NONE,
                        template.isBlank() ? null : new AdoptPage.Written(template, ids),
                        problems(refused));
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    private static List<Words> problems(PreviewOutcome.Refused refused) {
        var problems =
                Stream.concat(
                                refused.fields().stream()
                                        .map(field -> Words.verbatim(field.sentence())),
                                refused.diagnostics().errors().stream().map(AdoptController::words))
                        .limit(20)
                        .toList();
        return problems.isEmpty() ? List.of(Words.of("stacks.refused")) : problems;
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
        return page(
                visit,
                model,
                name,
                choice,
                written,
                problems,
                written == null
                        ? new AdoptPage.Heat(List.of(), look(visit), null)
                        : AdoptPage.Heat.NONE);
    }

    private String page(
            Visit visit,
            Model model,
            String name,
            Choice choice,
            AdoptPage.@Nullable Written written,
            List<Words> problems,
            AdoptPage.Heat heat) {
        var groups = new ArrayList<AdoptPage.Group>();
        imports.candidates(visit.viewer(), choice.text())
                .forEach((kind, candidates) -> groups.add(group(kind.name(), candidates, choice)));
        elsewhere(visit, choice, groups).ifPresent(group -> groups.addFirst(group));
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
                        heat,
                        problems));
        return "stacks/adopt";
    }

    /** What was ticked before the list was filtered stays, and can be unticked. */
    private Optional<AdoptPage.Group> elsewhere(
            Visit visit, Choice choice, List<AdoptPage.Group> shown) {
        var hidden = new LinkedHashSet<>(choice.ticked());
        shown.forEach(group -> group.choices().forEach(one -> hidden.remove(one.value())));
        var choices =
                imports.chosen(visit.viewer(), Imports.refs(hidden)).stream()
                        .map(one ->
                                new AdoptPage.Choice(
                                        one.ref().kind().name() + " " + one.ref().id(),
                                        one.name(),
                                        one.stack(),
                                        one.stack() == null))
                        .toList();
        return choices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AdoptPage.Group(Words.of("stacks.adopt.ticked"), "ok", choices, false));
    }

    /** Where Heat is asked; nothing without one. */
    private @Nullable String look(Visit visit) {
        return heats.isOffered(visit.viewer(), visit.token())
                ? visit.path("stacks", "adopt", "heat", "list")
                : null;
    }

    private AdoptPage.Heat listed(Visit visit) {
        var look = look(visit);
        if (look == null) {
            throw PageFailure.notFound();
        }
        try {
            var all =
                    heats.list(visit.viewer(), visit.token()).orElse(List.of()).stream()
                            .map(one -> heat(visit, one))
                            .toList();
            return new AdoptPage.Heat(
                    all, look, all.isEmpty() ? Words.of("stacks.heat.empty") : null);
        } catch (CloudFailure e) {
            return new AdoptPage.Heat(
                    List.of(),
                    look,
                    Words.of("stacks.heat.trouble", String.valueOf(e.getMessage())));
        }
    }

    private static AdoptPage.HeatStack heat(Visit visit, HeatStacks.HeatStack one) {
        return new AdoptPage.HeatStack(
                one.id(),
                one.name(),
                one.status(),
                one.description(),
                one.restful() ? visit.path("stacks", "adopt", "heat", "read") : null);
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
