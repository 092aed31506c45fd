package dev.stackwright.operations.clearing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance on a host, as far as it matters for moving it.
 *
 * @param needs what it takes of a host
 * @param wants the extra specs of its flavor
 * @param localDiskGb what of its disks lies on the host itself; 0 when all of it is on volumes
 * @param vnics the kinds of its ports, where they are known
 * @param pinnedZone the zone that was asked for, null for any
 * @param priority those with more go first when all have to; 0 where nobody said
 */
public record Guest(
        String id,
        String name,
        String project,
        String host,
        String status,
        @Nullable String task,
        Instant since,
        String flavor,
        Amounts needs,
        Map<String, String> wants,
        long localDiskGb,
        Set<String> vnics,
        @Nullable String pinnedZone,
        int priority) {

    public Guest {
        wants = Map.copyOf(wants);
        vnics = Set.copyOf(vnics);
    }

    long memoryMb() {
        return needs.get(Amounts.MEMORY);
    }
}
