package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parameter's value must fulfil. */
public sealed interface ParameterConstraint {

    /** What the author wants people to read when it is not fulfilled. */
    @Nullable String description();

    TextRange range();

    /** How long a text, or how large a list or map, may be. */
    record Length(
            @Nullable Integer min,
            @Nullable Integer max,
            @Nullable String description,
            TextRange range)
            implements ParameterConstraint {}

    /** How small and how large a number may be. */
    record Range(
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable String description,
            TextRange range)
            implements ParameterConstraint {}

    /** A number that is {@code offset} more than a multiple of {@code step}. */
    record Modulo(BigDecimal step, BigDecimal offset, @Nullable String description, TextRange range)
            implements ParameterConstraint {}

    /** One of these; of a list, each item. */
    record AllowedValues(List<Value> values, @Nullable String description, TextRange range)
            implements ParameterConstraint {
        public AllowedValues {
            values = List.copyOf(values);
        }
    }

    /** A regular expression (Python's) that the whole text must match. */
    record AllowedPattern(String pattern, @Nullable String description, TextRange range)
            implements ParameterConstraint {}

    /** A constraint that only the cloud can check, such as {@code nova.flavor}. */
    record Custom(String name, @Nullable String description, TextRange range)
            implements ParameterConstraint {}
}
