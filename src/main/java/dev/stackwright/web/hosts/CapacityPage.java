package dev.stackwright.web.hosts;

import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The room that is left.
 *
 * @param read as of when, null when nothing was read yet
 * @param zones the heads of their columns
 * @param pairsNote among how many hosts the pairs were looked at
 */
record CapacityPage(
        Words lead,
        @Nullable Instant read,
        List<String> zones,
        List<String> aggregates,
        List<Row> rows,
        List<Loss> single,
        List<Loss> pairs,
        Words pairsNote,
        Words bound,
        Links links) {

    /** A flavor, with how many more would fit. */
    record Row(
            String flavor,
            long all,
            List<Long> byZone,
            List<Long> byAggregate,
            String best,
            long onBest,
            List<OnHost> hosts) {}

    record OnHost(String host, long slots) {}

    /** Whom a loss would leave without a place. */
    record Loss(String host, Words homeless, String names) {}

    record Links(String hosts) {}
}
