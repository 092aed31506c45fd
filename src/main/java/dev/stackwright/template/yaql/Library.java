package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The functions; a method is a function whose target is the first argument. */
final class Library {

    private final Evaluator evaluator;
    private final MoreLibrary more;

    Library(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.more = new MoreLibrary(evaluator);
    }

    Value call(Term.Call call, Evaluator.Scope scope) {
        var arguments = new Arguments(MoreLibrary.bounded(call), scope);
        if (call.nullSafe() && arguments.value(0) instanceof Value.Null) {
            return Value.NULL;
        }
        return switch (call.name()) {
            case "where", "filter" ->
                    filter(evaluator, arguments.list(0), arguments.term(1), scope);
            case "select", "map" ->
                    items(
                            arguments.list(0).stream()
                                    .map(item -> arguments.apply(1, item))
                                    .toList());
            case "selectMany" ->
                    items(
                            arguments.list(0).stream()
                                    .flatMap(item -> Values.list(arguments.apply(1, item)).stream())
                                    .toList());
            case "flatten" -> items(flat(arguments.list(0)));
            case "distinct" -> items(distinct(arguments));
            case "orderBy" -> items(ordered(arguments, 1));
            case "orderByDescending" -> items(ordered(arguments, -1));
            case "groupBy" -> grouped(arguments);
            case "reduce", "aggregate" -> reduced(arguments);
            case "any" ->
                    Value.of(
                            arguments.size() < 2
                                    ? !arguments.list(0).isEmpty()
                                    : arguments.list(0).stream()
                                            .anyMatch(item ->
                                                    Values.truth(arguments.apply(1, item))));
            case "all" ->
                    Value.of(
                            arguments.list(0).stream()
                                    .allMatch(item ->
                                            Values.truth(
                                                    arguments.size() < 2
                                                            ? item
                                                            : arguments.apply(1, item))));
            case "takeWhile" ->
                    items(
                            arguments.list(0).stream()
                                    .takeWhile(item -> Values.truth(arguments.apply(1, item)))
                                    .toList());
            case "skipWhile" ->
                    items(
                            arguments.list(0).stream()
                                    .dropWhile(item -> Values.truth(arguments.apply(1, item)))
                                    .toList());
            case "toDict", "dict" -> dictionary(arguments);
            case "switch" -> choice(call, scope);
            case "let", "with", "unpack", "def" ->
                    throw YaqlProblem.of(
                            "%s() needs -> and an expression after it.".formatted(call.name()));
            default -> {
                var own = scope.functions().get(call.name());
                yield own != null
                        ? evaluator.call(
                                own, call.name(), scope, arguments.values().toArray(Value[]::new))
                        : plain(call.name(), arguments);
            }
        };
    }

