package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.List;

/** Steps into lists and maps. */
public final class Paths {

    /** What a step that leads nowhere gives inside this package. */
    static final Value MISSED = new Value.Unknown("nothing there");

    private Paths() {}

    /**
     * The part of an attribute's value that a path leads to, or null where it leads nowhere, as
     * get_attr has it: a list wants a number, a map wants a text.
     */
    public static Value select(Value whole, List<Value> path) {
        Value value = whole;
        for (Value step : path) {
            if (value instanceof Value.Unknown unknown) {
                return new Value.Unknown(unknown.source() + Unknowns.name("", List.of(step)));
            }
            value = step(value, step);
            if (value == MISSED) {
                return Value.NULL;
            }
        }
        return value;
    }

    static Value step(Value value, Value step) {
        return switch (value) {
            case Value.Entries entries when step instanceof Value.Text key ->
                    entries.values().getOrDefault(key.value(), MISSED);
            case Value.Entries entries when step instanceof Value.Num number ->
                    entries.values().getOrDefault(PythonNumbers.text(number.value()), MISSED);
            case Value.Items items when step instanceof Value.Num number ->
                    item(items.values(), number.value());
            case Value.Text text when step instanceof Value.Num number ->
                    letter(text.value(), number.value());
            case Value.Null _,
                    Value.Bool _,
                    Value.Num _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _,
                    Value.Unknown _ ->
                    MISSED;
        };
    }

    /** As get_param has it: digits in a text will do for a list. */
    static Value lenientStep(Value value, Value step) {
        boolean sequence = value instanceof Value.Items || value instanceof Value.Text;
        if (sequence && step instanceof Value.Text text) {
            BigDecimal index = PythonNumbers.whole(text.value());
            return index == null ? MISSED : step(value, new Value.Num(index));
        }
        return step(value, step);
    }

    static Value item(List<Value> items, BigDecimal index) {
        int at = position(index, items.size());
        return at < 0 ? MISSED : items.get(at);
    }

    private static Value letter(String text, BigDecimal index) {
        int at = position(index, text.codePointCount(0, text.length()));
        return at < 0
                ? MISSED
                : Value.of(Character.toString(text.codePointAt(text.offsetByCodePoints(0, at))));
    }

    /** Negative numbers count from the end; -1 is nowhere. */
    static int position(BigDecimal index, int size) {
        if (index.scale() > 0 || index.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            return -1;
        }
        int at = index.intValue();
        int position = at < 0 ? at + size : at;
        return position >= 0 && position < size ? position : -1;
    }
}
