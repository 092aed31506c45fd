package dev.stackwright.operations.doctor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The message bus as this process sees it.
 *
 * @param lostSince null while it is connected, or not configured
 * @param said what the network said of it
 * @param queues those that the broker was asked about, none where it is not asked
 */
public record Bus(
        boolean configured, @Nullable Instant lostSince, String said, List<Queue> queues) {

    public static final Bus NONE = new Bus(false, null, "", List.of());

    /**
     * A queue of a service.
     *
     * @param growingSince since when it only became longer, null when it does not
     */
    public record Queue(String name, long messages, long readers, @Nullable Instant growingSince) {}

    public Bus {
        queues = List.copyOf(queues);
    }
}
