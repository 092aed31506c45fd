package dev.stackwright.stack;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action on a stack ended, well or not; published once that is recorded.
 *
 * @param plan the plan that was carried out
 */
public record StackCompleted(
        CloudName cloud,
        ProjectId project,
        UUID stack,
        String name,
        StackAction action,
        StackProgress progress,
        String reason,
        @Nullable UUID plan,
        Instant at) {}
