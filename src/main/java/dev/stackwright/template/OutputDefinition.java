package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import org.jspecify.annotations.Nullable;

/**
 * A value that a stack tells about itself.
 *
 * @param export the name under which other stacks may import it
 */
public record OutputDefinition(
        String name,
        TextRange range,
        String description,
        Expression value,
        @Nullable Expression export,
        @Nullable Expression condition) {}
