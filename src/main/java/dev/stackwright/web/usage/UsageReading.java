package dev.stackwright.web.usage;

import dev.stackwright.metering.Breakdown;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceTotals;
import dev.stackwright.web.usage.CostPages.Costs;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a project used in a stretch of time, read at one moment: the page, its chart and its files
 * are made of it.
 *
 * @param totals of the period
 * @param before totals of the period that it is compared with
 * @param resources everything that the period has anything of
 * @param costs nothing without prices
 * @param at when it was read
 * @param until when it was measured last; nothing when it never was
 * @param charts what was drawn of it already, by what was asked for
 */
record UsageReading(
        Range range,
        Ledger ledger,
        Map<Measure, BigDecimal> totals,
        Map<Measure, BigDecimal> before,
        List<ResourceTotals> resources,
        @Nullable Costs costs,
        Instant at,
        @Nullable Instant until,
        Map<String, Chart> charts) {

    /** The parts of a chart: of ten thousand resources only those that have a colour. */
    record Chart(List<Period> buckets, Breakdown.Top parts) {}
}