    private Value plain(String name, Arguments arguments) {
        return switch (name) {
            case "len" -> Value.of(length(arguments.value(0)));
            case "count" -> Value.of(arguments.list(0).size());
            case "sum" -> sum(arguments);
            case "min" -> extreme(arguments, 1);
            case "max" -> extreme(arguments, -1);
            case "first" -> end(arguments, true);
            case "last" -> end(arguments, false);
            case "single" -> single(arguments.list(0));
            case "list", "toList" -> made(name, arguments);
            case "set", "toSet" ->
                    arguments.size() > 0 && arguments.value(0) instanceof Value.Entries
                            ? changed(arguments)
                            : items(new ArrayList<>(once(Values.list(made("toList", arguments)))));
            case "reverse" -> items(arguments.list(0).reversed());
            case "skip" ->
                    items(
                            arguments.list(0).stream()
                                    .skip(Math.max(0, arguments.whole(1)))
                                    .toList());
            case "limit", "take" ->
                    items(
                            arguments.list(0).stream()
                                    .limit(Math.max(0, arguments.whole(1)))
                                    .toList());
            case "append" -> appended(arguments);
            case "concat" -> concat(arguments);
            case "enumerate" ->
                    enumerated(arguments.list(0), Values.whole(arguments.valueOr(1, Value.of(0))));
            case "indexOf" -> Value.of(indexOf(arguments));
            case "zip" -> zipped(arguments);
            case "range", "sequence" -> range(arguments);
            case "contains" -> Value.of(Values.contains(arguments.value(0), arguments.value(1)));
            case "containsKey" -> Value.of(arguments.map(0).containsKey(arguments.text(1)));
            case "get" ->
                    arguments
                            .map(0)
                            .getOrDefault(arguments.text(1), arguments.valueOr(2, Value.NULL));
            case "keys" -> items(arguments.map(0).keySet().stream().map(Value::of).toList());
            case "values" -> items(List.copyOf(arguments.map(0).values()));
            case "items" ->
                    items(
                            arguments.map(0).entrySet().stream()
                                    .map(entry ->
                                            (Value)
                                                    Value.list(
                                                            Value.of(entry.getKey()),
                                                            entry.getValue()))
                                    .toList());
            case "mergeWith" -> merged(arguments.value(0), arguments.value(1), arguments);
            case "delete" -> deleted(arguments);
            case "coalesce" -> arguments.firstThat(value -> !(value instanceof Value.Null));
            case "int" -> whole(arguments.value(0));
            case "float" -> Values.real(Double.parseDouble(numberText(arguments.value(0))));
            case "str" -> Value.of(Values.text(arguments.value(0)));
            case "bool" -> Value.of(Values.truth(arguments.value(0)));
            case "not" -> Value.of(!Values.truth(arguments.value(0)));
            case "abs" -> new Value.Num(Values.number(arguments.value(0)).abs());
            case "isString" -> Value.of(arguments.value(0) instanceof Value.Text);
            case "isList" -> Value.of(arguments.value(0) instanceof Value.Items);
            case "isDict" -> Value.of(arguments.value(0) instanceof Value.Entries);
            case "isInteger" ->
                    Value.of(
                            arguments.value(0) instanceof Value.Num num
                                    && num.value().scale() <= 0);
            case "isNumber" -> Value.of(arguments.value(0) instanceof Value.Num);
            case "isBoolean" -> Value.of(arguments.value(0) instanceof Value.Bool);
            default -> texts(name, arguments);
        };
    }

    private Value texts(String name, Arguments arguments) {
        return switch (name) {
            case "join" -> joined(arguments);
            case "split" ->
                    arguments.isRegex() ? more.call(name, arguments) : split(arguments, false);
            case "rightSplit" -> split(arguments, true);
            case "toUpper" -> Value.of(arguments.string(0).toUpperCase(Locale.ROOT));
            case "toLower" -> Value.of(arguments.string(0).toLowerCase(Locale.ROOT));
            case "trim" -> Value.of(MoreLibrary.trimmed(arguments, true, true));
            case "trimLeft" -> Value.of(MoreLibrary.trimmed(arguments, true, false));
            case "trimRight" -> Value.of(MoreLibrary.trimmed(arguments, false, true));
            case "startsWith" ->
                    Value.of(
                            arguments.strings(1).stream()
                                    .anyMatch(arguments.string(0)::startsWith));
            case "endsWith" ->
                    Value.of(arguments.strings(1).stream().anyMatch(arguments.string(0)::endsWith));
            case "substring" -> substring(arguments);
            case "matches" ->
                    Value.of(
                            arguments.isRegex()
                                    ? Values.matches(arguments.string(1), arguments.string(0))
                                    : Values.matches(arguments.string(0), arguments.string(1)));
            case "toCharArray" ->
                    items(
                            arguments
                                    .text(0)
                                    .codePoints()
                                    .mapToObj(c -> (Value) Value.of(Character.toString(c)))
                                    .toList());
            case "format" -> format(arguments);
            default -> more.call(name, arguments);
        };
    }

    static Value filter(
            Evaluator evaluator, List<Value> list, Term condition, Evaluator.Scope scope) {
        return new Value.Items(
                list.stream()
                        .filter(item -> Values.truth(evaluator.apply(condition, scope, item)))
                        .toList());
    }

    private Value items(List<Value> items) {
        evaluator.spend(items.size());
        return new Value.Items(items);
    }

    private List<Value> flat(List<Value> list) {
        var flat = new ArrayList<Value>();
        for (Value item : list) {
            if (item instanceof Value.Items inner) {
                flat.addAll(flat(inner.values()));
            } else {
                flat.add(item);
            }
        }
        evaluator.spend(flat.size());
        return flat;
    }

