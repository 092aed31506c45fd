package dev.stackwright.web.plan;

import dev.stackwright.execution.ExecutionView;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a plan is made of.
 *
 * @param stackExists false for the plan of a new stack that was not approved yet
 * @param moved what happened to the stack since, in sentences
 * @param applied whether it was approved
 * @param run what carries it out; null before, and when it was long ago
 */
record PlanFacts(
        UUID id,
        long number,
        UUID stack,
        boolean stackExists,
        Plan plan,
        String textBefore,
        String textAfter,
        String madeBy,
        Instant madeAt,
        List<String> moved,
        List<QuotaLine> quota,
        boolean applied,
        @Nullable ExecutionView run) {}
