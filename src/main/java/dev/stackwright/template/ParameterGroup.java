package dev.stackwright.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters that belong together in a form. */
public record ParameterGroup(
        @Nullable String label, @Nullable String description, List<String> parameters) {
    public ParameterGroup {
        parameters = List.copyOf(parameters);
    }
}
