package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads YAQL: words first, then a descent through the operators from the loosest to the tightest.
 */
final class Reader {

    private static final Pattern WORD =
            Pattern.compile(
                    "\\s*(?:(?<number>[0-9]+(?:\\.[0-9]+)?(?![\\w]))|(?<text>\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`(?:[^`\\\\]|\\\\.)*+`)"
                            + "|(?<variable>\\$\\w*)|(?<name>[A-Za-z_]\\w*)|(?<sign>=>|->|\\?\\.|!=|>=|<=|=~|!~|[-+*/=<>.,()\\[\\]{}]))",
                    Pattern.DOTALL);

    private static final List<Set<String>> LEVELS =
            List.of(
                    Set.of("->"),
                    Set.of("or"),
                    Set.of("and"),
                    Set.of("not"),
                    Set.of(">", "<", ">=", "<=", "!=", "=", "in"),
                    Set.of("+", "-"),
                    Set.of("*", "/", "mod"),
                    Set.of("=~", "!~"));

    private static final int DEEPEST = 60;
    private static final int LONGEST = 20_000;

    private enum Kind {
        NUMBER,
        TEXT,
        VARIABLE,
        NAME,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, boolean spaceBefore) {}

    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Reader(String text) {
        if (text.length() > LONGEST) {
            throw YaqlProblem.of("The expression is too long.");
        }
        Matcher matcher = WORD.matcher(text);
        int from = 0;
        while (matcher.find(from) && matcher.start() == from) {
            add(matcher);
            from = matcher.end();
        }
        if (!text.substring(from).isBlank()) {
            throw YaqlProblem.of(
                    "The expression cannot be read from `%s` on."
                            .formatted(shortened(text.substring(from).strip())));
        }
        tokens.add(new Token(Kind.END, "", true));
    }

    private static String shortened(String text) {
        return text.length() > 30 ? text.substring(0, 30) + "…" : text;
    }

    private void add(Matcher matcher) {
        boolean space = Character.isWhitespace(matcher.group().charAt(0));
        if (matcher.group("number") != null) {
            tokens.add(new Token(Kind.NUMBER, matcher.group("number"), space));
        } else if (matcher.group("text") != null) {
            tokens.add(new Token(Kind.TEXT, unescaped(matcher.group("text")), space));
        } else if (matcher.group("variable") != null) {
            tokens.add(new Token(Kind.VARIABLE, matcher.group("variable").substring(1), space));
        } else if (matcher.group("name") != null) {
            tokens.add(new Token(Kind.NAME, matcher.group("name"), space));
        } else {
            tokens.add(new Token(Kind.SIGN, matcher.group("sign"), space));
        }
    }

