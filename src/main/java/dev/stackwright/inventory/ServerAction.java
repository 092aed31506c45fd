package dev.stackwright.inventory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that was done to a server, as Nova's action log has it. */
public record ServerAction(
        String requestId,
        String action,
        Instant started,
        @Nullable String userId,
        @Nullable String message,
        List<Event> events) {

    public ServerAction {
        events = List.copyOf(events);
    }

    /** A part of an action: when it began, when it ended, and how. */
    public record Event(
            String name,
            Instant started,
            @Nullable Instant finished,
            @Nullable String result,
            @Nullable String details) {}
}
