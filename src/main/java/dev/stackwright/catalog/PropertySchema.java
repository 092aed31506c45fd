package dev.stackwright.catalog;

import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be said about one property of a resource, or about one part of a nested property.
 *
 * @param defaultValue what holds when the template says nothing
 * @param onChange what a change means; only that of a top-level property counts
 * @param ignored whether it is accepted in the schema but not implemented, so that giving it is an
 *     error
 * @param secret whether its value is shown to nobody
 * @param whyReplaced the rule in words, without a full stop: "A server cannot move to another zone"
 * @param item the schema of each item of a list
 * @param fields the schemas inside a map, empty when the map takes anything
 */
public record PropertySchema(
        String name,
        PropertyType type,
        boolean required,
        @Nullable Value defaultValue,
        OnChange onChange,
        boolean ignored,
        boolean secret,
        @Nullable String whyReplaced,
        List<PropertyConstraint> constraints,
        Support support,
        @Nullable PropertySchema item,
        Map<String, PropertySchema> fields) {

    public PropertySchema {
        constraints = List.copyOf(constraints);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Whether the resource takes a new value without being built anew. */
    public boolean updateAllowed() {
        return onChange == OnChange.UPDATE;
    }

    /** Whether a change of this property is an error. */
    public boolean immutable() {
        return onChange == OnChange.REFUSE;
    }
}
