package dev.stackwright.metering.packed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of polls. All that is known of a poll is its name and its time, and its key is made of
 * both: beside a time, the name says which key it is.
 */
public final class PollOrigin {

    /** Polls by their place: what is packed keeps the place, so that none may ever move. */
    static final List<String> NAMES = List.of("poll.diagnostics");

    private static final int MOST_KNOWN = 2_000;

    private final Map<Instant, UUID[]> known = new HashMap<>();

    /** The message id that a poll gives itself. */
    public static String messageId(String name, Instant at) {
        return name + " " + at;
    }

    /** The key of the poll at a place of the list. */
    public UUID key(int place, Instant at) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(
                        at,
                        _ ->
                                NAMES.stream()
                                        .map(name -> key(messageId(name, at)))
                                        .toArray(UUID[]::new))[place];
    }

    private static UUID key(String messageId) {
        return UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a sample comes from a poll that its key can be made anew of. */
    public boolean isPoll(Reading reading) {
        return placeOf(reading.at(), reading.origin()) >= 0;
    }

    /** The name of the poll that a sample comes from; nothing for a notification. */
    public Optional<String> nameOf(Reading reading) {
        int place = placeOf(reading.at(), reading.origin());
        return place < 0 ? Optional.empty() : Optional.of(NAMES.get(place));
    }

    /** The place of the poll that has this key, or -1. */
    int placeOf(Instant at, UUID origin) {
        for (int place = 0; place < NAMES.size(); place++) {
            if (key(place, at).equals(origin)) {
                return place;
            }
        }
        return -1;
    }
}
