package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the inventory is kept.
 *
 * @param collect whether this process collects at all; a replica that only serves pages may say no
 * @param intervals how often everything of a kind is read anew, where it shall differ from the
 *     usual
 * @param quotaInterval how old the limits and the use of a project may be while nothing happens in
 *     it
 * @param calls how many calls at once may ask a cloud for single objects
 * @param tombstones how long the names of deleted objects are kept
 */
@ConfigurationProperties("stackwright.inventory")
public record InventorySettings(
        @DefaultValue("true") boolean collect,
        @DefaultValue Map<Kind, Duration> intervals,
        @DefaultValue("10m") Duration quotaInterval,
        @DefaultValue("6") int calls,
        @DefaultValue("180d") Duration tombstones) {

    public InventorySettings {
        intervals = Map.copyOf(intervals);
        intervals.forEach((kind, interval) -> {
            if (interval.compareTo(Duration.ofSeconds(10)) < 0) {
                throw new IllegalArgumentException(
                        "stackwright.inventory.intervals.%s must be at least 10s, not %s"
                                .formatted(kind, interval));
            }
        });
        if (calls < 1 || calls > 64) {
            throw new IllegalArgumentException(
                    "stackwright.inventory.calls must be 1 to 64, not " + calls);
        }
        if (quotaInterval.compareTo(Duration.ofSeconds(30)) < 0) {
            throw new IllegalArgumentException(
                    "stackwright.inventory.quota-interval must be at least 30s, not "
                            + quotaInterval);
        }
    }

    public Duration interval(Kind kind) {
        var set = intervals.get(kind);
        return set == null ? usual(kind) : set;
    }

    private static Duration usual(Kind kind) {
        return switch (kind) {
            case SERVER, VOLUME, COMPUTE_SERVICE, NETWORK_AGENT, VOLUME_SERVICE, HYPERVISOR ->
                    Duration.ofMinutes(1);
            case PORT, FLOATING_IP, ROUTER, NETWORK, SUBNET, SECURITY_GROUP, VOLUME_SNAPSHOT ->
                    Duration.ofMinutes(2);
            case IMAGE, FLAVOR, KEYPAIR, VOLUME_TYPE, SERVER_GROUP, AVAILABILITY_ZONE, PROJECT ->
                    Duration.ofMinutes(5);
        };
    }
}
