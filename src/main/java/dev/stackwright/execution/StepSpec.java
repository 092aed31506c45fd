package dev.stackwright.execution;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One step of an execution that is to be started.
 *
 * @param name unique within the execution
 * @param handler the {@link StepHandler#name()} that performs it
 * @param payload what the handler needs to know; never a secret
 * @param after the steps that must be done before
 * @param always whether it runs once those steps have ended, however they ended: the place for
 *     tidying up. Its own failure does not fail the execution
 */
public record StepSpec(
        String name, String handler, JsonNode payload, Set<String> after, boolean always) {

    public StepSpec {
        after = Set.copyOf(after);
    }

    public StepSpec(String name, String handler, JsonNode payload, Set<String> after) {
        this(name, handler, payload, after, false);
    }
}
