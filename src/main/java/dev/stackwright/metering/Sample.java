package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of one meter of one resource.
 *
 * @param project whose resource it is; nobody's for what belongs to the cloud itself
 * @param metadata what was known about the resource at that moment
 */
public record Sample(
        CloudName cloud,
        @Nullable ProjectId project,
        @Nullable String userId,
        String resource,
        Meter meter,
        BigDecimal volume,
        Instant at,
        Origin origin,
        Map<String, Object> metadata) {}
