package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a template declares.
 *
 * @param label what a form writes beside the field; the name when the author gave none
 * @param defaultValue as the author wrote it, not yet converted to the type
 * @param range where the name stands
 */
public record ParameterDefinition(
        String name,
        ParameterType type,
        String label,
        String description,
        @Nullable Value defaultValue,
        boolean hidden,
        boolean immutable,
        List<ParameterConstraint> constraints,
        List<String> tags,
        TextRange range) {

    public ParameterDefinition {
        constraints = List.copyOf(constraints);
        tags = List.copyOf(tags);
    }

    public boolean required() {
        return defaultValue == null;
    }

    /** The name of the first custom constraint, by which a form finds its picker. */
    public @Nullable String customConstraint() {
        for (ParameterConstraint constraint : constraints) {
            if (constraint instanceof ParameterConstraint.Custom custom) {
                return custom.name();
            }
        }
        return null;
    }
}
