package dev.stackwright.web.plan;

import dev.stackwright.execution.ExecutionView;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a plan is made of.
 *
 * @param version of the template that it was made from; 0 for a new stack
 * @param textNow the template that the stack has now, when it is another than {@code textBefore}
 * @param stackExists false for the plan of a new stack that was not approved yet
 * @param moved what happened to the stack since, in sentences
 * @param usual how long the creation of each type of resource took so far
 * @param applied whether it was approved
 * @param run what carries it out; null before, and when it was long ago
 */
record PlanFacts(
        UUID id,
        long number,
        int version,
        UUID stack,
        boolean stackExists,
        Plan plan,
        String textBefore,
        String textAfter,
        @Nullable String textNow,
        String madeBy,
        Instant madeAt,
        List<String> moved,
        List<QuotaLine> quota,
        Map<String, Duration> usual,
        boolean applied,
        @Nullable ExecutionView run) {}
