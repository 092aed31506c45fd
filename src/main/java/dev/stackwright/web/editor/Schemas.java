package dev.stackwright.web.editor;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.ResourceType;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what the catalog says about a place in a template. Pure. */
final class Schemas {

    private final Catalog catalog;

    Schemas(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The type of the resource around the cursor. */
    Optional<ResourceType> type(Cursor cursor, List<String> path) {
        return path.size() < 2 || !path.get(0).equalsIgnoreCase("resources")
                ? Optional.empty()
                : type(cursor, path.get(1));
    }

    Optional<ResourceType> type(Cursor cursor, String resource) {
        var name = cursor.section("resources", "type").getOrDefault(resource, "");
        return name.isEmpty() ? Optional.empty() : catalog.find(name);
    }

    /** What may stand inside the place that this path leads to, when it is below properties. */
    Optional<Map<String, PropertySchema>> inside(Cursor cursor, List<String> path) {
        if (path.size() < 3 || !path.get(2).equalsIgnoreCase("properties")) {
            return Optional.empty();
        }
        var found = type(cursor, path).map(ResourceType::properties);
        var rest = new ArrayDeque<>(path.subList(3, path.size()));
        while (found.isPresent() && !rest.isEmpty()) {
            var schema = found.get().get(rest.poll());
            found = schema == null ? Optional.empty() : Optional.of(fields(schema));
        }
        return found;
    }

    Optional<PropertySchema> property(Cursor cursor, List<String> path, String key) {
        return inside(cursor, path).map(fields -> fields.get(key));
    }

    /** What stands in the map that a property is, or in each item of the list that it is. */
    static Map<String, PropertySchema> fields(PropertySchema schema) {
        var item = schema.item();
        return item == null ? schema.fields() : item.fields();
    }
}
