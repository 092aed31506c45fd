package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A resource that was metered once; it keeps its name and its stack after both are gone.
 *
 * @param kind nothing for a resource whose existence is not metered, such as a network
 * @param name the last name known, or its id
 * @param endedAt when it was deleted
 */
public record MeteredResource(
        CloudName cloud,
        ProjectId project,
        String id,
        @Nullable ResourceKind kind,
        String name,
        @Nullable String userId,
        @Nullable StackOf stack,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant endedAt) {}