    static List<Value> once(List<Value> list) {
        var seen = new LinkedHashMap<Value, Value>();
        list.forEach(item -> seen.putIfAbsent(Values.canonical(item), item));
        return List.copyOf(seen.values());
    }

    private List<Value> distinct(Arguments arguments) {
        if (arguments.size() < 2) {
            return once(arguments.list(0));
        }
        var seen = new LinkedHashSet<Value>();
        return arguments.list(0).stream()
                .filter(item -> seen.add(Values.canonical(arguments.apply(1, item))))
                .toList();
    }

    private List<Value> ordered(Arguments arguments, int direction) {
        record Keyed(Value key, Value item) {}
        Comparator<Keyed> order = (a, b) -> direction * Values.compare(a.key(), b.key());
        return arguments.list(0).stream()
                .map(item -> new Keyed(arguments.apply(1, item), item))
                .sorted(order)
                .map(Keyed::item)
                .toList();
    }

    private Value grouped(Arguments arguments) {
        var groups = new LinkedHashMap<Value, List<Value>>();
        for (Value item : arguments.list(0)) {
            Value value = arguments.size() > 2 ? arguments.apply(2, item) : item;
            groups.computeIfAbsent(arguments.apply(1, item), _ -> new ArrayList<>()).add(value);
        }
        var pairs = new ArrayList<Value>();
        groups.forEach((key, values) -> {
            Value group = new Value.Items(values);
            pairs.add(Value.list(key, arguments.size() > 3 ? arguments.apply(3, group) : group));
        });
        return items(pairs);
    }

    private Value reduced(Arguments arguments) {
        var list = arguments.list(0);
        if (list.isEmpty() && arguments.size() < 3) {
            throw YaqlProblem.of(
                    "An empty list has nothing to be put together. Give a value to start with.");
        }
        Value result = arguments.size() > 2 ? arguments.value(2) : list.getFirst();
        for (Value item : arguments.size() > 2 ? list : list.subList(1, list.size())) {
            result = arguments.apply(1, result, item);
        }
        return result;
    }

    private Value dictionary(Arguments arguments) {
        var entries = new LinkedHashMap<String, Value>();
        arguments.named().forEach(entries::put);
        if (arguments.size() == 0) {
            return new Value.Entries(entries);
        }
        if (arguments.size() > 1) {
            for (Value item : arguments.list(0)) {
                Value value = arguments.size() > 2 ? arguments.apply(2, item) : item;
                entries.put(Values.text(arguments.apply(1, item)), value);
            }
        } else if (arguments.value(0) instanceof Value.Entries map) {
            entries.putAll(map.values());
        } else {
            for (Value pair : arguments.list(0)) {
                var both = Values.list(pair);
                if (both.size() != 2) {
                    throw YaqlProblem.of("dict() takes pairs of key and value.");
                }
                entries.put(Values.text(both.get(0)), both.get(1));
            }
        }
        return new Value.Entries(entries);
    }

    private Value choice(Term.Call call, Evaluator.Scope scope) {
        for (Term argument : call.arguments()) {
            if (argument instanceof Term.MapOf map) {
                for (var entry : map.entries()) {
                    if (Values.truth(evaluator.value(entry.getKey(), scope))) {
                        return evaluator.value(entry.getValue(), scope);
                    }
                }
            }
        }
        return Value.NULL;
    }

    private static int length(Value value) {
        return switch (value) {
            case Value.Text text -> text.value().codePointCount(0, text.value().length());
            case Value.Items items -> items.values().size();
            case Value.Entries entries -> entries.values().size();
            case Value.Null _, Value.Bool _, Value.Num _, Value.Unknown _ ->
                    throw YaqlProblem.of("Only texts, lists and maps have a length.");
        };
    }

    private Value sum(Arguments arguments) {
        var list = arguments.list(0);
        if (list.isEmpty() && arguments.size() < 2) {
            throw YaqlProblem.of("An empty list has no sum. Give a value to start with.");
        }
        Value sum = arguments.size() < 2 ? list.getFirst() : arguments.value(1);
        for (Value item : arguments.size() < 2 ? list.subList(1, list.size()) : list) {
            sum = evaluator.plus(sum, item);
        }
        return sum;
    }

