package dev.stackwright.web.stacks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets so many signals through in a minute: to one resource, and from one sender who got addresses
 * wrong. Each replica counts for itself, and remembers the latest few thousand alone.
 */
final class SignalGate {

    static final String AGAIN_IN_SECONDS = "60";

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int TO_ONE = 120;
    private static final int WRONG_FROM_ONE = 60;
    private static final int REMEMBERED = 5000;

    private final InstantSource clock;
    private final Map<String, Count> counts =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /** How many since when. */
    private record Count(Instant since, int many) {}

    SignalGate(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether one more may come in; it is counted. */
    synchronized boolean isOpen(String from, String resource) {
        return many("wrong " + from) < WRONG_FROM_ONE && count("to " + resource) <= TO_ONE;
    }

    synchronized void wasWrong(String from) {
        count("wrong " + from);
    }

    private int many(String whom) {
        var known = counts.get(whom);
        return known == null || isOver(known) ? 0 : known.many();
    }

    private int count(String whom) {
        var known = counts.remove(whom);
        var next =
                known == null || isOver(known)
                        ? new Count(clock.instant(), 1)
                        : new Count(known.since(), known.many() + 1);
        counts.put(whom, next);
        return next.many();
    }

    private boolean isOver(Count count) {
        return !clock.instant().isBefore(count.since().plus(WINDOW));
    }
}
