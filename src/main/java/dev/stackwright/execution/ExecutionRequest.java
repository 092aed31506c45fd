package dev.stackwright.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to walk through.
 *
 * @param id chosen by the caller, so that its own rows can name it in the same transaction
 * @param kind what sort of work it is, such as {@code stack}; listeners choose by it
 * @param subject what it works on, such as the id of a stack
 * @param deadline when to give up, or null for never
 */
public record ExecutionRequest(
        ExecutionId id,
        String kind,
        String subject,
        List<StepSpec> steps,
        @Nullable Instant deadline) {

    public ExecutionRequest {
        steps = List.copyOf(steps);
    }
}
