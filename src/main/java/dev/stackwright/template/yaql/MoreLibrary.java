package dev.stackwright.template.yaql;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.yaql.Library.Arguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions that are seldom used. A set is a list without duplicates here, and a regular
 * expression is the text of its pattern, known by the call of {@code regex()} that it comes from.
 */
final class MoreLibrary {

    private static final Set<String> ENDLESS = Set.of("sequence", "cycle");
    private static final Set<String> STOPPING =
            Set.of("take", "limit", "first", "takeWhile", "any", "zip", "indexWhere", "indexOf");
    private static final int LONGEST_ENDLESS = 200;

    private final Evaluator evaluator;

    MoreLibrary(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** A list without an end is as long as it may be when somebody takes a part of it. */
    static Term.Call bounded(Term.Call call) {
        boolean part =
                STOPPING.contains(call.name())
                        && !call.arguments().isEmpty()
                        && call.arguments().getFirst() instanceof Term.Call inner
                        && ENDLESS.contains(inner.name());
        if (!part) {
            return call;
        }
        var inner = (Term.Call) call.arguments().getFirst();
        var arguments = new ArrayList<>(call.arguments());
        arguments.set(
                0,
                new Term.Call(
                        inner.name() + " in part",
                        inner.arguments(),
                        inner.named(),
                        inner.nullSafe()));
        return new Term.Call(call.name(), arguments, call.named(), call.nullSafe());
    }

    Value call(String name, Arguments arguments) {
        return switch (name) {
            case "sequence in part" -> sequence(arguments);
            case "cycle in part" -> cycle(arguments.list(0));
            case "sequence", "cycle" ->
                    throw YaqlProblem.of(
                            "%s() has no end. Take a part of it with take().".formatted(name));
            case "accumulate" -> accumulated(arguments);
            case "assert" -> asserted(arguments);
            case "call" -> called(arguments);
            case "containsValue" ->
                    Value.of(
                            arguments.map(0).values().stream()
                                    .anyMatch(value -> Values.equal(value, arguments.value(1))));
            case "defaultIfEmpty" ->
                    arguments.list(0).isEmpty() ? arguments.value(1) : arguments.value(0);
            case "deleteAll" -> without(arguments.map(0), arguments.list(1));
            case "generate" -> generated(arguments);
            case "generateMany" -> generatedMany(arguments);
            case "indexWhere" -> indexWhere(arguments, false);
            case "lastIndexWhere" -> indexWhere(arguments, true);
            case "insert" -> inserted(arguments, List.of(arguments.value(2)));
            case "insertMany" -> inserted(arguments, arguments.list(2));
            case "replaceMany" -> replaced(arguments, arguments.list(2));
            case "memorize" -> arguments.value(0);
            case "repeat" -> repeated(arguments);
            case "slice" -> sliced(arguments);
            case "sliceWhere" -> slicedWhere(arguments, true);
            case "splitWhere" -> slicedWhere(arguments, false);
            case "splitAt" -> splitAt(arguments);
            case "zipLongest" -> zippedLongest(arguments);
            case "thenBy", "thenByDescending" -> thenOrdered(arguments);
            case "selectCase" -> selectCase(arguments);
            case "selectAllCases" -> selectAllCases(arguments);
            case "switchCase" -> switchCase(arguments);
            case "union", "intersect", "difference", "symmetricDifference", "add", "remove" ->
                    sets(name, arguments);
            case "isSet" -> Value.of(false);
            case "isIterable" -> Value.of(arguments.value(0) instanceof Value.Items);
            case "isDatetime", "isTimespan" -> Value.of(false);
            case "isRegex" -> Value.of(arguments.isRegex());
            default -> texts(name, arguments);
        };
    }

    private Value texts(String name, Arguments arguments) {
        return switch (name) {
            case "isEmpty" -> isEmpty(arguments);
            case "norm" -> {
                String text = arguments.string(0).strip();
                yield text.isEmpty() ? Value.NULL : Value.of(text);
            }
            case "lastIndexOf" -> Value.of(lastIndexOf(arguments));
            case "replace" -> arguments.isRegex() ? replacedMatches(arguments) : replace(arguments);
            case "replaceBy" -> throw YaqlProblem.unsupported("replaceBy()");
            case "escapeRegex" ->
                    Value.of(
                            arguments.string(0).replaceAll("([^\\w\\s,/<>=:;@%&!\"'`])", "\\\\$1"));
            case "regex" -> Value.of(arguments.string(0));
            case "search" -> {
                var all = Values.matchesIn(arguments.string(1), arguments.string(0));
                yield all.isEmpty() ? Value.NULL : Value.of(all.getFirst());
            }
            case "searchAll" ->
                    items(
                            Values.matchesIn(arguments.string(1), arguments.string(0)).stream()
                                    .map(Value::of)
                                    .toList());
            case "split" ->
                    items(
                            Values.splitBy(arguments.string(1), arguments.string(0)).stream()
                                    .map(Value::of)
                                    .toList());
            default -> numbers(name, arguments);
        };
    }

    private static Value numbers(String name, Arguments arguments) {
        return switch (name) {
            case "hex" -> {
                BigInteger number = integer(arguments.value(0));
                yield Value.of((number.signum() < 0 ? "-0x" : "0x") + number.abs().toString(16));
            }
            case "sign" -> Value.of(Values.number(arguments.value(0)).signum());
            case "round" -> round(arguments);
            case "pow" -> pow(arguments);
            case "bitwiseAnd" ->
                    number(integer(arguments.value(0)).and(integer(arguments.value(1))));
            case "bitwiseOr" -> number(integer(arguments.value(0)).or(integer(arguments.value(1))));
            case "bitwiseXor" ->
                    number(integer(arguments.value(0)).xor(integer(arguments.value(1))));
            case "bitwiseNot" -> number(integer(arguments.value(0)).not());
            case "shiftBitsLeft" ->
                    number(integer(arguments.value(0)).shiftLeft(bits(arguments.whole(1))));
            case "shiftBitsRight" ->
                    number(integer(arguments.value(0)).shiftRight(bits(arguments.whole(1))));
            default -> throw YaqlProblem.unsupported(name + "()");
        };
    }

    private Value items(List<Value> items) {
        evaluator.spend(items.size());
        return new Value.Items(items);
    }

    private static Value sequence(Arguments arguments) {
        long from = Values.whole(arguments.valueOr(0, Value.of(0)));
        long step = Values.whole(arguments.valueOr(1, Value.of(1)));
        var numbers = new ArrayList<Value>();
        for (int i = 0; i < LONGEST_ENDLESS; i++) {
            numbers.add(Value.of(from + i * step));
        }
        return new Value.Items(numbers);
    }

    private static Value cycle(List<Value> list) {
        var items = new ArrayList<Value>();
        while (!list.isEmpty() && items.size() < LONGEST_ENDLESS) {
            items.add(list.get(items.size() % list.size()));
        }
        return new Value.Items(items);
    }

    private Value accumulated(Arguments arguments) {
        var list = arguments.list(0);
        boolean started = arguments.size() > 2;
        if (list.isEmpty() && !started) {
            throw YaqlProblem.of("An empty list has nothing to be put together.");
        }
        Value result = started ? arguments.value(2) : list.getFirst();
        var all = new ArrayList<Value>(List.of(result));
        for (Value item : started ? list : list.subList(1, list.size())) {
            result = arguments.apply(1, result, item);
            all.add(result);
        }
        return items(all);
    }

    private static Value asserted(Arguments arguments) {
        if (Values.truth(arguments.apply(1, arguments.value(0)))) {
            return arguments.value(0);
        }
        throw YaqlProblem.of(
                arguments.size() > 2 ? Values.text(arguments.value(2)) : "An assertion failed.");
    }

    /** {@code call(name, [arguments], {named})}. */
    private Value called(Arguments arguments) {
        var terms = new ArrayList<Term>();
        arguments.list(1).forEach(value -> terms.add(new Term.Constant(value)));
        var named = new LinkedHashMap<String, Term>();
        if (arguments.size() > 2) {
            arguments.map(2).forEach((key, value) -> named.put(key, new Term.Constant(value)));
        }
        return evaluator.value(
                new Term.Call(arguments.string(0), terms, named, false), arguments.scope());
    }

    private static Value without(Map<String, Value> map, List<Value> keys) {
        var left = new LinkedHashMap<>(map);
        keys.forEach(key -> left.remove(Values.text(key)));
        return new Value.Entries(left);
    }

    private Value generated(Arguments arguments) {
        var all = new ArrayList<Value>();
        Value value = arguments.value(0);
        while (Values.truth(arguments.apply(1, value))) {
            all.add(arguments.size() > 3 ? arguments.apply(3, value) : value);
            if (all.size() > LONGEST_ENDLESS) {
                throw YaqlProblem.of("generate() does not come to an end.");
            }
            value = arguments.apply(2, value);
        }
        return items(all);
    }

    /** Breadth first, as a family tree is walked. */
    private Value generatedMany(Arguments arguments) {
        var all = new ArrayList<Value>(List.of(arguments.value(0)));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(Values.list(arguments.apply(1, all.get(i))));
            if (all.size() > LONGEST_ENDLESS) {
                throw YaqlProblem.of("generateMany() does not come to an end.");
            }
        }
        return items(
                arguments.size() > 2
                        ? all.stream().map(item -> arguments.apply(2, item)).toList()
                        : all);
    }

