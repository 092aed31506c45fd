package dev.stackwright.stack.imports;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import tools.jackson.databind.JsonNode;

/**
 * A thing on the cloud that a template is to speak of.
 *
 * @param facts what its service answered, field by field
 */
public record Live(Kind kind, String id, String name, JsonNode facts) {

    public ObjectRef ref() {
        return new ObjectRef(kind, id);
    }

    String text(String field) {
        return facts.path(field).asString("");
    }

    /** Whether a field says no; what is absent does not. */
    boolean denies(String field) {
        return facts.path(field).isBoolean() && !facts.path(field).asBoolean();
    }
}
