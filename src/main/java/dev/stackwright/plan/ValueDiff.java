package dev.stackwright.plan;

import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places where two values differ.
 *
 * <p>Maps are compared key by key. Of lists the common beginning and end are left out and the rest
 * is compared item by item, so that one rule more in the middle is one difference. Texts that hold
 * JSON or YAML are looked into. A property that is not given has its default; "80" and 80 are the
 * same where the schema says text. All of it is linear in the size of the values.
 */
final class ValueDiff {

    /** Above this, the inside of a text is not worth a list of its own. */
    private static final int MOST_INSIDE_A_TEXT = 40;

    private final Predicate<String> settled;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * One place.
     *
     * @param steps the keys and indexes that lead there, without what is inside a text
     */
    record Difference(
            String path,
            List<Object> steps,
            @Nullable Value before,
            @Nullable Value after,
            @Nullable PropertySchema schema) {}

    private ValueDiff(Predicate<String> settled) {
        this.settled = settled;
    }

    /**
     * @param settled whether an unknown of this name stays what it is, because what it comes from
     *     does not change
     */
    static List<Difference> between(
            String name,
            @Nullable PropertySchema schema,
            @Nullable Value before,
            @Nullable Value after,
            Predicate<String> settled) {
        var diff = new ValueDiff(settled);
        diff.compare(name, List.of(name), schema, before, after);
        return diff.differences;
    }

    private void compare(
            String path,
            List<Object> steps,
            @Nullable PropertySchema schema,
            @Nullable Value givenBefore,
            @Nullable Value givenAfter) {
        var before = orDefault(givenBefore, schema);
        var after = orDefault(givenAfter, schema);
        if (same(before, after, schema)) {
            return;
        }
        if (before instanceof Value.Entries(var olds)
                && after instanceof Value.Entries(var news)
                && !(olds.isEmpty() || news.isEmpty())) {
            compareEntries(path, steps, schema, olds, news);
            return;
        }
        if (before instanceof Value.Items(var olds)
                && after instanceof Value.Items(var news)
                && !(olds.isEmpty() && news.isEmpty())) {
            compareItems(path, steps, schema, olds, news);
            return;
        }
        if (before instanceof Value.Text(var old)
                && after instanceof Value.Text(var now)
                && compareInside(path, steps, schema, old, now)) {
            return;
        }
        add(path, steps, before, after, schema);
    }

    private void compareEntries(
            String path,
            List<Object> steps,
            @Nullable PropertySchema schema,
            Map<String, Value> olds,
            Map<String, Value> news) {
        var keys = new LinkedHashSet<>(olds.keySet());
        keys.addAll(news.keySet());
        for (var key : keys) {
            compare(
                    path + "." + key,
                    plus(steps, key),
                    schema == null ? null : schema.fields().get(key),
                    olds.get(key),
                    news.get(key));
        }
    }

    private void compareItems(
            String path,
            List<Object> steps,
            @Nullable PropertySchema schema,
            List<Value> olds,
            List<Value> news) {
        var item = schema == null ? null : schema.item();
        var from = 0;
        while (from < olds.size()
                && from < news.size()
                && same(olds.get(from), news.get(from), item)) {
            from++;
        }
        var oldEnd = olds.size();
        var newEnd = news.size();
        while (oldEnd > from
                && newEnd > from
                && same(olds.get(oldEnd - 1), news.get(newEnd - 1), item)) {
            oldEnd--;
            newEnd--;
        }
        for (var i = from; i < Math.max(oldEnd, newEnd); i++) {
            var place = path + "[" + i + "]";
            compare(
                    place,
                    plus(steps, i),
                    item,
                    i < oldEnd ? olds.get(i) : null,
                    i < newEnd ? news.get(i) : null);
        }
    }

    /** Adds what differs inside two texts and answers true, or false when they are just texts. */
    private boolean compareInside(
            String path,
            List<Object> steps,
            @Nullable PropertySchema schema,
            String old,
            String now) {
        var olds = Structured.read(old);
        var news = olds.isEmpty() ? Optional.<Value>empty() : Structured.read(now);
        if (news.isEmpty()) {
            return false;
        }
        var inside = between("", null, olds.get(), news.get(), settled);
        if (inside.isEmpty() || inside.size() > MOST_INSIDE_A_TEXT) {
            return false;
        }
        for (var d : inside) {
            var rest = d.path().startsWith(".") ? d.path().substring(1) : d.path();
            add(path + "#" + rest, steps, d.before(), d.after(), schema);
        }
        return true;
    }

