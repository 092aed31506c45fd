package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a viewer's project used. Nobody sees the usage of another project through it. */
public interface Usage {

    /**
     * The pieces that figures of a stretch of time are made of, for a page that shows several.
     *
     * @param cuts where its periods and buckets begin and end
     */
    Ledger ledger(Viewer viewer, Period whole, Collection<Instant> cuts);

    Map<Measure, BigDecimal> totals(Ledger ledger, Period period);

    Breakdown breakdown(Ledger ledger, UsageQuery query);

    List<ResourceTotals> resources(Ledger ledger, Period period);

    /** The totals of a period; measures of which nothing was used are left out. */
    Map<Measure, BigDecimal> totals(Viewer viewer, Period period);

    /** One figure over time, in slices. */
    Breakdown breakdown(Viewer viewer, UsageQuery query);

    /**
     * Every resource that a period has anything of, the deleted ones too; those still there first.
     */
    List<ResourceTotals> resources(Viewer viewer, Period period);

    /** One resource in a period, or nothing when the viewer's project never had it. */
    Optional<ResourceUsage> resource(Viewer viewer, String resource, Period period);

    /**
     * The samples of one meter of one resource, the newest first.
     *
     * @param limit how many at most
     */
    List<SampleLine> samples(
            Viewer viewer, String resource, String meter, Period period, int limit);

    /** The growth or the mean of one meter of one resource, bucket by bucket. */
    Optional<MeterSeries> series(
            Viewer viewer, String resource, String meter, Period period, Granularity granularity);

    /**
     * How a meter of a resource went; nothing when the resource never had it.
     *
     * @param hourly one point an hour instead of one for each sample
     */
    Optional<Course> course(
            Viewer viewer, String resource, String meter, Period period, boolean hourly);

    /** Until when this cloud has been metered; nothing when nothing has ever come in. */
    Optional<Instant> meteredUntil(Viewer viewer);
}
