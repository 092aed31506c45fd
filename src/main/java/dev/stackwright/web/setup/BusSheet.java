package dev.stackwright.web.setup;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who spoke on the bus of a cloud when, and what of it could not be used.
 *
 * @param lead how many messages were set aside
 * @param newest the id of the newest of them
 * @param discard where they are thrown away; null when there are none
 */
record BusSheet(
        List<Source> sources,
        Words lead,
        long count,
        List<Message> messages,
        long newest,
        @Nullable String discard) {

    record Source(String name, Instant lastSeen, @Nullable String pause, Status status) {}

    /**
     * @param from and {@code event}: null when they could not be read
     */
    record Message(Instant when, String from, @Nullable String event, String why) {}
}
