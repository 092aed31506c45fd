package dev.stackwright.operations.doctor;

import java.util.Map;
import java.util.Set;

/** Hosts that belong together, and what is said of them. */
public record Aggregate(String name, Set<String> hosts, Map<String, String> metadata) {

    public Aggregate {
        hosts = Set.copyOf(hosts);
        metadata = Map.copyOf(metadata);
    }
}
