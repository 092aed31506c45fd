package dev.stackwright.web.plan;

import dev.stackwright.kernel.Value;
import dev.stackwright.web.frame.Words;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value in a few words: maps and lists without their brackets, long ones cut short. */
final class ValueWords {

    private static final int LONGEST = 240;

    private ValueWords() {}

    static Words of(@Nullable Value value) {
        return switch (value) {
            case null -> Words.of("plan.none");
            case Value.Null _ -> Words.of("plan.none");
            case Value.Unknown(var source) -> Words.of("plan.known", resource(source));
            case Value.Text(var text) when text.isEmpty() -> Words.of("plan.empty");
            case Value.Items(var items) when items.isEmpty() -> Words.of("plan.emptylist");
            case Value.Bool _, Value.Num _, Value.Text _, Value.Items _, Value.Entries _ ->
                    Words.verbatim(cut(text(value)));
        };
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Num(var number) -> number.toPlainString();
            case Value.Text(var text) -> text;
            case Value.Unknown(var source) -> "(known when " + resource(source) + " is built)";
            case Value.Items(var items) ->
                    items.stream().map(ValueWords::text).collect(Collectors.joining(", "));
            case Value.Entries(var entries) ->
                    entries.entrySet().stream()
                            .map(e -> e.getKey() + ": " + text(e.getValue()))
                            .collect(Collectors.joining(", "));
        };
    }

    /** {@code port.fixed_ips[0].ip_address} is told by port. */
    private static String resource(String source) {
        return source.split("[.\\[]", 2)[0];
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
