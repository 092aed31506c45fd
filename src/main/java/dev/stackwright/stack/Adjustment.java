package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scaling policy does with the size of a group; the arithmetic is Heat's. Pure.
 *
 * @param step the least that a percentage moves it by
 */
record Adjustment(Kind kind, double amount, int step) {

    enum Kind {
        CHANGE,
        EXACT,
        PERCENT
    }

    /** As the properties of a policy have it, Heat's or Amazon's. */
    static Adjustment of(Map<String, Value> policy) {
        var type = text(policy, "adjustment_type", "AdjustmentType").toLowerCase(Locale.ROOT);
        var kind =
                type.startsWith("exact")
                        ? Kind.EXACT
                        : type.startsWith("percent") ? Kind.PERCENT : Kind.CHANGE;
        return new Adjustment(
                kind,
                number(policy, 0, "scaling_adjustment", "ScalingAdjustment"),
                (int) number(policy, 0, "min_adjustment_step", "MinAdjustmentStep"));
    }

    /** The size that a group of this size would have, were there no limits. */
    int of(int size) {
        return switch (kind) {
            case CHANGE -> size + (int) amount;
            case EXACT -> (int) amount;
            case PERCENT -> size + percent(size);
        };
    }

    /** Less than one member is one; beyond that, parts of a member do not count. */
    private int percent(int size) {
        double exact = size * amount / 100;
        int whole =
                (int)
                        (Math.abs(exact) < 1
                                ? Math.signum(exact) * Math.ceil(Math.abs(exact))
                                : exact);
        return Math.abs(whole) < step ? (int) Math.signum(amount) * step : whole;
    }

    static String text(Map<String, Value> properties, String... names) {
        for (var name : names) {
            if (properties.get(name) instanceof Value.Text(var text)) {
                return text;
            }
        }
        return "";
    }

    static double number(Map<String, Value> properties, double otherwise, String... names) {
        for (var name : names) {
            var number = number(properties.get(name));
            if (number != null) {
                return number;
            }
        }
        return otherwise;
    }

    private static @Nullable Double number(@Nullable Value value) {
        if (value instanceof Value.Num(var number)) {
            return number.doubleValue();
        }
        return value instanceof Value.Text(var text) && text.strip().matches("-?\\d{1,9}(\\.\\d+)?")
                ? Double.valueOf(text.strip())
                : null;
    }
}
