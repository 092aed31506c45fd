package dev.stackwright.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance that may be in trouble.
 *
 * @param host where it is, null while it has no place
 * @param zone the availability zone that was asked for, null for any
 * @param image what is known of the image that it starts from, null for none
 * @param room what placement would say today; null when it was not asked
 * @param actions the newest first; null while they were not read
 * @param usual how long what is being done to it takes on this cloud
 */
public record Instance(
        String id,
        String name,
        String project,
        String status,
        @Nullable String task,
        Instant since,
        @Nullable String fault,
        @Nullable String host,
        @Nullable String zone,
        Flavor flavor,
        @Nullable Image image,
        List<Port> ports,
        @Nullable Room room,
        @Nullable List<Action> actions,
        @Nullable Duration usual) {

    private static final Set<String> MOVING =
            Set.of(
                    "BUILD",
                    "REBUILD",
                    "RESIZE",
                    "REBOOT",
                    "HARD_REBOOT",
                    "MIGRATING",
                    "REVERT_RESIZE",
                    "PASSWORD");

    /** Shorter than this nothing is stuck, however quick the cloud is. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(25);

    /** How long a thing may take where nobody knows how long it takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int TIMES_THE_USUAL = 4;

    /**
     * An image.
     *
     * @param minDiskGb what it says that it needs
     * @param virtualBytes what it is when unpacked, 0 when not known
     */
    public record Image(
            String id, String name, String status, long minDiskGb, long bytes, long virtualBytes) {

        boolean isLargerThan(long diskGb) {
            var largest = Math.max(bytes, virtualBytes);
            return diskGb > 0 && (minDiskGb > diskGb || largest > diskGb << 30);
        }
    }

    public Instance {
        ports = List.copyOf(ports);
        actions = actions == null ? null : List.copyOf(actions);
    }

    boolean isFailed() {
        return status.equals("ERROR");
    }

    /** On its way to another state, for longer than that takes here. */
    boolean isStuck(Instant now) {
        return (MOVING.contains(status) || task != null)
                && !isFailed()
                && Duration.between(since, now).compareTo(patience()) > 0;
    }

    Duration patience() {
        if (usual == null) {
            return PATIENCE;
        }
        var patience = usual.multipliedBy(TIMES_THE_USUAL);
        return patience.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : patience;
    }

    boolean faultSays(String... words) {
        var said = fault == null ? "" : fault.toLowerCase(java.util.Locale.ROOT);
        for (var word : words) {
            if (said.contains(word)) {
                return true;
            }
        }
        return false;
    }

    Symptom symptom() {
        return new Symptom(status, task, since, usual);
    }
}
