package dev.stackwright.stack.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is made from.
 *
 * @param parameters the values that were given, as typed
 * @param hidden those of hidden parameters
 * @param inside what more there is of a stack behind a resource, or null
 */
public record Source(
        String template,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        Map<String, String> hidden,
        @Nullable Inside inside) {

    public Source {
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
        hidden = Map.copyOf(hidden);
    }

    /** Of a stack that somebody made. */
    public Source(
            String template,
            String environment,
            Map<String, String> files,
            Map<String, String> parameters,
            Map<String, String> hidden) {
        this(template, environment, files, parameters, hidden, null);
    }

    /**
     * What more there is of a stack behind a resource.
     *
     * @param facade what its template may ask about that resource, as JSON
     * @param generated whether nobody wrote the template: it holds values, perhaps hidden ones, so
     *     that it is kept sealed and shown to nobody
     */
    public record Inside(String facade, boolean generated) {}

    /** Whether this text is anywhere in what somebody wrote. */
    public boolean mentions(String text) {
        return template.contains(text)
                || environment.contains(text)
                || files.values().stream().anyMatch(file -> file.contains(text));
    }

    /** Whether nobody wrote the template. */
    public boolean isGenerated() {
        return inside != null && inside.generated();
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "Source[%d characters]".formatted(template.length());
    }
}
