package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.UsageSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        var published = books.published(viewer.cloud());
        return published.isEmpty()
                ? Optional.empty()
                : Optional.of(Prices.of(published, viewer.project()));
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
        var buckets = period.cut(granularity, zone);
        var rater = new Rater(_ -> prices, prices.digits(), buckets, clock.instant());
        var intervals = source.intervals(viewer, period);
        intervals.forEach(rater::add);
        source.growth(viewer, period, counters(prices.priced())).forEach(rater::add);
        return new RatedUsage(
                prices.currency(),
                prices.digits(),
                buckets,
                rater.lines(),
                resources(viewer, period),
                sizes(intervals));
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

    private Map<String, MeteredResource> resources(Viewer viewer, Period period) {
        return source.resources(viewer, period).stream()
                .collect(Collectors.toMap(MeteredResource::id, r -> r, (a, _) -> a));
    }

    private static Set<Measure> counters(Set<Measure> priced) {
        return priced.stream().filter(measure -> !measure.integrated()).collect(Collectors.toSet());
    }

    @Override
    public Optional<RatedUsage> outlook(Viewer viewer, Instant until) {
        var now = clock.instant();
        var known = prices(viewer).orElse(null);
        if (known == null || !now.isBefore(until)) {
            return Optional.empty();
        }
        var ahead = new Period(now, until);
        var rater = new Rater(_ -> known, known.digits(), List.of(ahead), until);
        source.intervals(viewer, new Period(now.minusMillis(1), until)).forEach(rater::add);
        var lately = new Period(now.minus(WEEK), now);
        var share =
                BigDecimal.valueOf(ahead.length().toSeconds())
                        .divide(BigDecimal.valueOf(WEEK.toSeconds()), 12, RoundingMode.HALF_UP);
        for (var growth : source.growth(viewer, lately, counters(known.priced()))) {
            rater.add(
                    new Growth(
                            growth.project(),
                            growth.resource(),
                            growth.measure(),
                            now,
                            growth.amount().multiply(share)));
        }
        return Optional.of(
                new RatedUsage(
                        known.currency(),
                        known.digits(),
                        List.of(ahead),
                        rater.lines(),
                        resources(viewer, ahead),
                        Map.of()));
    }

    @Override
    public Optional<RatedUsage> cloud(
            Viewer viewer, Period period, Granularity granularity, ZoneId zone) {
        var published = books.published(viewer.cloud());
        return published.isEmpty()
                ? Optional.empty()
                : Optional.of(cloud(viewer, period, granularity, zone, published));
    }

    @Override
    public RatedUsage cloud(
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
        source.intervalsOfCloud(viewer, period).forEach(rater::add);
        var counters =
                versions.stream()
                        .flatMap(version -> version.rules().stream())
                        .flatMap(rule -> Measure.find(rule.service()).stream())
                        .collect(Collectors.toSet());
        source.growthOfCloud(viewer, period, counters(counters)).forEach(rater::add);
        return new RatedUsage(
                everybodys.currency(),
                everybodys.digits(),
                buckets,
                rater.lines(),
                Map.of(),
                Map.of());
    }
}