    private static String unescaped(String quoted) {
        var text = new StringBuilder();
        boolean verbatim = quoted.charAt(0) == '`';
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\' || verbatim) {
                text.append(c);
                continue;
            }
            char next = quoted.charAt(++i);
            text.append(
                    switch (next) {
                        case 'n' -> "\n";
                        case 't' -> "\t";
                        case 'r' -> "\r";
                        case '\\', '"', '\'' -> String.valueOf(next);
                        default -> "\\" + next;
                    });
        }
        return text.toString();
    }

    static Term read(String text) {
        var reader = new Reader(text);
        Term term = reader.binary(0);
        if (reader.peek().kind() != Kind.END) {
            throw reader.unexpected();
        }
        return term;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean accept(String text) {
        Token token = peek();
        boolean found =
                (token.kind() == Kind.SIGN || token.kind() == Kind.NAME)
                        && token.text().equals(text);
        if (found) {
            at++;
        }
        return found;
    }

    private void expect(String text) {
        if (!accept(text)) {
            throw unexpected();
        }
    }

    private YaqlProblem unexpected() {
        Token token = peek();
        return YaqlProblem.of(
                token.kind() == Kind.END
                        ? "The expression ends too early."
                        : "`%s` is not expected there in the expression."
                                .formatted(shortened(token.text())));
    }

    private Term binary(int level) {
        if (++depth > DEEPEST * LEVELS.size()) {
            throw YaqlProblem.of("The expression is nested too deeply.");
        }
        try {
            if (level == LEVELS.size()) {
                return unary();
            }
            if (LEVELS.get(level).contains("not")) {
                return accept("not") ? new Term.Unary("not", binary(level)) : binary(level + 1);
            }
            Term left = binary(level + 1);
            while (isOperator(level)) {
                String operator = tokens.get(at++).text();
                left = new Term.Binary(operator, left, binary(level + 1));
            }
            return left;
        } finally {
            depth--;
        }
    }

    private boolean isOperator(int level) {
        Token token = peek();
        return (token.kind() == Kind.SIGN || token.kind() == Kind.NAME)
                && LEVELS.get(level).contains(token.text());
    }

    private Term unary() {
        if (accept("-")) {
            return new Term.Unary("-", unary());
        }
        return accept("+") ? unary() : postfix();
    }

    private Term postfix() {
        Term term = primary();
        while (true) {
            boolean nullSafe = accept("?.");
            if (nullSafe || accept(".")) {
                Token name = tokens.get(at);
                if (name.kind() != Kind.NAME) {
                    throw unexpected();
                }
                at++;
                term =
                        accept("(")
                                ? call(name.text(), term, nullSafe)
                                : new Term.Member(term, name.text(), nullSafe);
            } else if (accept("[")) {
                term = new Term.At(term, items("]"));
            } else {
                return term;
            }
        }
    }

    private Term call(
            String name, @org.jspecify.annotations.Nullable Term target, boolean nullSafe) {
        var arguments = new ArrayList<Term>();
        var named = new LinkedHashMap<String, Term>();
        if (target != null) {
            arguments.add(target);
        }
        while (!accept(")")) {
            Term argument = binary(0);
            if (accept("=>")) {
                if (argument instanceof Term.Constant constant
                        && constant.value() instanceof Value.Text key
                        && !name.equals("switch")) {
                    named.put(key.value(), binary(0));
                } else {
                    arguments.add(new Term.MapOf(List.of(Map.entry(argument, binary(0)))));
                }
            } else {
                arguments.add(argument);
            }
            if (!accept(",")) {
                expect(")");
                break;
            }
        }
        return new Term.Call(name, arguments, named, nullSafe);
    }

    private List<Term> items(String end) {
        var items = new ArrayList<Term>();
        while (!accept(end)) {
            items.add(binary(0));
            if (!accept(",")) {
                expect(end);
                break;
            }
        }
        return items;
    }

    private Term primary() {
        Token token = peek();
        at++;
        return switch (token.kind()) {
            case NUMBER -> new Term.Constant(new Value.Num(new BigDecimal(token.text())));
            case TEXT -> new Term.Constant(Value.of(token.text()));
            case VARIABLE -> new Term.Variable(token.text());
            case NAME -> named(token.text());
            case SIGN ->
                    switch (token.text()) {
                        case "(" -> {
                            Term inside = binary(0);
                            expect(")");
                            yield inside;
                        }
                        case "[" -> new Term.ListOf(items("]"));
                        case "{" -> map();
                        default -> {
                            at--;
                            throw unexpected();
                        }
                    };
            case END -> {
                at--;
                throw unexpected();
            }
        };
    }

    private Term named(String name) {
        if (accept("(")) {
            return call(name, null, false);
        }
        return new Term.Constant(
                switch (name) {
                    case "true" -> Value.of(true);
                    case "false" -> Value.of(false);
                    case "null" -> Value.NULL;
                    default -> Value.of(name);
                });
    }

    private Term map() {
        var entries = new ArrayList<Map.Entry<Term, Term>>();
        while (!accept("}")) {
            Term key = binary(0);
            expect("=>");
            entries.add(Map.entry(key, binary(0)));
            if (!accept(",")) {
                expect("}");
                break;
            }
        }
        return new Term.MapOf(entries);
    }
}
