package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Works out what expressions are worth, given parameters, files and what the resources tell. A
 * function that cannot work says so in the findings and its value becomes {@link #FAILED}, which
 * spreads silently like everything unknown, so that one mistake is told once.
 */
final class Evaluation {

    static final Value FAILED = new Value.Unknown("a value that could not be worked out");

    /** What an if without an else gives: the entry or item around it goes away. */
    static final Value ABSENT = new Value.Unknown("nothing");

    private static final int LONGEST_TEXT = 8 * 1024 * 1024;
    private static final long MOST_WORK = 64L * 1024 * 1024;

    private final Template template;
    private final ParameterValues parameters;
    private final Map<String, String> files;
    private final Lookup lookup;
    private final Facade facade;
    private Findings findings;
    private final FunctionTable functions;
    private final FunctionTable conditionFunctions;
    private final Map<String, Value> conditions = new LinkedHashMap<>();
    private Path path = Path.ROOT;
    private long work;

    Evaluation(
            Template template,
            ParameterValues parameters,
            Map<String, String> files,
            Lookup lookup,
            Findings findings) {
        this(template, parameters, files, lookup, Facade.UNKNOWN, findings);
    }

    Evaluation(
            Template template,
            ParameterValues parameters,
            Map<String, String> files,
            Lookup lookup,
            Facade facade,
            Findings findings) {
        this.facade = facade;
        this.template = template;
        this.parameters = parameters;
        this.files = files;
        this.lookup = lookup;
        this.findings = findings;
        this.functions = FunctionTable.of(template.version(), template.extensions());
        this.conditionFunctions = FunctionTable.forConditions(template.version());
    }

    Template template() {
        return template;
    }

    ParameterValues parameters() {
        return parameters;
    }

    Map<String, String> files() {
        return files;
    }

    Lookup lookup() {
        return lookup;
    }

    /** What is known about the resource that the template stands for. */
    Facade facade() {
        return facade;
    }

    Findings findings() {
        return findings;
    }

    /** The same, without telling what goes wrong; somebody else does. */
    Value quietly(Supplier<Value> work) {
        Findings loud = findings;
        findings = new Findings();
        try {
            return work.get();
        } finally {
            findings = loud;
        }
    }

    /** Says where we are, for the paths of what is found. */
    Evaluation at(Path path) {
        this.path = path;
        return this;
    }

    /** The value of an expression; an if without a fitting branch is null here. */
    Value value(Expression expression) {
        Value value = maybe(expression);
        return value == ABSENT ? Value.NULL : value;
    }

    Value maybe(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.ListOf list -> {
                var items = new ArrayList<Value>(list.items().size());
                for (Expression item : list.items()) {
                    Value value = maybe(item);
                    if (value != ABSENT) {
                        items.add(value);
                    }
                }
                yield new Value.Items(items);
            }
            case Expression.MapOf map -> {
                var entries = new LinkedHashMap<String, Value>();
                for (Expression.Member member : map.members()) {
                    Value value = maybe(member.value());
                    if (value != ABSENT) {
                        entries.put(member.key(), value);
                    }
                }
                yield new Value.Entries(entries);
            }
            case Expression.Call call -> call(call, functions);
        };
    }

    private Value call(Expression.Call call, FunctionTable table) {
        Function function = table.find(call.name());
        if (function == null) {
            return failed(call, call.name() + " cannot be used here.");
        }
        String mistake = function.mistake(call.argument());
        if (mistake == null) {
            mistake = function.laterMistake(call.argument());
        }
        return mistake == null
                ? function.evaluate(call, this)
                : failed(Rule.FUNCTION_ARGUMENT, call.nameRange(), mistake);
    }

    /** The value of an expression inside a condition, where other functions are at hand. */
    Value conditionValue(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.ListOf list ->
                    new Value.Items(list.items().stream().map(this::conditionValue).toList());
            case Expression.MapOf map -> {
                var entries = new LinkedHashMap<String, Value>();
                map.members().forEach(m -> entries.put(m.key(), conditionValue(m.value())));
                yield new Value.Entries(entries);
            }
            case Expression.Call call -> call(call, conditionFunctions);
        };
    }

    /** True or false, or unknown when a parameter is not given yet. */
    Value truth(Expression condition) {
        return switch (condition) {
            case Expression.Literal literal ->
                    switch (literal.value()) {
                        case Value.Bool bool -> bool;
                        case Value.Text name -> named(name.value(), literal.range());
                        case Value.Null _,
                                Value.Num _,
                                Value.Items _,
                                Value.Entries _,
                                Value.Unknown _ ->
                                noCondition(literal.value(), literal.range());
                    };
            case Expression.Call call ->
                    switch (call(call, conditionFunctions)) {
                        case Value.Bool bool -> bool;
                        case Value.Unknown unknown -> unknown;
                        case Value.Null other -> noCondition(other, call.range());
                        case Value.Text other -> noCondition(other, call.range());
                        case Value.Num other -> noCondition(other, call.range());
                        case Value.Items other -> noCondition(other, call.range());
                        case Value.Entries other -> noCondition(other, call.range());
                    };
            case Expression.ListOf list -> noCondition(Value.of("a list"), list.range());
            case Expression.MapOf map -> noCondition(Value.of("a map"), map.range());
        };
    }

    private Value noCondition(Value value, TextRange range) {
        return failed(
                Rule.UNKNOWN_CONDITION,
                range,
                "`%s` is not a condition. Write the name of a condition, true, false, or a function such as %s."
                        .formatted(
                                PythonText.shown(value),
                                template.version().isHot() ? "equals" : "Fn::Equals"));
    }

    private Value named(String name, TextRange range) {
        Expression definition = template.conditions().get(name);
        if (definition == null) {
            String guess =
                    Guess.nearest(name, template.conditions().keySet())
                            .map(" Did you mean `%s`?"::formatted)
                            .orElse("");
            return failed(
                    Rule.UNKNOWN_CONDITION,
                    range,
                    "The template has no condition `%s`.%s".formatted(name, guess));
        }
        Value known = conditions.get(name);
        if (known != null) {
            return known;
        }
        conditions.put(name, FAILED);
        Value value =
                definition instanceof Expression.Literal literal
                        ? (literal.value() instanceof Value.Bool bool ? bool : FAILED)
                        : truth(definition);
        conditions.put(name, value);
        return value;
    }

    Value failed(Expression.Call call, String detail) {
        return failed(Rule.FUNCTION_FAILED, call.nameRange(), detail);
    }

    Value failed(Rule rule, TextRange range, String detail) {
        findings.add(rule, range, path.toString(), detail);
        return FAILED;
    }

    /** A text result, unless it grew beyond all bounds. */
    Value text(Expression.Call call, CharSequence text) {
        if (!afford(text.length())) {
            return tooLarge(call);
        }
        return Value.of(text.toString());
    }

    Value tooLarge(Expression.Call call) {
        return failed(
                Rule.RESULT_TOO_LARGE,
                call.nameRange(),
                call.name()
                        + " would make a value that is too large to handle. Use shorter texts or"
                        + " fewer items.");
    }

    /** Whether that much more may be made. */
    boolean afford(long size) {
        work += size;
        return size <= LONGEST_TEXT && work <= MOST_WORK;
    }

    /** An unknown result because of what is unknown inside one of the values. */
    static Optional<Value> unknownIn(Value... values) {
        for (Value value : values) {
            var unknown = Unknowns.in(value);
            if (unknown.isPresent()) {
                return Optional.of(unknown.get());
            }
        }
        return Optional.empty();
    }
}
