package dev.stackwright.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An execution and its steps as the database has them. */
public record ExecutionView(
        ExecutionId id,
        String kind,
        String subject,
        ExecutionState state,
        boolean cancelRequested,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable String failure,
        long revision,
        List<StepView> steps) {}
