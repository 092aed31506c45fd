package dev.stackwright.web.plan;

import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.ExecutionView;
import dev.stackwright.execution.StepState;
import dev.stackwright.execution.StepView;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.PlanStep;
import dev.stackwright.plan.SamplePlans;
import dev.stackwright.web.frame.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Plans to look at while the page is made: {@code /c/north-1/p/shop/see/<case>}. */
@TestComponent
@Controller
class PlanPreviewController {

    private static final Instant MADE = Instant.parse("2026-11-22T03:02:11Z");

    public static void main(String[] args) throws ClassNotFoundException {
        SpringApplication.run(
                new Class<?>[] {Class.forName("preview.FramePreview"), PlanPreviewController.class},
                args);
    }

    @GetMapping("/c/{cloud}/p/{project}/see/{name}")
    String see(
            Visit visit,
            @PathVariable String name,
            @RequestParam(defaultValue = "") String run,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String lines,
            Model model) {
        var sample = SamplePlans.of(name);
        var facts = facts(sample, run);
        model.addAttribute(
                "page",
                PlanPages.page(visit, facts, lines.equals("all"), view.equals("side"), null));
        return "plan/plan";
    }

    static PlanFacts facts(SamplePlans.Sample sample, String run) {
        return new PlanFacts(
                UUID.fromString("00000000-0000-0000-0000-000000000214"),
                214,
                28,
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                !sample.before().isEmpty(),
                sample.plan(),
                sample.before(),
                sample.after(),
                run.equals("stale") ? sample.before() + "# changed by bob\n" : null,
                "alice",
                MADE,
                run.equals("stale") ? List.of("web_3 was changed 2 min ago by bob.") : List.of(),
                List.of(
                        new QuotaLine("compute", "instances", 20L, 8),
                        new QuotaLine("compute", "cores", 40L, 25),
                        new QuotaLine("compute", "ram", 81920L, 51200),
                        new QuotaLine("network", "port", 50L, 23),
                        new QuotaLine("network", "security_group_rule", 30L, 29),
                        new QuotaLine("volume", "volumes", 20L, 11),
                        new QuotaLine("volume", "gigabytes", null, 500)),
                Map.of("OS::Nova::Server", Duration.ofSeconds(40)),
                execution(sample.plan(), run) != null,
                execution(sample.plan(), run));
    }

    private static @Nullable ExecutionView execution(Plan plan, String run) {
        if (!run.equals("running") && !run.equals("failed") && !run.equals("done")) {
            return null;
        }
        var steps = new ArrayList<StepView>();
        var i = 0;
        for (PlanStep step : plan.steps()) {
            var state =
                    run.equals("done") || i < 2
                            ? StepState.DONE
                            : i == 2
                                    ? run.equals("failed") ? StepState.FAILED : StepState.RUNNING
                                    : run.equals("failed") ? StepState.SKIPPED : StepState.PENDING;
            steps.add(step(step, i, state));
            i++;
        }
        return new ExecutionView(
                new ExecutionId(UUID.randomUUID()),
                "stack",
                "shop",
                run.equals("running")
                        ? ExecutionState.RUNNING
                        : run.equals("failed") ? ExecutionState.FAILED : ExecutionState.SUCCEEDED,
                false,
                MADE,
                null,
                null,
                1,
                steps);
    }

    private static StepView step(PlanStep step, int position, StepState state) {
        var nothing = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        var begun = state == StepState.DONE || state == StepState.FAILED;
        return new StepView(
                step.id(),
                position,
                "stack",
                nothing,
                step.after(),
                false,
                state,
                1,
                nothing,
                null,
                state == StepState.RUNNING ? "Nova builds it" : null,
                state == StepState.FAILED ? "No valid host was found for m1.large." : null,
                begun ? MADE : null,
                begun ? MADE.plus(Duration.ofSeconds(12L + position)) : null);
    }
}
