package dev.stackwright.notification;

import java.time.Duration;
import java.time.Instant;

/**
 * A service of a cloud that speaks on its bus.
 *
 * @param service the publisher without its host: compute, scheduler, network
 * @param days on how many of the last fourteen days it spoke
 * @param longestPause the longest time in these days that it said nothing, and then spoke again
 */
public record Source(
        String exchange,
        String service,
        Instant firstSeen,
        Instant lastSeen,
        int days,
        Duration longestPause) {

    private static final int USUAL_DAYS = 3;
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    /**
     * Whether one that usually speaks has said nothing for more than twice as long as it ever did.
     */
    public boolean isSilent(Instant now) {
        var pause = longestPause.multipliedBy(2);
        return speaksUsually()
                && Duration.between(lastSeen, now)
                                .compareTo(pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause)
                        > 0;
    }

    /** Without that, silence says nothing. */
    public boolean speaksUsually() {
        return days >= USUAL_DAYS;
    }
}
