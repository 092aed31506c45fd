package dev.stackwright.inventory;

import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing on the cloud other than a server.
 *
 * @param id as the cloud has it; of a keypair, its name
 * @param project the owner; null for what belongs to the cloud as a whole
 * @param status in upper case, empty for what has none
 * @param facts what the service answered, field by field
 * @param created null for what does not say when it was made
 * @param seen when it answered that
 */
public record CloudObject(
        Kind kind,
        String id,
        String name,
        @Nullable ProjectId project,
        String status,
        JsonNode facts,
        @Nullable Instant created,
        Instant seen) {

    public ObjectRef ref() {
        return new ObjectRef(kind, id);
    }

    /** The name, or the id of what has none. */
    public String label() {
        return name.isEmpty() ? id : name;
    }

    /** A field as text, empty when it is absent. */
    public String text(String field) {
        return facts.path(field).asString("");
    }
}