    private static Value indexWhere(Arguments arguments, boolean last) {
        var list = arguments.list(0);
        int found = -1;
        for (int i = 0; i < list.size() && (last || found < 0); i++) {
            found = Values.truth(arguments.apply(1, list.get(i))) ? i : found;
        }
        return Value.of(found);
    }

    private Value inserted(Arguments arguments, List<Value> more) {
        var list = new ArrayList<>(arguments.list(0));
        if (!(arguments.value(0) instanceof Value.Items)) {
            throw YaqlProblem.of("Only a list can be inserted into.");
        }
        list.addAll(Math.clamp(arguments.whole(1), 0, list.size()), more);
        return items(list);
    }

    private Value replaced(Arguments arguments, List<Value> by) {
        var list = arguments.list(0);
        int from = Math.clamp(arguments.whole(1), 0, list.size());
        int count = arguments.size() > 3 ? arguments.whole(3) : 1;
        int to = count < 0 ? list.size() : Math.min(list.size(), from + count);
        var all = new ArrayList<>(list.subList(0, from));
        all.addAll(by);
        all.addAll(list.subList(to, list.size()));
        return items(all);
    }

    private Value repeated(Arguments arguments) {
        int times = arguments.whole(1);
        if (times < 0) {
            throw YaqlProblem.of("repeat() without a count has no end.");
        }
        evaluator.spend(times);
        return new Value.Items(java.util.Collections.nCopies(times, arguments.value(0)));
    }

