package dev.stackwright.operations.gather;

import dev.stackwright.cloud.CloudFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of one question.
 *
 * @param body the answer, null when there was none
 * @param failure why there was none
 */
record Sounding(
        Question question,
        @Nullable JsonNode body,
        @Nullable CloudFailure failure,
        Duration took,
        Instant at) {}
