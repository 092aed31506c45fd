package dev.stackwright.web.hosts;

import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a host; nothing has happened yet.
 *
 * @param kind "drain", "recovery" or "return"
 * @param refused why what was asked for was not done, null when nothing was asked for
 * @param unable why it cannot be started at all, null when it can
 * @param checks what was looked at, the worst first
 * @param loss what has to be agreed to, null when nothing is lost
 */
record PlanPage(
        String kind,
        String host,
        Words title,
        Words sentence,
        @Nullable Words refused,
        List<Count> counts,
        Words expected,
        List<Line> lines,
        List<Meter> loads,
        List<Check> checks,
        @Nullable Words unable,
        @Nullable Words loss,
        Form form,
        Links links) {

    record Count(String css, String symbol, long number, Words word) {}

    /**
     * One instance.
     *
     * @param pick its id where it can be chosen, null where it cannot
     */
    record Line(
            String css,
            String name,
            @Nullable String href,
            String project,
            String flavor,
            Status how,
            List<Words> why,
            @Nullable String target,
            @Nullable String takes,
            @Nullable String pick) {}

    record Check(String symbol, Words words) {}

    /** What was typed, and what the plan was. */
    record Form(String action, String fingerprint, String reason, int parallel, String fencing) {}

    record Links(String hosts, String host) {}
}
