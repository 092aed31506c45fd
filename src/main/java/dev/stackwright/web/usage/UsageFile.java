package dev.stackwright.web.usage;

import dev.stackwright.metering.Period;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure with its exact amounts, for machines. */
record UsageFile(String measure, String unit, List<Period> buckets, List<Slice> slices) {

    /** A part of the figure, one amount for each bucket. */
    record Slice(@Nullable String id, @Nullable String name, List<BigDecimal> amounts) {}
}
