package dev.stackwright.operations.doctor;

import java.util.Map;
import java.util.Set;

/**
 * A server group.
 *
 * @param members the ids of its servers
 * @param hosts where those are that are somewhere
 */
public record Group(
        String id, String name, String policy, Set<String> members, Map<String, String> hosts) {

    public Group {
        members = Set.copyOf(members);
        hosts = Map.copyOf(hosts);
    }
}