    private void add(
            String path,
            List<Object> steps,
            @Nullable Value before,
            @Nullable Value after,
            @Nullable PropertySchema schema) {
        differences.add(new Difference(path, steps, before, after, schema));
    }

    private static @Nullable Value orDefault(
            @Nullable Value value, @Nullable PropertySchema schema) {
        if (value != null && !(value instanceof Value.Null)) {
            return value;
        }
        return schema == null ? null : schema.defaultValue();
    }

    private boolean same(
            @Nullable Value one, @Nullable Value other, @Nullable PropertySchema schema) {
        if (other instanceof Value.Unknown(var source) && one != null) {
            return one.equals(other) || settled.test(source);
        }
        if (one == null || other == null) {
            return isNothing(one) && isNothing(other);
        }
        return switch (one) {
            case Value.Entries(var olds) ->
                    other instanceof Value.Entries(var news) && sameEntries(olds, news, schema);
            case Value.Items(var olds) ->
                    other instanceof Value.Items(var news) && sameItems(olds, news, schema);
            case Value.Num(var a) when other instanceof Value.Num(var b) -> a.compareTo(b) == 0;
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _, Value.Unknown _ ->
                    one.equals(other) || (schema != null && sameAsText(one, other));
        };
    }

    private boolean sameEntries(
            Map<String, Value> olds, Map<String, Value> news, @Nullable PropertySchema schema) {
        var keys = new LinkedHashSet<>(olds.keySet());
        keys.addAll(news.keySet());
        for (var key : keys) {
            var inner = schema == null ? null : schema.fields().get(key);
            if (!same(orDefault(olds.get(key), inner), orDefault(news.get(key), inner), inner)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameItems(List<Value> olds, List<Value> news, @Nullable PropertySchema schema) {
        if (olds.size() != news.size()) {
            return false;
        }
        var item = schema == null ? null : schema.item();
        for (var i = 0; i < olds.size(); i++) {
            if (!same(olds.get(i), news.get(i), item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNothing(@Nullable Value value) {
        return value == null || value instanceof Value.Null;
    }

    /** Where a schema converts the value anyway, its spelling does not count. */
    private static boolean sameAsText(Value one, Value other) {
        var a = scalar(one);
        return a != null && a.equalsIgnoreCase(scalar(other));
    }

    private static @Nullable String scalar(Value value) {
        return switch (value) {
            case Value.Bool(var flag) -> String.valueOf(flag);
            case Value.Num(var number) -> number.stripTrailingZeros().toPlainString();
            case Value.Text(var text) -> text;
            case Value.Null _, Value.Items _, Value.Entries _, Value.Unknown _ -> null;
        };
    }

    private static List<Object> plus(List<Object> steps, Object step) {
        var more = new ArrayList<Object>(steps.size() + 1);
        more.addAll(steps);
        more.add(step);
        return more;
    }

    /** Each value of a new or lost resource that a person would want to see, one level deep. */
    static List<Difference> flat(
            String name, @Nullable PropertySchema schema, Value value, boolean isNew) {
        var places = new LinkedHashMap<List<Object>, Value>();
        switch (value) {
            case Value.Items(var items) when !items.isEmpty() -> {
                for (var i = 0; i < items.size(); i++) {
                    places.put(List.of(name, i), items.get(i));
                }
            }
            case Value.Entries(var entries) when !entries.isEmpty() ->
                    entries.forEach((key, item) -> places.put(List.of(name, key), item));
            case Value.Null _,
                    Value.Bool _,
                    Value.Num _,
                    Value.Text _,
                    Value.Items _,
                    Value.Entries _,
                    Value.Unknown _ ->
                    places.put(List.of(name), value);
        }
        var rows = new ArrayList<Difference>();
        places.forEach((steps, inside) ->
                rows.add(
                        new Difference(
                                path(steps),
                                steps,
                                isNew ? null : inside,
                                isNew ? inside : null,
                                inner(schema, steps))));
        return rows;
    }

    private static @Nullable PropertySchema inner(
            @Nullable PropertySchema schema, List<Object> steps) {
        if (schema == null || steps.size() == 1) {
            return schema;
        }
        return steps.get(1) instanceof String key ? schema.fields().get(key) : schema.item();
    }

    private static String path(List<Object> steps) {
        var path = new StringBuilder();
        for (var step : steps) {
            if (step instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        return path.toString();
    }
}
