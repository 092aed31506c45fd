package dev.stackwright.stack.store;

import dev.stackwright.stack.StackAction;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan as it is stored, with the source that it was made for. */
public record PlanRow(
        UUID id,
        long number,
        UUID stack,
        String stackName,
        StackAction action,
        int baseVersion,
        long baseRevision,
        String plan,
        Source source,
        Duration timeout,
        String madeBy,
        Instant madeAt,
        @Nullable UUID execution,
        @Nullable String appliedBy,
        @Nullable Instant appliedAt) {}
