package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** All that a period has of one resource: figures, intervals, and meters with samples. */
public record ResourceUsage(
        MeteredResource resource,
        Map<Measure, BigDecimal> totals,
        List<LifecycleLine> intervals,
        List<MeterLine> meters) {}
