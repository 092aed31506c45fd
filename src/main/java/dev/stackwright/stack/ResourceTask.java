package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Properties;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a step of a stack's execution is to do.
 *
 * @param row the resource's row
 * @param version of the stack's source
 * @param credential with what to act
 * @param capacity how many members a group is to have now, or -1 when its template says so
 * @param drifted what somebody changed on the cloud, with what it is there: top-level properties
 */
record ResourceTask(
        Operation operation,
        UUID stack,
        UUID row,
        int version,
        UUID credential,
        Value.Entries drifted,
        int capacity) {

    private static final Value.Entries NOTHING = new Value.Entries(Map.of());

    ResourceTask(Operation operation, UUID stack, UUID row, int version, UUID credential) {
        this(operation, stack, row, version, credential, NOTHING, -1);
    }

    enum Operation {
        CREATE,
        ADOPT,
        UPDATE,
        DELETE,
        SUSPEND,
        RESUME,
        CHECK;

        StackAction action() {
            return switch (this) {
                case CREATE -> StackAction.CREATE;
                case ADOPT -> StackAction.ADOPT;
                case SUSPEND -> StackAction.SUSPEND;
                case RESUME -> StackAction.RESUME;
                case CHECK -> StackAction.CHECK;
                case UPDATE -> StackAction.UPDATE;
                case DELETE -> StackAction.DELETE;
            };
        }
    }

    JsonNode write() {
        var json = JsonNodeFactory.instance.objectNode();
        if (!drifted.values().isEmpty()) {
            json.set("drifted", Properties.json(drifted));
        }
        if (capacity >= 0) {
            json.put("capacity", capacity);
        }
        return json.put("operation", operation.name())
                .put("stack", stack.toString())
                .put("row", row.toString())
                .put("version", version)
                .put("credential", credential.toString());
    }

    static ResourceTask read(JsonNode json) {
        return new ResourceTask(
                Operation.valueOf(json.path("operation").asString()),
                UUID.fromString(json.path("stack").asString()),
                UUID.fromString(json.path("row").asString()),
                json.path("version").asInt(),
                UUID.fromString(json.path("credential").asString()),
                Properties.value(json.path("drifted")) instanceof Value.Entries drifted
                        ? drifted
                        : NOTHING,
                json.path("capacity").asInt(-1));
    }
}
