package dev.stackwright.stack;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a stack or to one of its resources.
 *
 * @param number counts up within the stack: ask for what came after the last one seen
 * @param resource the logical name, or null when it is about the stack itself
 */
public record StackEvent(
        UUID stack,
        long number,
        Instant at,
        @Nullable String resource,
        @Nullable String type,
        @Nullable String physicalId,
        StackAction action,
        StackProgress progress,
        String reason) {

    public String status() {
        return action + "_" + progress;
    }
}
