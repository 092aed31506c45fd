package dev.stackwright.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A step moved, or remembered something; told inside the transaction that records it. */
public record StepChanged(
        ExecutionId execution,
        String kind,
        String subject,
        String step,
        JsonNode payload,
        StepState state,
        JsonNode kept,
        @Nullable JsonNode result,
        @Nullable String note,
        @Nullable String failure,
        Instant at) {}
