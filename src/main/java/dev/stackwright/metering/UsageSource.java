package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What figures are made of, piece by piece: prices are put on these. Everything of the viewer's
 * project; of the whole cloud for an administrator who asks for that.
 */
public interface UsageSource {

    /**
     * The pieces of the viewer's project.
     *
     * @param cuts between which instants growth is asked for; the ends of the whole are among them
     *     anyway
     */
    Ledger ledger(Viewer viewer, Period whole, Collection<Instant> cuts);

    /** The pieces of all projects of the viewer's cloud, without the names of resources. */
    Ledger ledgerOfCloud(Viewer viewer, Period whole, Collection<Instant> cuts);

    /** The intervals of the viewer's project that reach into a period and count for something. */
    default List<Interval> intervals(Viewer viewer, Period period) {
        return ledger(viewer, period, List.of()).intervals(period);
    }

    /** The intervals of all projects of the viewer's cloud. */
    default List<Interval> intervalsOfCloud(Viewer viewer, Period period) {
        return ledgerOfCloud(viewer, period, List.of()).intervals(period);
    }
}
