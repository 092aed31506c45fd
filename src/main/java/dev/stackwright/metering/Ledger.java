package dev.stackwright.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that figures of a stretch of time are made of, read at most once, in as few questions as
 * there are kinds of things. A page that shows the same days in six ways makes all of them of one
 * ledger.
 *
 * <p>Many threads may use one ledger.
 *
 * <p>Growth is known between the instants at which the ledger was cut: what is asked of it begins
 * and ends at such.
 */
public final class Ledger {

    private final Period whole;
    private final Supplier<List<Interval>> intervals;
    private final Supplier<List<MeteredResource>> resources;
    private final Supplier<List<CounterGrowth>> growth;
    private final Hours hours;
    private @Nullable List<Interval> knownIntervals;
    private @Nullable List<MeteredResource> knownResources;
    private @Nullable Map<Measure, List<CounterGrowth>> knownGrowth;

    /** How much counters grew hour by hour, for prices that depend on how much it was. */
    @FunctionalInterface
    interface Hours {
        List<CounterGrowth> of(Period period, Collection<Measure> counters);
    }

    Ledger(
            Period whole,
            Supplier<List<Interval>> intervals,
            Supplier<List<MeteredResource>> resources,
            Supplier<List<CounterGrowth>> growth,
            Hours hours) {
        this.whole = whole;
        this.intervals = intervals;
        this.resources = resources;
        this.growth = growth;
        this.hours = hours;
    }

    /** A ledger of things that are at hand; nothing of them was counted. */
    public static Ledger of(
            Period whole, List<Interval> intervals, List<MeteredResource> resources) {
        return new Ledger(whole, () -> intervals, () -> resources, List::of, (_, _) -> List.of());
    }

    /** Whether it has all of a period. */
    public boolean covers(Period period) {
        return !period.from().isBefore(whole.from()) && !period.to().isAfter(whole.to());
    }

    /** The intervals that reach into a period and count for something. */
    public List<Interval> intervals(Period period) {
        List<Interval> inside = new ArrayList<>();
        for (var interval : allIntervals()) {
            var to = interval.to();
            if (interval.from().isBefore(period.to())
                    && (to == null || to.isAfter(period.from()))) {
                inside.add(interval);
            }
        }
        return inside;
    }

    /** Every resource that a period may have anything of; deleted ones keep their names. */
    public List<MeteredResource> resources(Period period) {
        List<MeteredResource> inside = new ArrayList<>();
        for (var resource : allResources()) {
            var ended = resource.endedAt();
            if (resource.firstSeen().isBefore(period.to())
                    && (ended == null || !ended.isBefore(period.from()))) {
                inside.add(resource);
            }
        }
        return inside;
    }

    /** How much counters grew in a whole period, in one piece for each resource. */
    public List<Growth> sums(Period period, Collection<Measure> counters) {
        List<Growth> sums = new ArrayList<>();
        for (var measure : counters) {
            for (var counter : counters(measure)) {
                var sum = counter.sum(period);
                if (sum != null) {
                    sums.add(sum);
                }
            }
        }
        return sums;
    }

    /** How much counters grew from one cut to the next. */
    public List<Growth> growth(Period period, Collection<Measure> counters) {
        List<Growth> inside = new ArrayList<>();
        for (var measure : counters) {
            counters(measure).forEach(counter -> inside.addAll(counter.within(period)));
        }
        return inside;
    }

    private synchronized List<Interval> allIntervals() {
        var known = knownIntervals;
        if (known == null) {
            known = intervals.get();
            knownIntervals = known;
        }
        return known;
    }

    private synchronized List<MeteredResource> allResources() {
        var known = knownResources;
        if (known == null) {
            known = resources.get();
            knownResources = known;
        }
        return known;
    }

    private synchronized List<CounterGrowth> counters(Measure measure) {
        var known = knownGrowth;
        if (known == null) {
            known = new EnumMap<>(Measure.class);
            for (var counter : growth.get()) {
                known.computeIfAbsent(counter.measure(), _ -> new ArrayList<>()).add(counter);
            }
            knownGrowth = known;
        }
        return known.getOrDefault(measure, List.of());
    }

    /** The same hour by hour, whatever the cuts. */
    public List<Growth> growthByHour(Period period, Collection<Measure> counters) {
        List<Growth> inside = new ArrayList<>();
        if (!counters.isEmpty()) {
            hours.of(period, counters).forEach(counter -> inside.addAll(counter.within(period)));
        }
        return inside;
    }

    /** The boundaries of some buckets, as instants to cut at. */
    public static List<Instant> cuts(Collection<Period> buckets) {
        List<Instant> cuts = new ArrayList<>();
        for (var bucket : buckets) {
            cuts.add(bucket.from());
            cuts.add(bucket.to());
        }
        return cuts;
    }
}
