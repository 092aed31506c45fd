package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import java.util.Collection;
import java.util.List;

/**
 * What figures are made of, piece by piece: prices are put on these. Everything of the viewer's
 * project; of the whole cloud for an administrator who asks for that.
 */
public interface UsageSource {

    /** The intervals that reach into a period and count for something. */
    List<Interval> intervals(Viewer viewer, Period period);

    /** How much counters grew, hour by hour. */
    List<Growth> growth(Viewer viewer, Period period, Collection<Measure> counters);

    /** Every resource that a period may have anything of; deleted ones keep their names. */
    List<MeteredResource> resources(Viewer viewer, Period period);

    /** The intervals of all projects of the viewer's cloud. */
    List<Interval> intervalsOfCloud(Viewer viewer, Period period);

    /** The growth of counters in all projects of the viewer's cloud. */
    List<Growth> growthOfCloud(Viewer viewer, Period period, Collection<Measure> counters);
}
