package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * JSON to nodes, with places. It is not left to the YAML reader because YAML 1.1 refuses tabs and
 * some escapes that JSON has.
 */
final class JsonReader {

    private final String text;
    private final TextPlaces places;
    private final Limits limits;
    private final Findings findings;
    private int at;
    private int nodes;

    private JsonReader(String text, TextPlaces places, Limits limits, Findings findings) {
        this.text = text;
        this.places = places;
        this.limits = limits;
        this.findings = findings;
    }

    /** The root, or empty when the text is no JSON; then it may still be YAML. */
    static Optional<Node> read(String text, TextPlaces places, Limits limits, Findings findings) {
        var reader = new JsonReader(text, places, limits, findings);
        try {
            reader.blanks();
            Node root = reader.value(0);
            reader.blanks();
            return reader.at == text.length() ? Optional.of(root) : Optional.empty();
        } catch (NotJson _) {
            return Optional.empty();
        }
    }

    private Node value(int depth) {
        if (depth > limits.depth() || ++nodes > limits.nodes()) {
            throw new NotJson();
        }
        int start = at;
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                String string = string();
                yield new Node.Scalar(Value.of(string), string, places.range(start, at));
            }
            case 't' -> word("true", Value.of(true));
            case 'f' -> word("false", Value.of(false));
            case 'n' -> word("null", Value.NULL);
            default -> number();
        };
    }

    private Node object(int depth) {
        int start = at++;
        var entries = new LinkedHashMap<String, Node.Entry>();
        blanks();
        if (peek() == '}') {
            at++;
            return new Node.Mapping(List.of(), places.range(start, at));
        }
        while (true) {
            blanks();
            int keyStart = at;
            String key = string();
            TextRange keyRange = places.range(keyStart, at);
            blanks();
            expect(':');
            blanks();
            var entry = new Node.Entry(key, keyRange, value(depth + 1));
            if (entries.put(key, entry) != null) {
                findings.add(
                        Rule.DUPLICATE_KEY,
                        keyRange,
                        "",
                        "`%s` stands more than once in this map; only the last one counts."
                                .formatted(key));
            }
            blanks();
            if (peek() == '}') {
                at++;
                return new Node.Mapping(List.copyOf(entries.values()), places.range(start, at));
            }
            expect(',');
        }
    }

    private Node array(int depth) {
        int start = at++;
        var items = new ArrayList<Node>();
        blanks();
        if (peek() == ']') {
            at++;
            return new Node.Sequence(items, places.range(start, at));
        }
        while (true) {
            blanks();
            items.add(value(depth + 1));
            blanks();
            if (peek() == ']') {
                at++;
                return new Node.Sequence(items, places.range(start, at));
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        var string = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw new NotJson();
            }
            string.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw new NotJson();
                }
                int unit = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(text.charAt(at++), 16);
                    if (digit < 0) {
                        throw new NotJson();
                    }
                    unit = unit * 16 + digit;
                }
                yield (char) unit;
            }
            default -> throw new NotJson();
        };
    }

    private Node word(String word, Value value) {
        if (!text.startsWith(word, at)) {
            throw new NotJson();
        }
        at += word.length();
        return new Node.Scalar(value, word, places.range(at - word.length(), at));
    }

    private Node number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (!number.matches(
                "-?(?:0|[1-9][0-9]{0,400})(?:\\.[0-9]{1,400})?(?:[eE][-+]?[0-9]{1,4})?")) {
            throw new NotJson();
        }
        boolean whole = number.matches("-?[0-9]+");
        Value value =
                whole
                        ? new Value.Num(new BigDecimal(number))
                        : PythonNumbers.real(Double.parseDouble(number));
        return new Node.Scalar(value, number, places.range(start, at));
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new NotJson();
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static final class NotJson extends RuntimeException {
        NotJson() {
            super("not JSON", null, false, false);
        }
    }
}
