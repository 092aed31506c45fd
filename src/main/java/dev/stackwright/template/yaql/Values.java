package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the operators do with single values. */
final class Values {

    private static final int LONGEST_MATCHED = 10_000;
    private static final int MOST_STEPS = 1_000_000;

    private Values() {}

    static boolean truth(Value value) {
        return switch (value) {
            case Value.Null _ -> false;
            case Value.Bool bool -> bool.value();
            case Value.Num num -> num.value().signum() != 0;
            case Value.Text text -> !text.value().isEmpty();
            case Value.Items items -> !items.values().isEmpty();
            case Value.Entries entries -> !entries.values().isEmpty();
            case Value.Unknown _ -> false;
        };
    }

    static boolean equal(Value left, Value right) {
        return canonical(left).equals(canonical(right));
    }

    static Value canonical(Value value) {
        return switch (value) {
            case Value.Num num -> new Value.Num(num.value().stripTrailingZeros());
            case Value.Items items ->
                    new Value.Items(items.values().stream().map(Values::canonical).toList());
            case Value.Entries entries -> {
                var copy = new LinkedHashMap<String, Value>();
                entries.values().forEach((key, item) -> copy.put(key, canonical(item)));
                yield new Value.Entries(copy);
            }
            case Value.Null _, Value.Bool _, Value.Text _, Value.Unknown _ -> value;
        };
    }

    static int compare(Value left, Value right) {
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof Value.Null || right instanceof Value.Null) {
            return Boolean.compare(right instanceof Value.Null, left instanceof Value.Null);
        }
        return number(left).compareTo(number(right));
    }

    static boolean contains(Value container, Value wanted) {
        return switch (container) {
            case Value.Items items -> items.values().stream().anyMatch(item -> equal(item, wanted));
            case Value.Entries entries -> entries.values().containsKey(text(wanted));
            case Value.Text text -> text.value().contains(text(wanted));
            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ ->
                    throw YaqlProblem.of("`in` looks in a list, a map or a text.");
        };
    }

    static BigDecimal number(Value value) {
        return switch (value) {
            case Value.Num num -> num.value();
            case Value.Bool bool -> bool.value() ? BigDecimal.ONE : BigDecimal.ZERO;
            case Value.Null _, Value.Text _, Value.Items _, Value.Entries _, Value.Unknown _ ->
                    throw YaqlProblem.of("A number is needed where the data has none.");
        };
    }

    static int whole(Value value) {
        BigDecimal number = number(value);
        if (number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw YaqlProblem.of("A number is too large for this.");
        }
        return number.intValue();
    }

    static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Num num ->
                    num.value().scale() <= 0
                            ? num.value().toBigInteger().toString()
                            : num.value().toString();
            case Value.Bool bool -> String.valueOf(bool.value());
            case Value.Null _ -> "null";
            case Value.Items _, Value.Entries _, Value.Unknown _ ->
                    throw YaqlProblem.of("A text is needed where the data has none.");
        };
    }

    static List<Value> list(Value value) {
        if (value instanceof Value.Items items) {
            return items.values();
        }
        if (value instanceof Value.Entries entries) {
            return entries.values().keySet().stream().map(Value::of).toList();
        }
        throw YaqlProblem.of("A list is needed where the data has none.");
    }

    static Value.Entries map(Value value) {
        if (value instanceof Value.Entries entries) {
            return entries;
        }
        throw YaqlProblem.of("A map is needed where the data has none.");
    }

    static Value item(List<Value> items, BigDecimal index) {
        int at = index.intValue();
        int position = at < 0 ? at + items.size() : at;
        if (position < 0 || position >= items.size()) {
            throw YaqlProblem.of(
                    "The list has only %d items, so there is none at %d."
                            .formatted(items.size(), at));
        }
        return items.get(position);
    }

    static Value real(double number) {
        var decimal = new BigDecimal(Double.toString(number));
        return new Value.Num(decimal.scale() < 1 ? decimal.setScale(1) : decimal);
    }

    /** Whether a pattern occurs, with a bound on the work: both come from a stranger. */
    static boolean matches(String text, String regex) {
        return found(text, regex).find();
    }

    /** All places where a pattern occurs. */
    static List<String> matchesIn(String text, String regex) {
        var all = new ArrayList<String>();
        var matcher = found(text, regex);
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }

    /** What stands between the places where a pattern occurs. */
    static List<String> splitBy(String text, String regex) {
        var parts = new ArrayList<String>();
        var matcher = found(text, regex);
        int from = 0;
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                parts.add(text.substring(from, matcher.start()));
                from = matcher.end();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** A matcher that gives up. */
    private static Finder found(String text, String regex) {
        if (text.length() > LONGEST_MATCHED || regex.length() > LONGEST_MATCHED) {
            throw YaqlProblem.of("The text or the pattern is too long.");
        }
        try {
            return new Finder(
                    Pattern.compile(regex.replace("(?P<", "(?<"))
                            .matcher(new Counted(text, new int[1])));
        } catch (PatternSyntaxException e) {
            throw YaqlProblem.of(
                    "The pattern cannot be understood: %s.".formatted(e.getDescription()));
        } catch (StackOverflowError _) {
            throw tooLong();
        }
    }

    /** A matcher whose search may overflow the stack. */
    private record Finder(Matcher matcher) {
        boolean find() {
            try {
                return matcher.find();
            } catch (StackOverflowError _) {
                throw tooLong();
            }
        }

        String group() {
            return matcher.group();
        }

        int start() {
            return matcher.start();
        }

        int end() {
            return matcher.end();
        }
    }

    private static YaqlProblem tooLong() {
        return YaqlProblem.of("Matching this pattern takes too long. Write a simpler one.");
    }

    /** A text that counts how often it is looked at. */
    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw tooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
