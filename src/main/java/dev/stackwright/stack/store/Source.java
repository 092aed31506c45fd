package dev.stackwright.stack.store;

import java.util.Map;

/**
 * What a stack is made from.
 *
 * @param parameters the values that were given, as typed
 * @param hidden those of hidden parameters
 */
public record Source(
        String template,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        Map<String, String> hidden) {

    public Source {
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
        hidden = Map.copyOf(hidden);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "Source[%d characters]".formatted(template.length());
    }
}
