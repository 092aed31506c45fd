package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interval of a resource with what it adds to the figures of the period, and the event that
 * began it.
 */
public record LifecycleLine(
        Interval interval, Map<Measure, BigDecimal> amounts, @Nullable Origin begunBy) {}
