package dev.stackwright.web.hosts;

import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of hosts.
 *
 * @param lead how they stand, in a sentence
 * @param name what was filtered by
 */
record HostsPage(
        Words lead,
        List<Alarm> alarms,
        String name,
        List<Row> rows,
        Pager pager,
        Links links,
        String changes,
        String tick) {

    /** A host that does not work, and what it carries. */
    record Alarm(String tone, Words text, String href) {}

    /**
     * A host.
     *
     * @param css tints the row when something is wrong
     * @param since since when it is so, null where nobody says or all is well
     */
    record Row(
            String id,
            String href,
            String css,
            String name,
            String zone,
            Status status,
            @Nullable Instant since,
            Meter vcpus,
            Meter memory,
            long instances,
            @Nullable String instancesHref,
            long projects) {}

    record Links(String self, String csv, String board, String services, String capacity) {}
}
