package dev.stackwright.kernel;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of the template language once it is resolved: JSON, and one case more. {@link Unknown}
 * stands for what only the cloud can tell, such as the id of a port that is not made yet.
 */
public sealed interface Value {

    Value NULL = new Null();

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Value of(boolean flag) {
        return new Bool(flag);
    }

    static Value list(Value... items) {
        return new Items(List.of(items));
    }

    /** Whether an {@link Unknown} stands anywhere inside. */
    default boolean hasUnknown() {
        return switch (this) {
            case Unknown _ -> true;
            case Items items -> items.values().stream().anyMatch(Value::hasUnknown);
            case Entries entries -> entries.values().values().stream().anyMatch(Value::hasUnknown);
            case Null _, Bool _, Num _, Text _ -> false;
        };
    }

    /** No value. */
    record Null() implements Value {}

    /** True or false. */
    record Bool(boolean value) implements Value {}

    /** A number; 1 and 1.0 are equal as numbers but kept as they were written. */
    record Num(BigDecimal value) implements Value {}

    /** A text. */
    record Text(String value) implements Value {}

    /** A list. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A map in the order in which it was written. */
    record Entries(Map<String, Value> values) implements Value {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * Known once the plan is applied.
     *
     * @param source what will tell it, such as {@code port.fixed_ips[0].ip_address}
     */
    record Unknown(String source) implements Value {}
}