    /** Of two values, or of a list with perhaps one value more. */
    private Value extreme(Arguments arguments, int direction) {
        var candidates = new ArrayList<Value>();
        if (arguments.value(0) instanceof Value.Items list) {
            candidates.addAll(list.values());
            if (arguments.size() > 1) {
                candidates.add(arguments.value(1));
            }
        } else {
            candidates.addAll(arguments.values());
        }
        return candidates.stream()
                .min((a, b) -> direction * Values.compare(a, b))
                .orElseThrow(() ->
                        YaqlProblem.of("An empty list has no smallest and no largest value."));
    }

    private static Value end(Arguments arguments, boolean first) {
        var list = arguments.list(0);
        if (!list.isEmpty()) {
            return first ? list.getFirst() : list.getLast();
        }
        if (arguments.size() > 1) {
            return arguments.value(1);
        }
        throw YaqlProblem.of("An empty list has no %s item.".formatted(first ? "first" : "last"));
    }

    private static Value single(List<Value> list) {
        if (list.size() != 1) {
            throw YaqlProblem.of(
                    "single() needs a list of one item; this one has %d.".formatted(list.size()));
        }
        return list.getFirst();
    }

    private Value made(String name, Arguments arguments) {
        if (arguments.size() == 1
                && (name.equals("toList") || arguments.value(0) instanceof Value.Items)) {
            return arguments.value(0) instanceof Value.Items list
                    ? list
                    : items(Values.list(arguments.value(0)));
        }
        return items(arguments.values());
    }

    private Value appended(Arguments arguments) {
        var list = new ArrayList<>(arguments.list(0));
        list.addAll(arguments.rest());
        return items(list);
    }

    private Value concat(Arguments arguments) {
        Value result = arguments.value(0);
        for (Value more : arguments.rest()) {
            result =
                    result instanceof Value.Items
                            ? evaluator.plus(result, more)
                            : evaluator.plus(
                                    Value.of(Values.text(result)), Value.of(Values.text(more)));
        }
        return result;
    }

    private Value enumerated(List<Value> list, int from) {
        var pairs = new ArrayList<Value>(list.size());
        for (int i = 0; i < list.size(); i++) {
            pairs.add(Value.list(Value.of((long) from + i), list.get(i)));
        }
        return items(pairs);
    }

