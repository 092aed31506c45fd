package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works terms out, within bounds. */
final class Evaluator {

    private static final int MOST_STEPS = 200_000;
    private static final int LARGEST = 100_000;

    /** The variables that a term sees; {@code $} is the empty name. */
    record Scope(Map<String, Value> variables, Map<String, Closure> functions) {
        Scope with(Value... values) {
            var more = new HashMap<>(variables);
            more.put("", values[0]);
            for (int i = 0; i < values.length; i++) {
                more.put(String.valueOf(i + 1), values[i]);
            }
            return new Scope(more, functions);
        }

        /** {@code $1}, {@code $2} and so on; {@code $} stays what it was. */
        Scope numbered(List<Value> values) {
            var more = new HashMap<>(variables);
            for (int i = 0; i < values.size(); i++) {
                more.put(String.valueOf(i + 1), values.get(i));
            }
            return new Scope(more, functions);
        }

        Scope named(Map<String, Value> named) {
            var more = new HashMap<>(variables);
            more.putAll(named);
            return new Scope(more, functions);
        }

        Scope defining(String name, Term body) {
            var more = new HashMap<>(functions);
            more.put(name, new Closure(body, this));
            return new Scope(variables, more);
        }
    }

    /** A function that an expression defines for itself. */
    record Closure(Term body, Scope scope) {}

    private static final int DEEPEST = 100;

    private final Library library = new Library(this);
    private int steps;
    private int depth;

    Value evaluate(Term term, Value data) {
        var root = new Value.Entries(Map.of("data", data));
        return value(term, new Scope(Map.of("", root, "1", root), Map.of()));
    }

    Value value(Term term, Scope scope) {
        spend(1);
        return switch (term) {
            case Term.Constant constant -> constant.value();
            case Term.Variable variable -> {
                Value value = scope.variables().get(variable.name());
                yield value == null ? Value.NULL : value;
            }
            case Term.ListOf list ->
                    new Value.Items(list.items().stream().map(item -> value(item, scope)).toList());
            case Term.MapOf map -> {
                var entries = new LinkedHashMap<String, Value>();
                map.entries()
                        .forEach(entry ->
                                entries.put(
                                        Values.text(value(entry.getKey(), scope)),
                                        value(entry.getValue(), scope)));
                yield new Value.Entries(entries);
            }
            case Term.Member member -> member(member, scope);
            case Term.At at -> at(at, scope);
            case Term.Call call -> library.call(call, scope);
            case Term.Unary unary -> unary(unary, scope);
            case Term.Binary binary -> binary(binary, scope);
        };
    }

    void spend(long work) {
        steps += (int) Math.min(work, LARGEST);
        if (steps > MOST_STEPS || work > LARGEST) {
            throw YaqlProblem.of(
                    "The expression costs more than it may. Use less data or a simpler one.");
        }
    }

    private Value member(Term.Member member, Scope scope) {
        Value target = value(member.target(), scope);
        if (member.nullSafe() && target instanceof Value.Null) {
            return target;
        }
        return memberOf(target, member.name());
    }

    private Value memberOf(Value target, String name) {
        if (target instanceof Value.Entries entries) {
            Value found = entries.values().get(name);
            if (found == null) {
                throw YaqlProblem.of(
                        "There is no `%s` in the data. Use get(%s) if it may be missing."
                                .formatted(name, name));
            }
            return found;
        }
        if (target instanceof Value.Items items) {
            spend(items.values().size());
            return new Value.Items(
                    items.values().stream().map(item -> memberOf(item, name)).toList());
        }
        throw YaqlProblem.of(
                "`%s` cannot be looked up there, because it is no map.".formatted(name));
    }

    private Value at(Term.At at, Scope scope) {
        Value target = value(at.target(), scope);
        if (target instanceof Value.Entries entries && !at.indexes().isEmpty()) {
            Value found = entries.values().get(Values.text(value(at.indexes().getFirst(), scope)));
            if (found != null) {
                return found;
            }
            if (at.indexes().size() > 1) {
                return value(at.indexes().get(1), scope);
            }
            throw YaqlProblem.of("The map has no such key.");
        }
        if (target instanceof Value.Items items && at.indexes().size() == 1) {
            Value index = value(at.indexes().getFirst(), scope.with(Value.NULL));
            if (index instanceof Value.Num number) {
                return Values.item(items.values(), number.value());
            }
            return Library.filter(this, items.values(), at.indexes().getFirst(), scope);
        }
        throw YaqlProblem.of("[ ] needs a list or a map before it.");
    }

    private Value unary(Term.Unary unary, Scope scope) {
        Value operand = value(unary.operand(), scope);
        if (unary.operator().equals("not")) {
            return Value.of(!Values.truth(operand));
        }
        return new Value.Num(Values.number(operand).negate());
    }

    /** Calls a function of the expression's own, which may call itself, but not for ever. */
    Value call(Closure closure, String name, Scope caller, Value... values) {
        if (++depth > DEEPEST) {
            throw YaqlProblem.of("`%s` calls itself too deeply.".formatted(name));
        }
        try {
            Scope inside =
                    new Scope(closure.scope().variables(), caller.functions())
                            .with(values.length == 0 ? new Value[] {Value.NULL} : values);
            return value(closure.body(), inside);
        } finally {
            depth--;
        }
    }

