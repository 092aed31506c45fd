package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/** Equality as templates have it: 1, 1.0 and true are the same, "1" is not. */
final class Equality {

    private Equality() {}

    static boolean equal(Value a, Value b) {
        return canonical(a).equals(canonical(b));
    }

    static boolean contains(List<Value> list, Value value) {
        Value wanted = canonical(value);
        return list.stream().anyMatch(item -> canonical(item).equals(wanted));
    }

    /** Whether a value counts as no: null, false, zero, or empty. */
    static boolean isNothing(Value value) {
        return switch (value) {
            case Value.Null _ -> true;
            case Value.Bool(var flag) -> !flag;
            case Value.Num(var number) -> number.signum() == 0;
            case Value.Text(var text) -> text.isEmpty();
            case Value.Items(var items) -> items.isEmpty();
            case Value.Entries(var entries) -> entries.isEmpty();
            case Value.Unknown _ -> false;
        };
    }

    /** The first of each kind. */
    static Collection<Value> distinct(List<Value> list) {
        var seen = new LinkedHashMap<Value, Value>();
        list.forEach(item -> seen.putIfAbsent(canonical(item), item));
        return seen.values();
    }

    /** One text for all values that are equal, whatever the order of their keys. */
    static String shape(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> "unknown:" + unknown.source();
            case Value.Null _,
                    Value.Bool _,
                    Value.Num _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _ ->
                    PythonText.json(value);
        };
    }

    private static Value canonical(Value value) {
        return switch (value) {
            case Value.Bool bool -> new Value.Num(bool.value() ? BigDecimal.ONE : BigDecimal.ZERO);
            case Value.Num num -> new Value.Num(num.value().stripTrailingZeros());
            case Value.Items items ->
                    new Value.Items(items.values().stream().map(Equality::canonical).toList());
            case Value.Entries entries -> {
                var copy = new LinkedHashMap<String, Value>();
                entries.values().forEach((key, item) -> copy.put(key, canonical(item)));
                yield new Value.Entries(copy);
            }
            case Value.Null _, Value.Text _, Value.Unknown _ -> value;
        };
    }
}
