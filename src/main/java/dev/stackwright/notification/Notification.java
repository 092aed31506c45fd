package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that a service of the cloud said on the bus.
 *
 * @param messageId the sender's; the same message may arrive more than once
 * @param exchange the service that spoke, such as {@code nova}
 * @param priority in lower case, such as {@code info} or {@code error}
 * @param timestamp when the service says it happened
 * @param payload never null; an empty object when the sender had none
 * @param projectId of the request that caused it, not always the owner of what it is about
 */
public record Notification(
        CloudName cloud,
        String messageId,
        String exchange,
        String priority,
        String eventType,
        String publisherId,
        Instant timestamp,
        JsonNode payload,
        @Nullable ProjectId projectId,
        @Nullable UserId userId,
        @Nullable String requestId) {}
