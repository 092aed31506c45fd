package dev.stackwright.stack;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One version of a stack's source, byte for byte.
 *
 * @param parameters the values that were given, without the hidden ones
 * @param hidden the names of the hidden parameters that have a value; the values stay sealed
 */
public record StackVersion(
        UUID stack,
        int number,
        String template,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        Set<String> hidden,
        String madeBy,
        Instant madeAt) {

    public StackVersion {
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
        hidden = Set.copyOf(hidden);
    }
}
