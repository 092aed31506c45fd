package dev.stackwright.template;

import dev.stackwright.catalog.ResourceType;
import java.util.Set;

/** What stands behind the type of a resource. */
sealed interface ResourceKind {

    String name();

    /** A built-in type. */
    record Native(ResourceType type) implements ResourceKind {
        @Override
        public String name() {
            return type.name();
        }
    }

    /** A template file: its parameters are the properties, its outputs the attributes. */
    record Nested(String name, Template template) implements ResourceKind {
        Set<String> outputs() {
            return template.outputs().keySet();
        }
    }

    /** A type that could not be found, about which nothing more can be said. */
    record Stranger(String name) implements ResourceKind {}
}
