package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions under CloudFormation's names. */
final class CfnFunctions {

    private CfnFunctions() {}

    /** {@code Ref}: a resource, or else a parameter. */
    record Ref() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value name = evaluation.value(call.argument());
            if (!(name instanceof Value.Text text)) {
                return name instanceof Value.Unknown
                        ? name
                        : evaluation.failed(
                                Rule.FUNCTION_ARGUMENT, call.nameRange(), "Ref needs a name.");
            }
            return evaluation.template().resources().containsKey(text.value())
                    ? evaluation.lookup().reference(text.value())
                    : parameter(text.value(), call, evaluation);
        }
    }

    /** {@code Ref} inside a condition, where there are no resources yet. */
    record ParameterRef() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value name = evaluation.conditionValue(call.argument());
            return name instanceof Value.Text text
                    ? parameter(text.value(), call, evaluation)
                    : evaluation.failed(
                            Rule.FUNCTION_ARGUMENT,
                            call.nameRange(),
                            "Ref needs the name of a parameter.");
        }
    }

    private static Value parameter(String name, Expression.Call call, Evaluation evaluation) {
        return References.GetParam.parameter(name, call, evaluation);
    }

    /** {@code Fn::GetAtt: [resource, attribute]}. */
    record GetAtt() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 2;
            return right ? null : "Write it as a list of two: [resource, attribute].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return References.GetAttr.attribute(call, evaluation);
        }
    }

    /** {@code Fn::FindInMap: [map, key, key]}. */
    record FindInMap() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 3;
            return right ? null : "Write it as [map name, key, key].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value found = evaluation.template().mappings();
            for (Expression step : ((Expression.ListOf) call.argument()).items()) {
                Value key = evaluation.value(step);
                if (key instanceof Value.Unknown unknown) {
                    return unknown;
                }
                found = Paths.step(found, key);
                if (found == Paths.MISSED) {
                    return evaluation.failed(
                            call,
                            "The mappings have nothing under `%s`."
                                    .formatted(PythonText.shown(key)));
                }
            }
            return found;
        }
    }

    /** {@code Fn::GetAZs}: the availability zones, which only the cloud knows. */
    record GetAzs() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            return Value.list(Value.of("nova"));
        }
    }

    /** {@code Fn::Select: [index, list]}; nothing there is an empty text. */
    record Select() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 2;
            return right ? null : "Write it as [index, list].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var items = ((Expression.ListOf) call.argument()).items();
            Value index = evaluation.value(items.get(0));
            Value source = evaluation.value(items.get(1));
            if (index instanceof Value.Unknown || source instanceof Value.Unknown) {
                return index instanceof Value.Unknown ? index : source;
            }
            if (source instanceof Value.Text text) {
                if (text.value().isEmpty()) {
                    return Value.of("");
                }
                Value parsed = Json.parse(text.value());
                if (parsed == null) {
                    return evaluation.failed(
                            call, "Fn::Select looks into a list, a map, or a text with JSON.");
                }
                source = parsed;
            }
            return switch (source) {
                case Value.Null _ -> Value.of("");
                case Value.Entries entries ->
                        index instanceof Value.Text key
                                ? entries.values().getOrDefault(key.value(), Value.of(""))
                                : evaluation.failed(call, "The index into a map is a text.");
                case Value.Items list -> {
                    BigDecimal number = PythonNumbers.index(index);
                    if (number == null) {
                        yield evaluation.failed(call, "The index into a list is a whole number.");
                    }
                    Value item = Paths.item(list.values(), number);
                    yield item == Paths.MISSED ? Value.of("") : item;
                }
                case Value.Bool _, Value.Num _, Value.Text _, Value.Unknown _ ->
                        evaluation.failed(call, "Fn::Select looks into a list or a map.");
            };
        }
    }

    /** {@code Fn::Split: [delimiter, text]}. */
    record Split() implements Function {
        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 2;
            return right ? null : "Write it as [delimiter, text].";
        }

        @Override
        public @Nullable String laterMistake(Expression argument) {
            boolean right =
                    argument instanceof Expression.ListOf list
                            && list.items().getFirst() instanceof Expression.Literal delimiter
                            && delimiter.value() instanceof Value.Text;
            return right ? null : "Write the delimiter as a plain text.";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var items = ((Expression.ListOf) call.argument()).items();
            Value delimiter = evaluation.value(items.get(0));
            Value text = evaluation.value(items.get(1));
            if (text instanceof Value.Unknown unknown) {
                return unknown;
            }
            return delimiter instanceof Value.Text by
                            && !by.value().isEmpty()
                            && text instanceof Value.Text whole
                    ? new Value.Items(TextFunctions.StrSplit.split(whole.value(), by.value()))
                    : evaluation.failed(call, "Fn::Split takes two texts: [delimiter, text].");
        }
    }

    /** {@code Fn::Replace: [map, text]}. */
    record Replace() implements Function {
        private static final StrReplace REPLACE = new StrReplace(false, false, false);

        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right =
                    argument instanceof Expression.ListOf list
                            && list.items().size() == 2
                            && (list.items().getFirst() instanceof Expression.MapOf
                                    || list.items().getFirst() instanceof Expression.Call);
            return right ? null : "Write it as [map of names to values, text].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            var items = ((Expression.ListOf) call.argument()).items();
            return REPLACE.replace(
                    call,
                    evaluation,
                    evaluation.value(items.get(1)),
                    evaluation.value(items.get(0)));
        }
    }

    /** {@code Fn::Base64}: the text as it is; encoding is left to whoever sends it. */
    record Base64() implements Function {
        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value text = evaluation.value(call.argument());
            return text instanceof Value.Text || text instanceof Value.Unknown
                    ? text
                    : evaluation.failed(call, "Fn::Base64 takes a text.");
        }
    }

    /**
     * {@code Fn::MemberListToMap}: {@code .member.0.Name=a, .member.0.Value=b} becomes {@code {a:
     * b}}.
     */
    record MemberListToMap() implements Function {
        private static final Pattern NUMBERED =
                Pattern.compile("\\.?member\\.(\\d{1,9})\\.(.*)", Pattern.DOTALL);

        @Override
        public @Nullable String mistake(Expression argument) {
            boolean right = argument instanceof Expression.ListOf list && list.items().size() == 3;
            return right ? null : "Write it as [name of keys, name of values, list of texts].";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            var unknown = Evaluation.unknownIn(argument);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            List<Value> items = ((Value.Items) argument).values();
            if (!(items.get(0) instanceof Value.Text key)
                    || !(items.get(1) instanceof Value.Text value)
                    || !(items.get(2) instanceof Value.Items texts)) {
                return evaluation.failed(
                        call, "Fn::MemberListToMap takes two names and a list of texts.");
            }
            var members = new LinkedHashMap<Integer, Map<String, String>>();
            for (Value text : texts.values()) {
                if (!(text instanceof Value.Text line) || line.value().indexOf('=') < 0) {
                    return evaluation.failed(call, "Each text has the form .member.0.Name=value.");
                }
                int equals = line.value().indexOf('=');
                var numbered = NUMBERED.matcher(line.value().substring(0, equals));
                if (numbered.matches()) {
                    members.computeIfAbsent(
                                    Integer.parseInt(numbered.group(1)), _ -> new LinkedHashMap<>())
                            .put(numbered.group(2), line.value().substring(equals + 1));
                }
            }
            var result = new LinkedHashMap<String, Value>();
            for (var member : new ArrayList<>(members.values())) {
                String name = member.get(key.value());
                if (name != null) {
                    String content = member.get(value.value());
                    result.put(name, content == null ? Value.NULL : Value.of(content));
                }
            }
            return new Value.Entries(result);
        }
    }
}
