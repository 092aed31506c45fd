package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.UsageSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Puts the published prices on what metering knows, at the moment of the question. */
@Service
class StoredRating implements Rating {

    private static final Duration WEEK = Duration.ofDays(7);

    private final PriceBooks books;
    private final UsageSource source;
    private final Clock clock;

    StoredRating(PriceBooks books, UsageSource source, Clock clock) {
        this.books = books;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Optional<Prices> prices(Viewer viewer) {
        var known = books.holding(viewer.cloud());
        return known.isEmpty() ? Optional.empty() : Optional.of(Prices.of(known, viewer.project()));
    }

    @Override
    public Optional<RatedUsage> usage(
            Viewer viewer, Period period, Granularity granularity, ZoneId zone) {
        return prices(viewer)
                .filter(prices -> !prices.priced().isEmpty())
                .map(prices -> usage(viewer, period, granularity, zone, prices));
    }

    @Override
    public RatedUsage usage(
            Viewer viewer, Period period, Granularity granularity, ZoneId zone, Prices prices) {
        var cuts = Ledger.cuts(period.cut(granularity, zone));
        cuts.addAll(prices.changes());
        return usage(source.ledger(viewer, period, cuts), period, granularity, zone, prices);
    }

    @Override
    public RatedUsage usage(
            Ledger ledger, Period period, Granularity granularity, ZoneId zone, Prices prices) {
        var buckets = period.cut(granularity, zone);
        var rater = new Rater(_ -> prices, prices.digits(), buckets, clock.instant());
        var intervals = ledger.intervals(period);
        intervals.forEach(rater::add);
        growth(ledger, period, prices.priced(), prices::isProportional).forEach(rater::add);
        return new RatedUsage(
                prices.currency(),
                prices.digits(),
                buckets,
                rater.lines(),
                resources(ledger, period),
                sizes(intervals));
    }

    /** Hour by hour only where the price depends on how much an hour comes to. */
    private static List<Growth> growth(
            Ledger ledger, Period period, Set<Measure> priced, Predicate<Measure> proportional) {
        var smooth = counters(priced);
        smooth.removeIf(proportional.negate());
        var stepped = counters(priced);
        stepped.removeAll(smooth);
        List<Growth> growth = new ArrayList<>(ledger.growth(period, smooth));
        growth.addAll(ledger.growthByHour(period, stepped));
        return growth;
    }

    private static Map<String, Size> sizes(List<Interval> intervals) {
        Map<String, Interval> last = new HashMap<>();
        for (var interval : intervals) {
            last.merge(
                    interval.resource(),
                    interval,
                    (one, other) -> one.from().isAfter(other.from()) ? one : other);
        }
        Map<String, Size> sizes = new HashMap<>();
        last.forEach((resource, interval) -> sizes.put(resource, interval.size()));
        return sizes;
    }

    private static Map<String, MeteredResource> resources(Ledger ledger, Period period) {
        return ledger.resources(period).stream()
                .collect(Collectors.toMap(MeteredResource::id, r -> r, (a, _) -> a));
    }

    private static Set<Measure> counters(Set<Measure> priced) {
        return priced.stream().filter(measure -> !measure.integrated()).collect(Collectors.toSet());
    }

    @Override
    public RatedUsage outlook(Ledger ledger, Period ahead, Prices known) {
        var now = ahead.from();
        var rater = new Rater(_ -> known, known.digits(), List.of(ahead), ahead.to());
        ledger.intervals(new Period(now.minusMillis(1), ahead.to())).forEach(rater::add);
        var lately = new Period(now.minus(WEEK), now);
        var share =
                BigDecimal.valueOf(ahead.length().toSeconds())
                        .divide(BigDecimal.valueOf(WEEK.toSeconds()), 12, RoundingMode.HALF_UP);
        for (var growth : growth(ledger, lately, known.priced(), known::isProportional)) {
            rater.add(
                    new Growth(
                            growth.project(),
                            growth.resource(),
                            growth.measure(),
                            now,
                            growth.counted().multiply(share)));
        }
        return new RatedUsage(
                known.currency(),
                known.digits(),
                List.of(ahead),
                rater.lines(),
                resources(ledger, ahead),
                Map.of());
    }

    @Override
    public Optional<RatedUsage> cloud(
            Viewer viewer, Period period, Granularity granularity, ZoneId zone) {
        var known = books.holding(viewer.cloud());
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(cloud(viewer, period, granularity, zone, known));
    }

    @Override
    public RatedUsage cloud(
            Viewer viewer,
            Period period,
            Granularity granularity,
            ZoneId zone,
            List<PriceVersion> versions) {
        var cuts = Ledger.cuts(period.cut(granularity, zone));
        cuts.addAll(Prices.of(versions, viewer.project()).changes());
        return cloud(
                source.ledgerOfCloud(viewer, period, cuts),
                viewer,
                period,
                granularity,
                zone,
                versions);
    }

    @Override
    public RatedUsage cloud(
            Ledger ledger,
            Viewer viewer,
            Period period,
            Granularity granularity,
            ZoneId zone,
            List<PriceVersion> versions) {
        Map<ProjectId, Prices> known = new HashMap<>();
        var everybodys = Prices.of(versions, viewer.project());
        var buckets = period.cut(granularity, zone);
        var rater =
                new Rater(
                        project -> known.computeIfAbsent(project, p -> Prices.of(versions, p)),
                        everybodys.digits(),
                        buckets,
                        clock.instant());
        ledger.intervals(period).forEach(rater::add);
        var rules = versions.stream().flatMap(version -> version.rules().stream()).toList();
        var all =
                rules.stream()
                        .flatMap(rule -> Measure.find(rule.service()).stream())
                        .collect(Collectors.toSet());
        var stepped =
                rules.stream()
                        .filter(rule -> rule.hasLevel() && !rule.hasField())
                        .flatMap(rule -> Measure.find(rule.service()).stream())
                        .collect(Collectors.toSet());
        growth(ledger, period, all, measure -> !stepped.contains(measure)).forEach(rater::add);
        return new RatedUsage(
                everybodys.currency(),
                everybodys.digits(),
                buckets,
                rater.lines(),
                Map.of(),
                Map.of());
    }
}