    /** {@code let(x => 1) -> $x} and its relatives: the scope that the right side sees. */
    private Optional<Scope> opened(Term left, Scope scope) {
        if (!(left instanceof Term.Call call)) {
            return Optional.empty();
        }
        var arguments = call.arguments();
        return switch (call.name()) {
            case "let", "with" -> {
                Scope inside = scope;
                if (!arguments.isEmpty()) {
                    inside = inside.numbered(values(arguments, scope));
                }
                var named = new HashMap<String, Value>();
                call.named().forEach((name, term) -> named.put(name, value(term, scope)));
                yield Optional.of(inside.named(named));
            }
            case "unpack" -> {
                var items = Values.list(value(arguments.getFirst(), scope));
                var names = values(arguments.subList(1, arguments.size()), scope);
                if (names.isEmpty()) {
                    yield Optional.of(scope.numbered(items));
                }
                if (names.size() != items.size()) {
                    throw YaqlProblem.of(
                            "unpack() has %d names for %d items."
                                    .formatted(names.size(), items.size()));
                }
                var named = new HashMap<String, Value>();
                for (int i = 0; i < names.size(); i++) {
                    named.put(Values.text(names.get(i)), items.get(i));
                }
                yield Optional.of(scope.named(named));
            }
            case "def" -> {
                if (arguments.size() != 2
                        || !(arguments.getFirst() instanceof Term.Constant name)) {
                    throw YaqlProblem.of("def() takes a name and an expression.");
                }
                yield Optional.of(scope.defining(Values.text(name.value()), arguments.get(1)));
            }
            default -> Optional.empty();
        };
    }

    private Value binary(Term.Binary binary, Scope scope) {
        if (binary.operator().equals("->")) {
            Optional<Scope> opened = opened(binary.left(), scope);
            if (opened.isPresent()) {
                return value(binary.right(), opened.get());
            }
        }
        Value left = value(binary.left(), scope);
        switch (binary.operator()) {
            case "and" -> {
                return Values.truth(left) ? value(binary.right(), scope) : left;
            }
            case "or" -> {
                return Values.truth(left) ? left : value(binary.right(), scope);
            }
            case "->" -> {
                return value(binary.right(), scope.with(left));
            }
            default -> {
                // the others need both sides
            }
        }
        Value right = value(binary.right(), scope);
        return switch (binary.operator()) {
            case "=" -> Value.of(Values.equal(left, right));
            case "!=" -> Value.of(!Values.equal(left, right));
            case "<" -> Value.of(Values.compare(left, right) < 0);
            case ">" -> Value.of(Values.compare(left, right) > 0);
            case "<=" -> Value.of(Values.compare(left, right) <= 0);
            case ">=" -> Value.of(Values.compare(left, right) >= 0);
            case "in" -> Value.of(Values.contains(right, left));
            case "=~" -> Value.of(Values.matches(Values.text(left), Values.text(right)));
            case "!~" -> Value.of(!Values.matches(Values.text(left), Values.text(right)));
            case "+" -> plus(left, right);
            case "-" -> new Value.Num(Values.number(left).subtract(Values.number(right)));
            case "*" -> times(left, right);
            case "/" -> divided(Values.number(left), Values.number(right));
            case "mod" -> remainder(Values.number(left), Values.number(right));
            default -> throw YaqlProblem.unsupported(binary.operator());
        };
    }

    Value plus(Value left, Value right) {
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            spend(a.value().length() + (long) b.value().length());
            return Value.of(a.value() + b.value());
        }
        if (left instanceof Value.Items a && right instanceof Value.Items b) {
            var joined = new ArrayList<>(a.values());
            joined.addAll(b.values());
            spend(joined.size());
            return new Value.Items(joined);
        }
        if (left instanceof Value.Entries a && right instanceof Value.Entries b) {
            var merged = new LinkedHashMap<>(a.values());
            merged.putAll(b.values());
            return new Value.Entries(merged);
        }
        return new Value.Num(Values.number(left).add(Values.number(right)));
    }

    private Value times(Value left, Value right) {
        if (right instanceof Value.Text && left instanceof Value.Num) {
            return times(right, left);
        }
        BigDecimal by = Values.number(right);
        if (left instanceof Value.Text text) {
            spend((long) text.value().length() * Math.max(0, by.intValue()));
            return Value.of(text.value().repeat(Math.max(0, by.intValue())));
        }
        return new Value.Num(Values.number(left).multiply(by, MathContext.DECIMAL128));
    }

    private static Value divided(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw YaqlProblem.of("The expression divides by zero.");
        }
        return left.scale() <= 0 && right.scale() <= 0
                ? new Value.Num(left.divide(right, 0, RoundingMode.FLOOR))
                : Values.real(left.doubleValue() / right.doubleValue());
    }

    private static Value remainder(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw YaqlProblem.of("The expression divides by zero.");
        }
        BigDecimal floor = left.divide(right, 0, RoundingMode.FLOOR);
        return new Value.Num(left.subtract(floor.multiply(right)));
    }

    /** Applies a lambda. */
    Value apply(Term lambda, Scope scope, Value... values) {
        return value(lambda, scope.with(values));
    }

    List<Value> values(List<Term> terms, Scope scope) {
        return terms.stream().map(term -> value(term, scope)).toList();
    }
}
