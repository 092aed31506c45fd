package dev.stackwright.operations.doctor;

import java.time.Instant;
import java.util.Set;

/** The hosts on which placement would have room for an instance at this moment. */
public record Room(Set<String> hosts, Instant asked) {

    public Room {
        hosts = Set.copyOf(hosts);
    }
}
