package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code repeat: {template, for_each}}: the template once for each combination of the items.
 *
 * @param maps whether for_each may go through the keys of a map
 * @param zips whether {@code permutations: false} pairs the lists instead
 */
record Repeat(boolean maps, boolean zips) implements Function {

    private static final int MOST = 100_000;
    private static final String USAGE =
            "Write it with two keys: template, and for_each (a map of names to lists).";

    @Override
    public @Nullable String mistake(Expression argument) {
        if (!(argument instanceof Expression.MapOf map)
                || map.find("template").isEmpty()
                || map.find("for_each").isEmpty()) {
            return USAGE;
        }
        Expression loops = map.find("for_each").get().value();
        if (!(loops instanceof Expression.MapOf) && !(loops instanceof Expression.Call)) {
            return USAGE;
        }
        if (zips && map.find("permutations").isPresent()) {
            boolean right =
                    map.find("permutations").get().value() instanceof Expression.Literal literal
                            && literal.value() instanceof Value.Bool;
            return right ? null : "permutations is true or false, as a plain word.";
        }
        return null;
    }

    @Override
    public Value evaluate(Expression.Call call, Evaluation evaluation) {
        var map = (Expression.MapOf) call.argument();
        Value forEach = evaluation.value(map.find("for_each").orElseThrow().value());
        if (forEach instanceof Value.Unknown unknown) {
            return unknown;
        }
        if (!(forEach instanceof Value.Entries loops) || loops.values().isEmpty()) {
            return evaluation.failed(
                    Rule.FUNCTION_ARGUMENT,
                    call.nameRange(),
                    "for_each must be a map of names to lists.");
        }
        Value flag =
                zips && map.find("permutations").isPresent()
                        ? evaluation.value(map.find("permutations").get().value())
                        : Value.of(true);
        if (!(flag instanceof Value.Bool combining)) {
            return flag instanceof Value.Unknown
                    ? flag
                    : evaluation.failed(call, "permutations is true or false.");
        }
        boolean combine = combining.value();
        var names = new ArrayList<>(loops.values().keySet());
        var lists = new ArrayList<List<Value>>();
        for (Value list : loops.values().values()) {
            switch (list) {
                case Value.Null _ -> lists.add(List.of());
                case Value.Items items -> lists.add(items.values());
                case Value.Entries entries when maps && combine ->
                        lists.add(entries.values().keySet().stream().map(Value::of).toList());
                case Value.Unknown unknown -> {
                    return unknown;
                }
                case Value.Bool _, Value.Num _, Value.Text _, Value.Entries _ -> {
                    return evaluation.failed(
                            call,
                            "for_each goes through lists%s; `%s` is none."
                                    .formatted(maps ? " and maps" : "", PythonText.shown(list)));
                }
            }
        }
        Value template = evaluation.value(map.find("template").orElseThrow().value());
        return combine
                ? combined(call, evaluation, template, names, lists)
                : paired(call, evaluation, template, names, lists);
    }

    private static Value combined(
            Expression.Call call,
            Evaluation evaluation,
            Value template,
            List<String> names,
            List<List<Value>> lists) {
        long count = 1;
        for (List<Value> list : lists) {
            count = Math.min(count * list.size(), Integer.MAX_VALUE);
        }
        if (count > MOST || !evaluation.afford(count * weight(template))) {
            return evaluation.tooLarge(call);
        }
        var results = new ArrayList<Value>((int) count);
        var position = new int[lists.size()];
        for (long made = 0; made < count; made++) {
            var chosen = new ArrayList<Value>(lists.size());
            for (int i = 0; i < position.length; i++) {
                chosen.add(lists.get(i).get(position[i]));
            }
            Value result = new Filling(call, evaluation, names, chosen).fill(template);
            if (result == Evaluation.FAILED) {
                return result;
            }
            results.add(result);
            for (int i = position.length - 1; i >= 0 && ++position[i] == lists.get(i).size(); i--) {
                position[i] = 0;
            }
        }
        return new Value.Items(results);
    }

    private static Value paired(
            Expression.Call call,
            Evaluation evaluation,
            Value template,
            List<String> names,
            List<List<Value>> lists) {
        int length = lists.getFirst().size();
        if (lists.stream().anyMatch(list -> list.size() != length)) {
            return evaluation.failed(
                    call, "Without permutations all lists must have the same length.");
        }
        if (length > MOST || !evaluation.afford(length * weight(template))) {
            return evaluation.tooLarge(call);
        }
        var results = new ArrayList<Value>(length);
        for (int i = 0; i < length; i++) {
            int at = i;
            var chosen = lists.stream().map(list -> list.get(at)).toList();
            Value result = new Filling(call, evaluation, names, chosen).fill(template);
            if (result == Evaluation.FAILED) {
                return result;
            }
            results.add(result);
        }
        return new Value.Items(results);
    }

    /** Roughly how much one copy costs. */
    private static long weight(Value value) {
        return switch (value) {
            case Value.Text text -> text.value().length() + 8L;
            case Value.Items items -> 8L + items.values().stream().mapToLong(Repeat::weight).sum();
            case Value.Entries entries ->
                    8L
                            + entries.values().entrySet().stream()
                                    .mapToLong(entry ->
                                            entry.getKey().length() + weight(entry.getValue()))
                                    .sum();
            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> 8L;
        };
    }

    /** One copy of the template. */
    private record Filling(
            Expression.Call call, Evaluation evaluation, List<String> names, List<Value> values) {

        Value fill(Value template) {
            return switch (template) {
                case Value.Text text -> text(text.value());
                case Value.Items items -> {
                    var filled = new ArrayList<Value>(items.values().size());
                    for (Value item : items.values()) {
                        Value value = fill(item);
                        if (value == Evaluation.FAILED) {
                            yield value;
                        }
                        filled.add(value);
                    }
                    yield new Value.Items(filled);
                }
                case Value.Entries entries -> {
                    var filled = new LinkedHashMap<String, Value>();
                    for (var entry : entries.values().entrySet()) {
                        Value key = text(entry.getKey());
                        Value value = fill(entry.getValue());
                        if (!(key instanceof Value.Text name) || value == Evaluation.FAILED) {
                            yield key instanceof Value.Text ? value : key;
                        }
                        filled.put(name.value(), value);
                    }
                    yield new Value.Entries(filled);
                }
                case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ -> template;
            };
        }

        private Value text(String template) {
            String text = template;
            for (int i = 0; i < names.size(); i++) {
                switch (values.get(i)) {
                    case Value.Text value -> {
                        if (text.contains(names.get(i))) {
                            text = text.replace(names.get(i), value.value());
                            if (!evaluation.afford(text.length())) {
                                return evaluation.tooLarge(call);
                            }
                        }
                    }
                    case Value.Unknown unknown -> {
                        if (text.contains(names.get(i))) {
                            return unknown;
                        }
                    }
                    case Value.Null _,
                            Value.Bool _,
                            Value.Num _,
                            Value.Items _,
                            Value.Entries _ -> {
                        return evaluation.failed(
                                call,
                                "The items of for_each must be texts; `%s` is none. Put numbers in quotes."
                                        .formatted(PythonText.shown(values.get(i))));
                    }
                }
            }
            return Value.of(text);
        }
    }
}
