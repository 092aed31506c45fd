package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that make and change maps. */
final class MapFunctions {

    private MapFunctions() {}

    /** {@code map_merge: [map…]}: the later one wins. */
    record Merge() implements Function {
        @Override
        public @Nullable String laterMistake(Expression argument) {
            return argument instanceof Expression.ListOf || argument instanceof Expression.Call
                    ? null
                    : "Write it as a list of maps.";
        }

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            if (argument instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(argument instanceof Value.Items maps)) {
                return evaluation.failed(call, "map_merge takes a list of maps.");
            }
            var merged = new LinkedHashMap<String, Value>();
            for (Value map : maps.values()) {
                switch (map) {
                    case Value.Null _ -> {}
                    case Value.Entries entries -> merged.putAll(entries.values());
                    case Value.Unknown unknown -> {
                        return unknown;
                    }
                    case Value.Bool _, Value.Num _, Value.Text _, Value.Items _ -> {
                        return evaluation.failed(
                                call,
                                "map_merge merges maps; `%s` is none."
                                        .formatted(PythonText.shown(map)));
                    }
                }
            }
            return evaluation.afford(merged.size())
                    ? new Value.Entries(merged)
                    : evaluation.tooLarge(call);
        }
    }

    /** {@code map_replace: [map, {keys: {old: new}, values: {old: new}}]}. */
    record Replace() implements Function {
        private static final String USAGE =
                "Write it as [map, {keys: {old: new}, values: {old: new}}].";

        @Override
        public Value evaluate(Expression.Call call, Evaluation evaluation) {
            Value argument = evaluation.value(call.argument());
            if (argument instanceof Value.Unknown unknown) {
                return unknown;
            }
            if (!(argument instanceof Value.Items items) || items.values().size() != 2) {
                return evaluation.failed(call, USAGE);
            }
            Value first = items.values().get(0);
            Value second = items.values().get(1);
            if (first instanceof Value.Unknown || second instanceof Value.Unknown) {
                return first instanceof Value.Unknown ? first : second;
            }
            var map = mapOrEmpty(first);
            var changes = mapOrEmpty(second);
            if (map == null || changes == null) {
                return evaluation.failed(call, USAGE);
            }
            for (String key : changes.keySet()) {
                if (!key.equals("keys") && !key.equals("values")) {
                    return evaluation.failed(
                            call, "`%s` is neither keys nor values. ".formatted(key) + USAGE);
                }
            }
            var keys = mapOrEmpty(changes.getOrDefault("keys", Value.NULL));
            var values = mapOrEmpty(changes.getOrDefault("values", Value.NULL));
            if (keys == null || values == null) {
                return evaluation.failed(call, USAGE);
            }
            var unknown = Evaluation.unknownIn(new Value.Entries(keys), new Value.Entries(values));
            return unknown.isPresent()
                    ? unknown.get()
                    : replaced(call, evaluation, map, keys, values);
        }

        private static Value replaced(
                Expression.Call call,
                Evaluation evaluation,
                Map<String, Value> map,
                Map<String, Value> keys,
                Map<String, Value> values) {
            var result = new LinkedHashMap<String, Value>();
            for (var entry : map.entrySet()) {
                Value newKey = keys.getOrDefault(entry.getKey(), Value.NULL);
                if (newKey instanceof Value.Items || newKey instanceof Value.Entries) {
                    return evaluation.failed(
                            call, "The new key of `%s` is a text.".formatted(entry.getKey()));
                }
                String key = newKey instanceof Value.Null ? entry.getKey() : PythonText.str(newKey);
                boolean collides = !key.equals(entry.getKey()) && map.containsKey(key);
                if (collides || result.containsKey(key)) {
                    return evaluation.failed(
                            call, "The new key `%s` is there already.".formatted(key));
                }
                result.put(key, replacement(entry.getValue(), values));
            }
            return new Value.Entries(result);
        }

        private static Value replacement(Value value, Map<String, Value> values) {
            return switch (value) {
                case Value.Text text -> values.getOrDefault(text.value(), value);
                case Value.Num num -> values.getOrDefault(PythonNumbers.text(num.value()), value);
                case Value.Bool _, Value.Null _, Value.Items _, Value.Entries _, Value.Unknown _ ->
                        value;
            };
        }

        private static @Nullable Map<String, Value> mapOrEmpty(Value value) {
            return switch (value) {
                case Value.Null _ -> Map.of();
                case Value.Entries entries -> entries.values();
                case Value.Bool _, Value.Num _, Value.Text _, Value.Items _, Value.Unknown _ ->
                        null;
            };
        }
    }
}
