package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One meter of one resource over time.
 *
 * @param values one for each bucket: growth of a counter, sum of a delta, mean of a gauge; nothing
 *     where there was no sample
 */
public record MeterSeries(Meter meter, List<Period> buckets, List<@Nullable BigDecimal> values) {}