    private Value sliced(Arguments arguments) {
        int length = arguments.whole(1);
        if (length < 1) {
            throw YaqlProblem.of("slice() needs a length of at least one.");
        }
        var list = arguments.list(0);
        var slices = new ArrayList<Value>();
        for (int i = 0; i < list.size(); i += length) {
            slices.add(new Value.Items(list.subList(i, Math.min(list.size(), i + length))));
        }
        return items(slices);
    }

    /** By runs of the same answer, or at the items that fulfil a condition and are left out. */
    private Value slicedWhere(Arguments arguments, boolean runs) {
        var slices = new ArrayList<Value>();
        var current = new ArrayList<Value>();
        Boolean before = null;
        for (Value item : arguments.list(0)) {
            boolean answer = Values.truth(arguments.apply(1, item));
            boolean cut = runs ? before != null && before != answer : answer;
            if (cut) {
                slices.add(new Value.Items(current));
                current.clear();
            }
            if (runs || !answer) {
                current.add(item);
            }
            before = answer;
        }
        if (!current.isEmpty()) {
            slices.add(new Value.Items(current));
        }
        return items(slices);
    }

    private Value splitAt(Arguments arguments) {
        var list = arguments.list(0);
        int at = Math.clamp(arguments.whole(1), 0, list.size());
        return items(
                List.of(
                        new Value.Items(list.subList(0, at)),
                        new Value.Items(list.subList(at, list.size()))));
    }

