package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Values as texts, the way templates have come to rely on: True with a capital letter, JSON with
 * sorted keys and a space after comma and colon, everything beyond ASCII escaped.
 */
final class PythonText {

    private PythonText() {}

    /** As str() writes it; JSON for lists and maps. */
    static String str(Value value) {
        return switch (value) {
            case Value.Null _ -> "None";
            case Value.Bool bool -> bool.value() ? "True" : "False";
            case Value.Num num -> PythonNumbers.text(num.value());
            case Value.Text text -> text.value();
            case Value.Items _, Value.Entries _ -> json(value);
            case Value.Unknown unknown -> "‹" + unknown.source() + "›";
        };
    }

    /** As str() writes it, lists and maps as well: in single quotes, as no JSON is written. */
    static String repr(Value value) {
        return value instanceof Value.Text(var text) ? text : represented(value);
    }

    private static String represented(Value value) {
        return switch (value) {
            case Value.Text(var text) -> {
                char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
                yield quote
                        + text.replace("\\", "\\\\")
                                .replace(String.valueOf(quote), "\\" + quote)
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t")
                        + quote;
            }
            case Value.Items(var items) ->
                    items.stream()
                            .map(PythonText::represented)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Value.Entries(var entries) ->
                    entries.entrySet().stream()
                            .map(entry ->
                                    represented(Value.of(entry.getKey()))
                                            + ": "
                                            + represented(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> str(value);
        };
    }

    /** The name of a key that was written as something other than a text. */
    static String str(Value value, String written) {
        return value instanceof Value.Num || value instanceof Value.Bool ? str(value) : written;
    }

    /** For messages: as a person would write it, cut when long. */
    static String shown(Value value) {
        String text =
                switch (value) {
                    case Value.Null _ -> "nothing";
                    case Value.Bool bool -> bool.value() ? "true" : "false";
                    case Value.Unknown unknown -> unknown.source();
                    case Value.Num _, Value.Text _, Value.Items _, Value.Entries _ -> str(value);
                };
        return text.length() <= 80 ? text : text.substring(0, 77) + "…";
    }

    static String json(Value value) {
        var json = new StringBuilder();
        json(value, json);
        return json.toString();
    }

    private static void json(Value value, StringBuilder json) {
        switch (value) {
            case Value.Null _ -> json.append("null");
            case Value.Bool bool -> json.append(bool.value());
            case Value.Num num -> json.append(PythonNumbers.text(num.value()));
            case Value.Text text -> quote(text.value(), json);
            case Value.Unknown unknown -> quote(str(unknown), json);
            case Value.Items items -> list(items.values(), json);
            case Value.Entries entries -> map(entries.values(), json);
        }
    }

    private static void list(List<Value> items, StringBuilder json) {
        json.append('[');
        String comma = "";
        for (Value item : items) {
            json.append(comma);
            json(item, json);
            comma = ", ";
        }
        json.append(']');
    }

    private static void map(Map<String, Value> entries, StringBuilder json) {
        json.append('{');
        String comma = "";
        for (var entry : new TreeMap<>(entries).entrySet()) {
            json.append(comma);
            quote(entry.getKey(), json);
            json.append(": ");
            json(entry.getValue(), json);
            comma = ", ";
        }
        json.append('}');
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < ' ' || c > '~') {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
