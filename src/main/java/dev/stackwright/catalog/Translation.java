package dev.stackwright.catalog;

import org.jspecify.annotations.Nullable;

/** A rule that brings the properties of a resource into the form that the service wants. */
public sealed interface Translation {

    /** The dotted path of the property that gets its final value. */
    String path();

    /**
     * An old name for a property.
     *
     * @param from the dotted path of the old name, or of a field beside {@code path}
     * @param sibling whether {@code from} is a field next to {@code path} rather than a path of its
     *     own
     */
    record Rename(String path, String from, boolean sibling, @Nullable String through)
            implements Translation {}

    /** A name or id that becomes an id, looked up as {@code kind} in {@code service}. */
    record Resolve(String path, String service, String kind) implements Translation {}

    /** A property that is only there for other rules. */
    record Drop(String path) implements Translation {}
}
