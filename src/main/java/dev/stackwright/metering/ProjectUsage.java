package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Breakdown.Slice;
import dev.stackwright.metering.Course.Moment;
import dev.stackwright.metering.UsageQuery.Split;
import dev.stackwright.metering.rollup.Buckets;
import dev.stackwright.metering.rollup.Integration;
import dev.stackwright.metering.rollup.Rates;
import dev.stackwright.metering.store.UsageStore;
import dev.stackwright.metering.store.UsageStore.Hour;
import dev.stackwright.metering.store.UsageStore.Series;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Answers from the store. What exists is integrated over its lifecycle intervals at the moment of
 * the question, what is counted comes from hourly rollups; both end up in the same buckets.
 */
@Service
class ProjectUsage implements Usage {

    private static final List<Measure> COUNTERS =
            Arrays.stream(Measure.values()).filter(measure -> !measure.integrated()).toList();

    private static final Duration LOOK_BACK = Duration.ofDays(1);

    private final UsageSource source;
    private final UsageStore store;
    private final MeteringSettings settings;
    private final Clock clock;

    ProjectUsage(UsageSource source, UsageStore store, MeteringSettings settings, Clock clock) {
        this.source = source;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Ledger ledger(Viewer viewer, Period whole, Collection<Instant> cuts) {
        return source.ledger(viewer, whole, cuts);
    }

    @Override
    public Map<Measure, BigDecimal> totals(Viewer viewer, Period period) {
        return totals(source.ledger(viewer, period, List.of()), period);
    }

    @Override
    public Map<Measure, BigDecimal> totals(Ledger ledger, Period period) {
        var sums = new Sums(List.of(period));
        ledger.intervals(period).forEach(sums::add);
        ledger.sums(period, COUNTERS).forEach(sums::add);
        return sums.totals();
    }

    @Override
    public Breakdown breakdown(Viewer viewer, UsageQuery query) {
        var buckets = Buckets.of(query.period(), query.granularity(), query.zone());
        return breakdown(source.ledger(viewer, query.period(), Ledger.cuts(buckets)), query);
    }

    @Override
    public Breakdown breakdown(Ledger ledger, UsageQuery query) {
        var buckets = Buckets.of(query.period(), query.granularity(), query.zone());
        var resources = resources(ledger, query);
        Map<String, Parts> parts = new LinkedHashMap<>();
        var kind = query.measure().kind();
        if (kind == null) {
            for (var growth : ledger.growth(query.period(), List.of(query.measure()))) {
                part(parts, query, resources, growth.resource(), buckets).add(growth);
            }
        } else {
            for (var interval : ledger.intervals(query.period())) {
                if (interval.kind() == kind) {
                    part(parts, query, resources, interval.resource(), buckets).add(interval);
                }
            }
        }
        var slices =
                parts.values().stream()
                        .map(Parts::slice)
                        .filter(slice -> slice.total().signum() != 0)
                        .sorted(
                                Comparator.comparing(Slice::total)
                                        .reversed()
                                        .thenComparing(slice ->
                                                Objects.requireNonNullElse(slice.id(), "")))
                        .toList();
        return new Breakdown(query.measure(), buckets, slices);
    }

    private static Map<String, MeteredResource> resources(Ledger ledger, UsageQuery query) {
        return query.split() == Split.NONE
                ? Map.of()
                : ledger.resources(query.period()).stream()
                        .collect(Collectors.toMap(MeteredResource::id, r -> r, (a, _) -> a));
    }

    private Parts part(
            Map<String, Parts> parts,
            UsageQuery query,
            Map<String, MeteredResource> resources,
            String resource,
            List<Period> buckets) {
        var known = resources.get(resource);
        var stack = known == null ? null : known.stack();
        @Nullable String id =
                switch (query.split()) {
                    case NONE -> null;
                    case RESOURCE -> resource;
                    case STACK -> stack == null ? null : stack.id();
                };
        @Nullable String label =
                switch (query.split()) {
                    case NONE -> null;
                    case RESOURCE -> known == null ? resource : known.name();
                    case STACK -> stack == null ? null : stack.name();
                };
        return parts.computeIfAbsent(
                Objects.requireNonNullElse(id, ""),
                _ -> new Parts(id, label, query.measure(), buckets, clock.instant()));
    }

    @Override
    public List<ResourceTotals> resources(Viewer viewer, Period period) {
        return resources(source.ledger(viewer, period, List.of()), period);
    }

    @Override
    public List<ResourceTotals> resources(Ledger ledger, Period period) {
        Map<String, Sums> sums = new LinkedHashMap<>();
        var buckets = List.of(period);
        for (var interval : ledger.intervals(period)) {
            sums.computeIfAbsent(interval.resource(), _ -> new Sums(buckets)).add(interval);
        }
        for (var growth : ledger.sums(period, COUNTERS)) {
            sums.computeIfAbsent(growth.resource(), _ -> new Sums(buckets)).add(growth);
        }
        return ledger.resources(period).stream()
                .map(resource ->
                        new ResourceTotals(
                                resource,
                                sums.getOrDefault(resource.id(), new Sums(buckets)).totals()))
                .sorted(
                        Comparator.<ResourceTotals, Boolean>comparing(
                                        line -> line.resource().endedAt() != null)
                                .thenComparing(line -> line.resource().kind())
                                .thenComparing(line -> line.resource().name())
                                .thenComparing(line -> line.resource().id()))
                .toList();
    }

    @Override
    public Optional<ResourceUsage> resource(Viewer viewer, String resource, Period period) {
        return store.resource(viewer, resource)
                .map(known -> {
                    var intervals = store.intervals(viewer, period, resource);
                    var sums = new Sums(List.of(period));
                    intervals.forEach(sums::add);
                    var readings = store.readings(viewer, resource, period);
                    readings.growth().forEach(sums::add);
                    return new ResourceUsage(
                            known,
                            sums.totals(),
                            lines(viewer, resource, period, intervals),
                            readings.lines());
                });
    }

    private List<LifecycleLine> lines(
            Viewer viewer, String resource, Period period, List<Interval> intervals) {
        var facts = store.facts(viewer, resource);
        List<LifecycleLine> lines = new ArrayList<>();
        for (var interval : intervals) {
            var sums = new Sums(List.of(period));
            sums.add(interval);
            var begunBy =
                    facts.stream()
                            .filter(fact -> !fact.at().isBefore(interval.from()))
                            .findFirst()
                            .map(Fact::origin)
                            .filter(origin -> !origin.eventType().isEmpty());
            lines.add(new LifecycleLine(interval, sums.totals(), begunBy.orElse(null)));
        }
        return lines;
    }

    @Override
    public List<SampleLine> samples(
            Viewer viewer, String resource, String meter, Period period, int limit) {
        return store.samples(viewer, resource, meter, period, limit);
    }

    @Override
    public Optional<MeterSeries> series(
            Viewer viewer, String resource, String meter, Period period, Granularity granularity) {
        return store.series(viewer, resource, meter)
                .map(series -> {
                    var buckets = Buckets.of(period, granularity, ZoneOffset.UTC);
                    return new MeterSeries(
                            series.meter(),
                            buckets,
                            values(
                                    series.meter().type(),
                                    buckets,
                                    store.hours(viewer, series, period)));
                });
    }

    @Override
    public Optional<Course> course(
            Viewer viewer, String resource, String meter, Period period, boolean hourly) {
        return store.series(viewer, resource, meter)
                .map(series ->
                        new Course(
                                series.meter(),
                                hourly,
                                hourly
                                        ? byHour(viewer, series, period)
                                        : bySample(viewer, series, period)));
    }

    private List<Moment> bySample(Viewer viewer, Series series, Period period) {
        var samples = store.points(viewer, series, period);
        var counts = series.meter().type() == MeterType.CUMULATIVE;
        var points =
                counts
                        ? Rates.perSecond(
                                store.lastBefore(viewer, series, period.from()).orElse(null),
                                samples)
                        : samples;
        return points.stream().map(point -> new Moment(point.at(), point.volume())).toList();
    }

    /** The first hour needs the one before, which says from when it grew. */
    private List<Moment> byHour(Viewer viewer, Series series, Period period) {
        var longer = new Period(period.from().minus(LOOK_BACK), period.to());
        List<Moment> moments = new ArrayList<>();
        @Nullable Hour before = null;
        for (var hour : store.hours(viewer, series, longer)) {
            if (!hour.from().isBefore(period.from())) {
                if (series.meter().type() != MeterType.CUMULATIVE) {
                    moments.add(
                            new Moment(
                                    hour.from(),
                                    hour.total()
                                            .divide(
                                                    BigDecimal.valueOf(hour.samples()),
                                                    MathContext.DECIMAL64)));
                } else if (before != null && hour.lastAt().isAfter(before.lastAt())) {
                    moments.add(
                            new Moment(
                                    hour.from(),
                                    Rates.perSecond(
                                            hour.increase(), before.lastAt(), hour.lastAt())));
                }
            }
            before = hour;
        }
        return moments;
    }

    private static List<@Nullable BigDecimal> values(
            MeterType type, List<Period> buckets, List<Hour> hours) {
        List<@Nullable BigDecimal> values = new ArrayList<>();
        for (var bucket : buckets) {
            var inside = hours.stream().filter(hour -> bucket.contains(hour.from())).toList();
            values.add(
                    inside.isEmpty()
                            ? null
                            : switch (type) {
                                case CUMULATIVE -> sum(inside, true);
                                case DELTA -> sum(inside, false);
                                case GAUGE ->
                                        sum(inside, false)
                                                .divide(
                                                        BigDecimal.valueOf(
                                                                inside.stream()
                                                                        .mapToLong(Hour::samples)
                                                                        .sum()),
                                                        MathContext.DECIMAL64);
                            });
        }
        return values;
    }

    private static BigDecimal sum(List<Hour> hours, boolean increase) {
        return hours.stream()
                .map(hour -> increase ? hour.increase() : hour.total())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public Optional<Instant> meteredUntil(Viewer viewer) {
        return store.meteredUntil(viewer);
    }

    /** Whether an instance in this state occupies anything that is counted. */
    private boolean counts(Interval interval) {
        return interval.kind() != ResourceKind.INSTANCE
                || !settings.freeStates().contains(interval.state());
    }

    /** All measures of some intervals and counters, in buckets. */
    private final class Sums {

        private final List<Period> buckets;
        private final Map<Measure, Parts> parts = new EnumMap<>(Measure.class);

        Sums(List<Period> buckets) {
            this.buckets = buckets;
        }

        void add(Interval interval) {
            if (counts(interval)) {
                Measure.of(interval.kind()).forEach(measure -> part(measure).add(interval));
            }
        }

        void add(Growth growth) {
            part(growth.measure()).add(growth);
        }

        private Parts part(Measure measure) {
            return parts.computeIfAbsent(
                    measure, _ -> new Parts(null, null, measure, buckets, clock.instant()));
        }

        Map<Measure, BigDecimal> totals() {
            Map<Measure, BigDecimal> totals = new EnumMap<>(Measure.class);
            parts.forEach((measure, part) -> {
                var total = part.slice().total();
                if (total.signum() != 0) {
                    totals.put(measure, total);
                }
            });
            return totals;
        }
    }

    /** One slice while it is being added up. */
    private static final class Parts {

        private final @Nullable String id;
        private final @Nullable String label;
        private final Measure measure;
        private final List<Period> buckets;
        private final Integration integration;
        private final BigDecimal[] grown;

        Parts(
                @Nullable String id,
                @Nullable String label,
                Measure measure,
                List<Period> buckets,
                Instant now) {
            this.id = id;
            this.label = label;
            this.measure = measure;
            this.buckets = buckets;
            this.integration = new Integration(measure, buckets, now);
            this.grown = new BigDecimal[buckets.size()];
            Arrays.fill(grown, BigDecimal.ZERO);
        }

        void add(Interval interval) {
            integration.add(interval);
        }

        void add(Growth growth) {
            var at = Buckets.indexOf(buckets, growth.hour());
            if (at >= 0) {
                grown[at] = grown[at].add(growth.counted());
            }
        }

        Slice slice() {
            var amounts =
                    measure.integrated()
                            ? integration.amounts()
                            : Arrays.stream(grown)
                                    .map(amount ->
                                            amount.divide(
                                                    measure.divisor(),
                                                    Integration.SCALE,
                                                    RoundingMode.HALF_UP))
                                    .toList();
            return new Slice(
                    id, label, amounts, amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }
}
