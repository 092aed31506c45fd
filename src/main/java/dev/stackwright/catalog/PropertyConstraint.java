package dev.stackwright.catalog;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a value must satisfy beyond its type. */
public sealed interface PropertyConstraint {

    /** A number between two bounds, both of them allowed. */
    record Range(@Nullable BigDecimal min, @Nullable BigDecimal max)
            implements PropertyConstraint {}

    /** A text, list or map whose length lies between two bounds, both of them allowed. */
    record Length(@Nullable Integer min, @Nullable Integer max) implements PropertyConstraint {}

    /** A number that is {@code offset} more than a multiple of {@code step}. */
    record Modulo(long step, long offset) implements PropertyConstraint {}

    /** One of a few values. */
    record OneOf(List<Value> values) implements PropertyConstraint {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** A text that matches a regular expression from its beginning to its end. */
    record Pattern(String regex) implements PropertyConstraint {}

    /**
     * A value with a meaning of its own: a name or id that some service knows ({@code
     * neutron.network}), or a form such as {@code ip_addr}.
     */
    record Find(String name) implements PropertyConstraint {}
}