    private static int indexOf(Arguments arguments) {
        if (arguments.value(0) instanceof Value.Text text) {
            int from = Values.whole(arguments.valueOr(2, Value.of(0)));
            return text.value().indexOf(arguments.string(1), from);
        }
        var list = arguments.list(0);
        for (int i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), arguments.value(1))) {
                return i;
            }
        }
        return -1;
    }

    private Value zipped(Arguments arguments) {
        var lists = arguments.values().stream().map(Values::list).toList();
        int length = lists.stream().mapToInt(List::size).min().orElse(0);
        var rows = new ArrayList<Value>(length);
        for (int i = 0; i < length; i++) {
            int at = i;
            rows.add(new Value.Items(lists.stream().map(list -> list.get(at)).toList()));
        }
        return items(rows);
    }

    private Value range(Arguments arguments) {
        int from = arguments.size() > 1 ? arguments.whole(0) : 0;
        int to = arguments.size() > 1 ? arguments.whole(1) : arguments.whole(0);
        int step = arguments.size() > 2 ? arguments.whole(2) : 1;
        if (step == 0) {
            throw YaqlProblem.of("The step of range() cannot be zero.");
        }
        evaluator.spend(Math.abs(((long) to - from) / step) + 1);
        var numbers = new ArrayList<Value>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            numbers.add(Value.of(i));
        }
        return new Value.Items(numbers);
    }

    private Value merged(Value left, Value right, Arguments arguments) {
        if (left instanceof Value.Entries a && right instanceof Value.Entries b) {
            var merged = new LinkedHashMap<>(a.values());
            b.values()
                    .forEach((key, value) -> {
                        Value own = merged.get(key);
                        merged.put(key, own == null ? value : merged(own, value, arguments));
                    });
            evaluator.spend(merged.size());
            return new Value.Entries(merged);
        }
        if (left instanceof Value.Items a && right instanceof Value.Items b) {
            var joined = new ArrayList<>(a.values());
            joined.addAll(b.values());
            return arguments.given(2) ? arguments.apply(2, left, right) : items(once(joined));
        }
        return arguments.given(3) ? arguments.apply(3, left, right) : right;
    }

    private static Value deleted(Arguments arguments) {
        var keys = arguments.rest();
        if (arguments.value(0) instanceof Value.Entries map) {
            var left = new LinkedHashMap<>(map.values());
            keys.forEach(key -> left.remove(Values.text(key)));
            return new Value.Entries(left);
        }
        var left = new ArrayList<>(arguments.list(0));
        int at = arguments.whole(1);
        int count = arguments.size() > 2 ? arguments.whole(2) : 1;
        for (int i = 0; i < count && at >= 0 && at < left.size(); i++) {
            left.remove(at);
        }
        return new Value.Items(left);
    }

    /** A map with one key more: {@code map.set(key, value)}. */
    private static Value changed(Arguments arguments) {
        var map = new LinkedHashMap<>(arguments.map(0));
        if (arguments.size() == 3) {
            map.put(arguments.text(1), arguments.value(2));
        } else if (arguments.size() == 2) {
            map.putAll(arguments.map(1));
        }
        map.putAll(arguments.named());
        return new Value.Entries(map);
    }

    private static String numberText(Value value) {
        String text = Values.text(value).strip();
        if (!text.matches(
                "[-+]?(?:[0-9]{1,300}\\.?[0-9]{0,300}|\\.[0-9]{1,300})(?:[eE][-+]?[0-9]{1,4})?")) {
            throw YaqlProblem.of("`%s` is not a number.".formatted(text));
        }
        return text;
    }

    private static Value whole(Value value) {
        if (value instanceof Value.Null) {
            return Value.of(0);
        }
        if (value instanceof Value.Bool bool) {
            return Value.of(bool.value() ? 1 : 0);
        }
        var number = new BigDecimal(numberText(value));
        if (value instanceof Value.Text && number.scale() > 0) {
            throw YaqlProblem.of("`%s` is not a whole number.".formatted(Values.text(value)));
        }
        return new Value.Num(new BigDecimal(number.toBigInteger()));
    }

    private Value joined(Arguments arguments) {
        // Both join(list, separator) as a method and separator.join(list) occur.
        boolean listFirst = !(arguments.value(0) instanceof Value.Text);
        var list = arguments.list(listFirst ? 0 : 1).stream().map(Values::text).toList();
        String separator = arguments.text(listFirst ? 1 : 0);
        evaluator.spend(
                list.stream().mapToLong(String::length).sum()
                        + (long) separator.length() * list.size());
        return Value.of(String.join(separator, list));
    }

    private Value split(Arguments arguments, boolean fromRight) {
        String text = arguments.text(0);
        Value separator = arguments.namedOr("separator", arguments.valueOr(1, Value.NULL));
        int most = Values.whole(arguments.namedOr("maxSplits", arguments.valueOr(2, Value.of(-1))));
        if (separator instanceof Value.Null) {
            return items(Arrays.stream(text.strip().split("\\s+")).map(Value::of).toList());
        }
        String delimiter = Values.text(separator);
        if (delimiter.isEmpty()) {
            throw YaqlProblem.of("The separator of split() cannot be empty.");
        }
        var parts = new ArrayList<>(Arrays.asList(text.split(Pattern.quote(delimiter), -1)));
        while (most >= 0 && parts.size() > most + 1) {
            int at = fromRight ? 0 : parts.size() - 2;
            parts.set(at, parts.get(at) + delimiter + parts.remove(at + 1));
        }
        return items(parts.stream().map(Value::of).toList());
    }

    private static Value substring(Arguments arguments) {
        String text = arguments.text(0);
        int from = arguments.whole(1);
        int start = Math.clamp(from < 0 ? (long) from + text.length() : from, 0, text.length());
        int length = arguments.size() > 2 ? arguments.whole(2) : -1;
        int end = length < 0 ? text.length() : (int) Math.min(text.length(), (long) start + length);
        return Value.of(text.substring(start, end));
    }

    private static Value format(Arguments arguments) {
        var text = new StringBuilder();
        String pattern = arguments.text(0);
        int next = 1;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = c == '{' ? pattern.indexOf('}', i) : -1;
            if (pattern.startsWith("{{", i) || pattern.startsWith("}}", i)) {
                text.append(c);
                i++;
            } else if (end > 0) {
                String name = pattern.substring(i + 1, end);
                Value value =
                        name.isEmpty()
                                ? arguments.valueOr(next++, Value.of(""))
                                : name.matches("[0-9]{1,3}")
                                        ? arguments.valueOr(
                                                Integer.parseInt(name) + 1, Value.of(""))
                                        : arguments.namedOr(name, Value.of(""));
                text.append(Values.text(value));
                i = end;
            } else {
                text.append(c);
            }
        }
        return Value.of(text.toString());
    }

    /** The arguments of one call, worked out when they are asked for. */
    final class Arguments {
        private final Term.Call call;
        private final Evaluator.Scope scope;
        private final Value[] known;

        Arguments(Term.Call call, Evaluator.Scope scope) {
            this.call = call;
            this.scope = scope;
            this.known = new Value[call.arguments().size()];
        }

        int size() {
            return call.arguments().size();
        }

        Term term(int at) {
            if (at >= size()) {
                throw YaqlProblem.of("%s() needs another argument.".formatted(call.name()));
            }
            return call.arguments().get(at);
        }

        Value value(int at) {
            Term term = term(at);
            Value value = known[at];
            if (value == null) {
                value = evaluator.value(term, scope);
                known[at] = value;
            }
            return value;
        }

        Value valueOr(int at, Value otherwise) {
            return at < size() ? value(at) : otherwise;
        }

        Value namedOr(String name, Value otherwise) {
            Term term = call.named().get(name);
            return term == null ? otherwise : evaluator.value(term, scope);
        }

        Map<String, Value> named() {
            var named = new LinkedHashMap<String, Value>();
            call.named().forEach((name, term) -> named.put(name, evaluator.value(term, scope)));
            return named;
        }

        List<Value> values() {
            var values = new ArrayList<Value>(size());
            for (int i = 0; i < size(); i++) {
                values.add(value(i));
            }
            return Collections.unmodifiableList(values);
        }

        /** All but the target. */
        List<Value> rest() {
            term(0);
            return values().subList(1, size());
        }

        Value firstThat(java.util.function.Predicate<Value> test) {
            for (int i = 0; i < size(); i++) {
                if (test.test(value(i))) {
                    return value(i);
                }
            }
            return Value.NULL;
        }

        Value apply(int at, Value... values) {
            return evaluator.apply(term(at), scope, values);
        }

        /** A list; a map is none, although it has keys. */
        List<Value> list(int at) {
            if (value(at) instanceof Value.Entries) {
                throw YaqlProblem.of(
                        "%s() works on lists. Write .keys(), .values() or .items() before it."
                                .formatted(call.name()));
            }
            return Values.list(value(at));
        }

        Map<String, Value> map(int at) {
            return Values.map(value(at)).values();
        }

        String text(int at) {
            return Values.text(value(at));
        }

        /** A text that is one, not something that could be made one. */
        String string(int at) {
            if (value(at) instanceof Value.Text(String text)) {
                return text;
            }
            throw YaqlProblem.of("%s() needs a text there.".formatted(call.name()));
        }

        List<String> strings(int from) {
            var strings = new ArrayList<String>();
            for (int i = from; i < size(); i++) {
                strings.add(string(i));
            }
            if (strings.isEmpty()) {
                throw YaqlProblem.of("%s() needs another argument.".formatted(call.name()));
            }
            return strings;
        }

        /** Whether an argument is there and not null. */
        boolean given(int at) {
            return at < size()
                    && !(term(at) instanceof Term.Constant constant
                            && constant.value() instanceof Value.Null);
        }

        /** Whether the method is called on {@code regex(…)}. */
        boolean isRegex() {
            return size() > 0 && isRegex(0);
        }

        boolean isRegex(int at) {
            return term(at) instanceof Term.Call inner && inner.name().equals("regex");
        }

        Term.Call call() {
            return call;
        }

        Evaluator.Scope scope() {
            return scope;
        }

        int whole(int at) {
            return Values.whole(value(at));
        }
    }
}
