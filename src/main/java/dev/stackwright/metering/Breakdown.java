package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure over time, in slices that add up to it. Every slice has one amount per bucket.
 *
 * @param slices the biggest first
 */
public record Breakdown(Measure measure, List<Period> buckets, List<Slice> slices) {

    /**
     * A part of the figure.
     *
     * @param id of the resource or the stack; nothing for what belongs to no stack
     * @param label its name; nothing for what belongs to no stack
     */
    public record Slice(
            @Nullable String id,
            @Nullable String label,
            List<BigDecimal> amounts,
            BigDecimal total) {}

    public BigDecimal total() {
        return slices.stream().map(Slice::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
