package dev.stackwright.plan;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.catalog.Translation;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings properties that are written under an old name, such as network_id, under the new one. */
final class OldNames {

    private OldNames() {}

    static Map<String, Value> translated(
            Map<String, Value> properties, @Nullable ResourceType type) {
        if (type == null) {
            return properties;
        }
        var result = properties;
        for (var translation : type.translations()) {
            if (translation instanceof Translation.Rename rename && rename.through() == null) {
                result = renamed(result, rename);
            }
        }
        return result;
    }

    private static Map<String, Value> renamed(
            Map<String, Value> properties, Translation.Rename rename) {
        var path = rename.path().split("\\.");
        if (path.length == 1 && !rename.from().contains(".")) {
            return moved(properties, rename.from(), path[0]);
        }
        if (path.length == 2 && rename.sibling() && properties.containsKey(path[0])) {
            var copy = new LinkedHashMap<>(properties);
            copy.computeIfPresent(path[0], (_, value) -> inside(value, rename.from(), path[1]));
            return copy;
        }
        return properties;
    }

    private static Value inside(Value value, String from, String to) {
        return switch (value) {
            case Value.Items(var items) -> {
                var moved = new ArrayList<Value>();
                items.forEach(item -> moved.add(inside(item, from, to)));
                yield new Value.Items(moved);
            }
            case Value.Entries(var entries) -> new Value.Entries(moved(entries, from, to));
            case Value.Null _, Value.Bool _, Value.Num _, Value.Text _, Value.Unknown _ -> value;
        };
    }

    private static Map<String, Value> moved(Map<String, Value> entries, String from, String to) {
        if (!entries.containsKey(from) || entries.containsKey(to)) {
            return entries;
        }
        var copy = new LinkedHashMap<String, Value>();
        entries.forEach((key, value) -> copy.put(key.equals(from) ? to : key, value));
        return copy;
    }
}
