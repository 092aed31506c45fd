package dev.stackwright.operations.doctor;

import java.util.Map;

/**
 * What an instance asks for.
 *
 * @param wants extra specs: what the host's aggregate has to say, for instance
 */
public record Flavor(
        String name, long vcpus, long memoryMb, long diskGb, Map<String, String> wants) {

    public Flavor {
        wants = Map.copyOf(wants);
    }
}