    private Value zippedLongest(Arguments arguments) {
        Value missing = arguments.namedOr("default", Value.NULL);
        var lists = arguments.values().stream().map(Values::list).toList();
        int length = lists.stream().mapToInt(List::size).max().orElse(0);
        var rows = new ArrayList<Value>(length);
        for (int i = 0; i < length; i++) {
            int at = i;
            rows.add(
                    new Value.Items(
                            lists.stream()
                                    .map(list -> at < list.size() ? list.get(at) : missing)
                                    .toList()));
        }
        return items(rows);
    }

    /** The order before counts first, so that all keys are compared one after the other. */
    private Value thenOrdered(Arguments arguments) {
        arguments.term(1);
        record Key(Term term, int direction) {}
        var keys = new ArrayList<Key>();
        Term target = arguments.call();
        while (target instanceof Term.Call call
                && Set.of("thenBy", "thenByDescending", "orderBy", "orderByDescending")
                        .contains(call.name())
                && call.arguments().size() > 1) {
            int direction = call.name().endsWith("Descending") ? -1 : 1;
            keys.addFirst(new Key(call.arguments().get(1), direction));
            target = call.arguments().getFirst();
            if (call.name().startsWith("order")) {
                break;
            }
        }
        var list = Values.list(evaluator.value(target, arguments.scope()));
        record Row(List<Value> keys, Value item) {}
        return items(
                list.stream()
                        .map(item ->
                                new Row(
                                        keys.stream()
                                                .map(key ->
                                                        evaluator.apply(
                                                                key.term(),
                                                                arguments.scope(),
                                                                item))
                                                .toList(),
                                        item))
                        .sorted((a, b) -> {
                            int order = 0;
                            for (int i = 0; i < keys.size() && order == 0; i++) {
                                order =
                                        keys.get(i).direction()
                                                * Values.compare(a.keys().get(i), b.keys().get(i));
                            }
                            return order;
                        })
                        .map(Row::item)
                        .toList());
    }

