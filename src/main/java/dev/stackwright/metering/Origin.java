package dev.stackwright.metering;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a sample or a fact comes from: a notification, or a poll.
 *
 * @param messageId the notification's id; of a poll, an id made of its name and time
 * @param eventType such as {@code compute.instance.create.end}, or {@code poll.servers}
 * @param requestId the API request that caused it, as the services log it
 */
public record Origin(
        String messageId,
        String eventType,
        Instant at,
        @Nullable String publisher,
        @Nullable String requestId,
        @Nullable String userId) {}
