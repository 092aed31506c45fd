package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import org.jspecify.annotations.Nullable;

/** A value that a stack tells about itself. */
public record OutputDefinition(
        String name,
        TextRange range,
        String description,
        Expression value,
        @Nullable Expression condition) {}
