package dev.stackwright.stack;

import java.time.Instant;
import java.util.Map;

/**
 * What somebody is still writing.
 *
 * @param name of a new stack, as typed so far
 * @param parameters what was typed, by name; never the values of hidden ones
 * @param files what the template reads or uses as types, by name
 * @param baseVersion the version of the stack that it began from; 0 for a new stack
 */
public record Draft(
        String name,
        String template,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        int baseVersion,
        Instant savedAt) {

    public Draft {
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
    }

    /** Never the texts: somebody may have written a secret into them. */
    @Override
    public String toString() {
        return "Draft[name=%s, savedAt=%s]".formatted(name, savedAt);
    }
}
