package dev.stackwright.rating;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a viewer's project used, in money. Answers nothing while the cloud has no price that holds.
 */
public interface Rating {

    /** The prices of the viewer's project over time. */
    Optional<Prices> prices(Viewer viewer);

    /** The cost of a period, cut into buckets. */
    Optional<RatedUsage> usage(Viewer viewer, Period period, Granularity granularity, ZoneId zone);

    /** The cost of a period as it would be with other prices. */
    RatedUsage usage(
            Viewer viewer, Period period, Granularity granularity, ZoneId zone, Prices prices);

    /** The same of pieces that are at hand; they are cut where the buckets and the prices are. */
    RatedUsage usage(
            Ledger ledger, Period period, Granularity granularity, ZoneId zone, Prices prices);

    /**
     * What a time to come will cost when everything that exists stays as it is and counters grow as
     * they did in the week before it.
     *
     * @param ledger reaches from that week to the end, cut where the time to come begins
     */
    RatedUsage outlook(Ledger ledger, Period ahead, Prices prices);

    /** The cost of all projects, of pieces of the whole cloud that are at hand. */
    RatedUsage cloud(
            Ledger ledger,
            Viewer viewer,
            Period period,
            Granularity granularity,
            ZoneId zone,
            List<PriceVersion> versions);

    /** The cost of all projects of the cloud, for an administrator; without names of resources. */
    Optional<RatedUsage> cloud(Viewer viewer, Period period, Granularity granularity, ZoneId zone);

    /** The cost of all projects as it would be with other versions of the price book. */
    RatedUsage cloud(
            Viewer viewer,
            Period period,
            Granularity granularity,
            ZoneId zone,
            List<PriceVersion> versions);
}
