package dev.stackwright.web.plan;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionView;
import dev.stackwright.execution.Executions;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.plan.Seen;
import dev.stackwright.stack.ApplyOutcome;
import dev.stackwright.stack.Drafts;
import dev.stackwright.stack.PreviewOutcome;
import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.Stacks;
import dev.stackwright.stack.StoredPlan;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.rating.PlanCost;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A plan before it runs, while it runs, and as a record: always at the same address. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/plans/{id}")
class PlanController {

    private final Stacks stacks;
    private final Executions executions;
    private final Inventory inventory;
    private final Drafts drafts;
    private final Trail trail;
    private final PlanCost cost;

    PlanController(
            Stacks stacks,
            Executions executions,
            Inventory inventory,
            Drafts drafts,
            Trail trail,
            PlanCost cost) {
        this.drafts = drafts;
        this.cost = cost;
        this.stacks = stacks;
        this.executions = executions;
        this.inventory = inventory;
        this.trail = trail;
    }

    @GetMapping
    String show(
            Visit visit,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String lines,
            Model model) {
        return page(visit, found(visit, id), view, lines, null, model);
    }

    private String page(
            Visit visit,
            StoredPlan stored,
            String view,
            String lines,
            @Nullable Words refused,
            Model model) {
        var facts = facts(visit, stored);
        model.addAttribute(
                "page",
                PlanPages.page(visit, facts, lines.equals("all"), view.equals("side"), refused));
        model.addAttribute(
                "cost", facts.applied() ? null : cost.of(visit, facts.plan()).orElse(null));
        return "plan/plan";
    }

