package dev.stackwright.web.doctor;

import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the board shows.
 *
 * @param late what is wrong with the examination itself, null when nothing is
 * @param checked when the cloud was last examined, null when it never was
 */
record BoardPage(
        Words answer,
        @Nullable Words late,
        @Nullable Instant checked,
        List<VerdictCard> causes,
        List<Sufferer> sufferers,
        List<Past> history,
        Links links,
        String changes,
        String tick) {

    /** An instance or a volume that is in trouble. */
    record Sufferer(
            String icon,
            String name,
            @Nullable String href,
            String project,
            String tone,
            Words state,
            Words cause,
            Instant since) {}

    /** A verdict that is over. */
    record Past(
            String name, Words cause, String code, Instant since, Instant ended, Duration took) {}

    record Links(String hosts, String computeServices, String agents, String volumeServices) {}
}
