package dev.stackwright.execution;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A step as the database has it. */
public record StepView(
        String name,
        int position,
        String handler,
        JsonNode payload,
        Set<String> after,
        boolean always,
        StepState state,
        int attempt,
        JsonNode kept,
        @Nullable JsonNode result,
        @Nullable String note,
        @Nullable String failure,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
