package dev.stackwright.stack.resource;

import tools.jackson.databind.JsonNode;

/**
 * What somebody outside said to a resource.
 *
 * @param id what tells it from other signals: the same id again takes its place
 * @param well whether it tells of a success
 */
public record Signal(String id, boolean well, String reason, JsonNode data) {

    /** Never the data: it may be a secret. */
    @Override
    public String toString() {
        return "Signal[" + id + ", " + (well ? "SUCCESS" : "FAILURE") + "]";
    }
}