    private static Value selectCase(Arguments arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (Values.truth(arguments.value(i))) {
                return Value.of(i);
            }
        }
        return Value.of(arguments.size());
    }

    private Value selectAllCases(Arguments arguments) {
        var all = new ArrayList<Value>();
        for (int i = 0; i < arguments.size(); i++) {
            if (Values.truth(arguments.value(i))) {
                all.add(Value.of(i));
            }
        }
        return items(all);
    }

    private static Value switchCase(Arguments arguments) {
        int cases = arguments.size() - 1;
        if (cases < 1) {
            return Value.NULL;
        }
        int chosen = arguments.whole(0);
        return arguments.value(1 + (chosen >= 0 && chosen < cases ? chosen : cases - 1));
    }

    private Value sets(String name, Arguments arguments) {
        var left = Library.once(arguments.list(0));
        List<Value> right =
                name.equals("add") || name.equals("remove") ? arguments.rest() : arguments.list(1);
        var result = new ArrayList<Value>();
        for (Value item : left) {
            boolean both = right.stream().anyMatch(other -> Values.equal(item, other));
            boolean keep =
                    switch (name) {
                        case "union", "add" -> true;
                        case "intersect" -> both;
                        default -> !both;
                    };
            if (keep) {
                result.add(item);
            }
        }
        if (Set.of("union", "add", "symmetricDifference").contains(name)) {
            right.stream()
                    .filter(item -> left.stream().noneMatch(own -> Values.equal(own, item)))
                    .forEach(result::add);
        }
        return items(Library.once(result));
    }

    private static Value isEmpty(Arguments arguments) {
        String text = arguments.value(0) instanceof Value.Null ? "" : arguments.string(0);
        boolean trimmed = Values.truth(arguments.valueOr(1, Value.of(true)));
        return Value.of((trimmed ? text.strip() : text).isEmpty());
    }

    private static int lastIndexOf(Arguments arguments) {
        if (arguments.value(0) instanceof Value.Text(String text)) {
            return text.lastIndexOf(arguments.string(1));
        }
        var list = arguments.list(0);
        for (int i = list.size() - 1; i >= 0; i--) {
            if (Values.equal(list.get(i), arguments.value(1))) {
                return i;
            }
        }
        return -1;
    }

    private Value replace(Arguments arguments) {
        if (arguments.value(0) instanceof Value.Items) {
            return replaced(arguments, List.of(arguments.value(2)));
        }
        String text = arguments.string(0);
        if (arguments.value(1) instanceof Value.Entries(var pairs)) {
            for (var pair : pairs.entrySet()) {
                text = text.replace(pair.getKey(), Values.text(pair.getValue()));
                evaluator.spend(text.length());
            }
            return Value.of(text);
        }
        String old = arguments.string(1);
        String by = arguments.string(2);
        int left = Values.whole(arguments.valueOr(3, Value.of(-1)));
        var result = new StringBuilder();
        int from = 0;
        int at = old.isEmpty() ? -1 : text.indexOf(old);
        while (at >= 0 && left != 0) {
            result.append(text, from, at).append(by);
            evaluator.spend(by.length() + 1L);
            from = at + old.length();
            at = text.indexOf(old, from);
            left--;
        }
        return Value.of(result.append(text, from, text.length()).toString());
    }

    private Value replacedMatches(Arguments arguments) {
        String text = arguments.string(1);
        String by = arguments.string(2);
        var parts = Values.splitBy(text, arguments.string(0));
        evaluator.spend((long) parts.size() * Math.max(1, by.length()));
        return Value.of(String.join(by, parts));
    }

    static String trimmed(Arguments arguments, boolean left, boolean right) {
        String text = arguments.string(0);
        String letters = arguments.size() > 1 ? arguments.string(1) : null;
        int from = 0;
        int to = text.length();
        while (left && from < to && isTrimmed(text.charAt(from), letters)) {
            from++;
        }
        while (right && to > from && isTrimmed(text.charAt(to - 1), letters)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isTrimmed(
            char letter, @org.jspecify.annotations.Nullable String letters) {
        return letters == null ? Character.isWhitespace(letter) : letters.indexOf(letter) >= 0;
    }

    private static BigInteger integer(Value value) {
        BigDecimal number = Values.number(value);
        if (number.scale() > 0 || number.precision() - number.scale() > 1_000) {
            throw YaqlProblem.of("A whole number is needed there.");
        }
        return number.toBigInteger();
    }

    private static Value number(BigInteger number) {
        return new Value.Num(new BigDecimal(number));
    }

    private static int bits(int count) {
        if (count < 0 || count > 1_000) {
            throw YaqlProblem.of("Bits can be shifted by 0 to 1000.");
        }
        return count;
    }

    private static Value round(Arguments arguments) {
        BigDecimal number = Values.number(arguments.value(0));
        int digits = Math.clamp(Values.whole(arguments.valueOr(1, Value.of(0))), -100, 100);
        BigDecimal rounded = number.setScale(digits, RoundingMode.HALF_EVEN);
        return number.scale() > 0
                ? Values.real(rounded.doubleValue())
                : new Value.Num(new BigDecimal(rounded.toBigInteger()));
    }

    private static Value pow(Arguments arguments) {
        BigDecimal base = Values.number(arguments.value(0));
        BigDecimal exponent = Values.number(arguments.value(1));
        if (arguments.size() > 2) {
            BigInteger modulus = integer(arguments.value(2));
            if (modulus.signum() <= 0 || exponent.signum() < 0) {
                throw YaqlProblem.of("The modulus of pow() is above zero.");
            }
            return number(integer(arguments.value(0)).modPow(exponent.toBigInteger(), modulus));
        }
        boolean whole = base.scale() <= 0 && exponent.scale() <= 0 && exponent.signum() >= 0;
        if (exponent.abs().compareTo(BigDecimal.valueOf(1_000)) > 0 || base.precision() > 100) {
            throw YaqlProblem.of("The result of pow() would be too large.");
        }
        if (whole) {
            return number(base.toBigInteger().pow(exponent.intValue()));
        }
        double real = Math.pow(base.doubleValue(), exponent.doubleValue());
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            throw YaqlProblem.of("pow() has no result with these numbers.");
        }
        return Values.real(new BigDecimal(real, MathContext.DECIMAL64).doubleValue());
    }
}
