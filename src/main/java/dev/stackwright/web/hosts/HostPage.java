package dev.stackwright.web.hosts;

import dev.stackwright.web.doctor.VerdictCard;
import dev.stackwright.web.frame.Banner;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host.
 *
 * @param banner that it is being emptied or was, null when it is not
 * @param deeds what can be done to it, each a page that says first what would happen
 * @param capacityNote where the capacity is from
 * @param more how many instances are not shown
 */
record HostPage(
        String name,
        Status status,
        Words lead,
        List<VerdictCard> verdicts,
        @Nullable Banner banner,
        List<Deed> deeds,
        List<Meter> capacity,
        Words capacityNote,
        List<Fact> facts,
        List<Service> services,
        List<Guest> guests,
        long more,
        Links links,
        String changes,
        String tick) {

    /** A process on the host that reports. */
    record Service(String name, Status status, @Nullable Instant heard) {}

    /** An instance on it. */
    record Guest(
            String name,
            @Nullable String href,
            String project,
            Status status,
            String flavor,
            Instant since) {}

    record Links(String list, String audit) {}
}
