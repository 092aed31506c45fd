package dev.stackwright.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution ended; told inside the transaction that records it.
 *
 * @param failedStep the step that failed first, when one did
 * @param failure its reason: the first cause, never an echo
 */
public record ExecutionFinished(
        ExecutionId execution,
        String kind,
        String subject,
        ExecutionState state,
        @Nullable String failedStep,
        @Nullable String failure,
        Instant at) {}
