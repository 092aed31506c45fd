package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a resource's life in which nothing about it changed: half-open, UTC. A change at an
 * instant belongs to the interval that begins there.
 *
 * @param to the end, or nothing while it lasts
 * @param estimated whether one of its ends was found by looking rather than told by an event
 */
public record Interval(
        CloudName cloud,
        ProjectId project,
        String resource,
        ResourceKind kind,
        Instant from,
        @Nullable Instant to,
        String state,
        Size size,
        boolean estimated) {}
