package dev.stackwright.operations.doctor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to an instance.
 *
 * @param user null when nobody asked for it
 */
public record Action(
        String name,
        Instant started,
        @Nullable String user,
        @Nullable String message,
        List<Step> steps) {

    /** A part of it, still running while it has no end. */
    public record Step(
            String name, Instant started, @Nullable Instant ended, @Nullable String result) {}

    public Action {
        steps = List.copyOf(steps);
    }
}
