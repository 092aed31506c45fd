package dev.stackwright.execution;

import java.util.UUID;

/** The id of one walk through a set of steps. */
public record ExecutionId(UUID value) {

    public static ExecutionId random() {
        return new ExecutionId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
