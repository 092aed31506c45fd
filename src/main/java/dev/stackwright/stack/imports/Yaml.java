package dev.stackwright.stack.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes values as a person would: blocks, plain words where YAML 1.1 reads them as words. */
final class Yaml {

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/]([A-Za-z0-9_./-]|:(?=[A-Za-z0-9:]))*( [A-Za-z0-9_./-]+)*");

    /** What YAML 1.1 takes for something else than a word. */
    private static final Pattern NO_WORD =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");

    private static final JsonMapper QUOTES = JsonMapper.builder().build();

    /** No value. */
    static final Object NOTHING =
            new Object() {
                @Override
                public String toString() {
                    return "null";
                }
            };

    /** Lines that a block keeps as they are. */
    private static final Pattern LINES =
            Pattern.compile(
                    "[^\\s\\p{Cntrl}][^\\p{Cntrl}\u0085\u2028\u2029\ufeff]*(\n"
                            + "[^\\p{Cntrl}\u0085\u2028\u2029\ufeff]*)+");

    private final StringBuilder text = new StringBuilder();

    /** Another resource of the same template. */
    record Ref(String resource) {}

    /** Something outside of the template, by its id, with its name for whoever reads it. */
    record Outside(String id, String name) {}

    void line(String line) {
        text.append(line).append('\n');
    }

    void entries(int indent, Map<String, ?> entries) {
        entries.forEach((key, value) -> entry(indent, " ".repeat(indent) + key(key), value));
    }

    private void entry(int indent, String begin, Object value) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                line(begin + ":");
                map.forEach((key, inside) ->
                        entry(
                                indent + 2,
                                " ".repeat(indent + 2) + key(String.valueOf(key)),
                                inside));
            }
            case List<?> list when !list.isEmpty() -> {
                line(begin + ":");
                list.forEach(item -> item(indent + 2, item));
            }
            case String words when LINES.matcher(words).matches() && !words.endsWith("\n\n") ->
                    block(indent, begin, words);
            default -> line(begin + ": " + scalar(value));
        }
    }

    /** A text of several lines, as a person would write it. */
    private void block(int indent, String begin, String words) {
        line(begin + (words.endsWith("\n") ? ": |" : ": |-"));
        words.lines().forEach(one -> line(one.isEmpty() ? "" : " ".repeat(indent + 2) + one));
    }

    private void item(int indent, Object item) {
        var dash = " ".repeat(indent) + "- ";
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            var begin = dash;
            for (var inside : map.entrySet()) {
                entry(indent + 2, begin + key(String.valueOf(inside.getKey())), inside.getValue());
                begin = " ".repeat(indent + 2);
            }
        } else if (item instanceof List<?> list && !list.isEmpty()) {
            // A list in a list is rare, and short: one line of JSON, which YAML reads.
            line(dash + QUOTES.writeValueAsString(plain(list)));
        } else {
            line(dash + scalar(item));
        }
    }

    private static @Nullable Object plain(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Yaml::plain).toList();
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, one) -> all.put(String.valueOf(key), plain(one)));
                yield all;
            }
            default -> value == NOTHING ? null : value;
        };
    }

    private static String key(String key) {
        return word(key);
    }

    private static String scalar(Object value) {
        return switch (value) {
            case Ref(var resource) -> "{ get_resource: " + resource + " }";
            case Outside(var id, var name) -> word(id) + comment(id, name);
            case String words -> word(words);
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            default -> String.valueOf(value);
        };
    }

    private static String comment(String id, String name) {
        var said = name.replaceAll("\\p{Cntrl}|\\p{Cf}|\\p{Zl}|\\p{Zp}", " ").strip();
        return said.isEmpty() || said.equals(id) ? "" : "  # " + said;
    }

    /** Plain where that is the same to everybody, else as JSON has it, which YAML reads. */
    static String word(String words) {
        return PLAIN.matcher(words).matches() && !NO_WORD.matcher(words).matches()
                ? words
                : QUOTES.writeValueAsString(words)
                        .replace("\u0085", "\\u0085")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029")
                        .replace("\ufeff", "\\ufeff")
                        .replace("\u007f", "\\u007f");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