    /** How far it is, for the poll of the page. */
    @GetMapping("/run")
    String run(Visit visit, @PathVariable String id, Model model, HttpServletResponse response) {
        var run = PlanPages.run(visit, facts(visit, found(visit, id)));
        if (run == null) {
            throw PageFailure.notFound();
        }
        if (!run.moving()) {
            // Over: what stands above and below it is to be said anew as well.
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("run", run);
        return "plan/_run :: run(run=${run})";
    }

    @PostMapping("/approve")
    String approve(
            Visit visit,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean loss,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var stored = found(visit, id);
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        var here = "redirect:" + visit.path("plans", stored.id().toString());
        if (stored.isApplied()) {
            return here;
        }
        if (!loss && !stored.plan().losses().isEmpty()) {
            Flash.failed(Words.of("plan.tick")).on(redirect);
            return here;
        }
        ApplyOutcome outcome;
        try {
            outcome = stacks.apply(visit.viewer(), visit.token(), stored.id());
        } catch (CloudFailure e) {
            trail.of(visit, "plan.approve")
                    .on("stack", stored.stack().toString(), stored.stackName())
                    .by(stored.id())
                    .saying(e.getMessage())
                    .failed();
            Flash.failed(Words.of("plan.cloud", e.getMessage())).on(redirect);
            return here;
        }
        say(visit, stored, outcome, redirect);
        if (outcome instanceof ApplyOutcome.Stale(var moved)) {
            response.setStatus(HttpStatus.CONFLICT.value());
            var refused = Words.of("plan.stale", String.join(" ", moved));
            return page(visit, found(visit, id), "", "", refused, model);
        }
        return here;
    }

    /** What to keep of what somebody changed on the cloud; everything else is overwritten. */
    @PostMapping("/choose")
    String choose(
            Visit visit,
            @PathVariable String id,
            @RequestParam(defaultValue = "") List<String> keep,
            @RequestParam(defaultValue = "") String keepAll,
            @RequestParam(defaultValue = "") String overwriteAll,
            RedirectAttributes redirect) {
        var stored = found(visit, id);
        if (!visit.mayChange()) {
            throw PageFailure.readersOnlyLook();
        }
        var choices = new LinkedHashMap<String, Map<String, Seen.Choice>>();
        for (var change : stored.plan().changes()) {
            for (var deviation : change.deviations()) {
                var kept =
                        !change.name().equals(overwriteAll)
                                && (change.name().equals(keepAll)
                                        || keep.contains(
                                                change.name() + "/" + deviation.property()));
                choices.computeIfAbsent(change.name(), _ -> new LinkedHashMap<>())
                        .put(deviation.property(), kept ? Seen.Choice.KEEP : Seen.Choice.OVERWRITE);
            }
        }
        var outcome =
                stacks.looking(visit.token())
                        .previewChoosing(
                                visit.viewer(), visit.person().name(), stored.id(), choices);
        return switch (outcome) {
            case PreviewOutcome.Planned(var plan) -> {
                trail.of(visit, "stack.plan")
                        .on("stack", plan.stack().toString(), plan.stackName())
                        .by(plan.id())
                        .done();
                Flash.done("plan.chosen").on(redirect);
                yield "redirect:" + visit.path("plans", plan.id().toString());
            }
            case PreviewOutcome.Refused(var diagnostics, var fields) -> {
                Flash.failed(
                                Words.verbatim(
                                        fields.isEmpty()
                                                ? diagnostics.errors().getFirst().detail()
                                                : fields.getFirst().sentence()))
                        .on(redirect);
                yield "redirect:" + visit.path("plans", stored.id().toString());
            }
            case PreviewOutcome.NotFound() -> throw PageFailure.notFound();
        };
    }

    private void say(
            Visit visit, StoredPlan stored, ApplyOutcome outcome, RedirectAttributes redirect) {
        var entry =
                trail.of(visit, "plan.approve")
                        .on("stack", stored.stack().toString(), stored.stackName())
                        .by(stored.id());
        switch (outcome) {
            case ApplyOutcome.Started _ -> {
                entry.done();
                drafts.discard(
                        visit.viewer(),
                        stored.action() == StackAction.CREATE ? null : stored.stack());
                Flash.done("plan.approved").on(redirect);
            }
            case ApplyOutcome.Stale stale -> {
                var moved = String.join(" ", stale.moved());
                entry.saying(moved).refused();
            }
            case ApplyOutcome.Refused refused -> {
                entry.saying(refused.sentence()).refused();
                Flash.failed(Words.verbatim(refused.sentence())).on(redirect);
            }
            case ApplyOutcome.NotFound _ -> throw PageFailure.notFound();
        }
    }

    private StoredPlan found(Visit visit, String id) {
        return stacks.plan(visit.viewer(), uuid(id)).orElseThrow(PageFailure::notFound);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOne) {
            throw PageFailure.notFound();
        }
    }

    private PlanFacts facts(Visit visit, StoredPlan stored) {
        return new PlanFacts(
                stored.id(),
                stored.number(),
                stored.version(),
                stored.stack(),
                stored.action() != StackAction.CREATE || stored.isApplied(),
                stored.plan(),
                stored.templateBefore(),
                stored.templateAfter(),
                now(visit, stored),
                stored.madeBy(),
                stored.madeAt(),
                stored.moved(),
                stored.isApplied() ? List.of() : inventory.quota(visit.viewer()),
                stored.isApplied() ? Map.of() : stacks.usualDurations(visit.viewer()),
                stored.isApplied(),
                execution(stored));
    }

    /** What the stack has become since, when that is not what the plan was made from. */
    private @Nullable String now(Visit visit, StoredPlan stored) {
        if (stored.isApplied() || stored.moved().isEmpty()) {
            return null;
        }
        return stacks.find(visit.viewer(), stored.stack())
                .filter(stack -> stack.version() != stored.version())
                .flatMap(stack -> stacks.version(visit.viewer(), stack.id(), stack.version()))
                .map(StackVersion::template)
                .orElse(null);
    }

    private @Nullable ExecutionView execution(StoredPlan stored) {
        var execution = stored.execution();
        return execution == null ? null : executions.find(new ExecutionId(execution)).orElse(null);
    }
}
