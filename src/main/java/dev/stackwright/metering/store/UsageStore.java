package dev.stackwright.metering.store;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.CounterGrowth;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterLine;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.SampleLine;
import dev.stackwright.metering.rollup.Point;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads what was stored, always for the project and the cloud of one viewer: there is no question
 * here that reaches further.
 */
@Component
public class UsageStore {

    private final MeteringDatabase database;
    private final StoredHours hours;
    private final StoredSamples samples;

    public UsageStore(MeteringDatabase database) {
        this.database = database;
        this.hours = new StoredHours(database);
        this.samples = new StoredSamples(database);
    }

    /** The intervals that reach into a period. */
    public List<Interval> intervals(Viewer viewer, Period period) {
        return database.jdbc()
                .query(
                        Rows.INTERVALS
                                + "where project_id = ? and cloud = ? and to_ts > ? and from_ts <"
                                + " ?",
                        (row, _) -> Rows.interval(row),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        Ids.time(period.from()),
                        Ids.time(period.to()));
    }

    /** The intervals of one kind that reach into a period. */
    public List<Interval> intervals(Viewer viewer, Period period, ResourceKind kind) {
        return database.jdbc()
                .query(
                        Rows.INTERVALS
                                + "where project_id = ? and cloud = ? and to_ts > ? and from_ts < ?"
                                + " and kind = ?",
                        (row, _) -> Rows.interval(row),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        Ids.time(period.from()),
                        Ids.time(period.to()),
                        kind.name());
    }

    /** The intervals of one resource that reach into a period, in time. */
    public List<Interval> intervals(Viewer viewer, Period period, String resource) {
        return database.jdbc()
                .query(
                        Rows.INTERVALS
                                + "where project_id = ? and cloud = ? and resource_id = ? and to_ts"
                                + " > ? and from_ts < ? order by from_ts",
                        (row, _) -> Rows.interval(row),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        resource,
                        Ids.time(period.from()),
                        Ids.time(period.to()));
    }

    /**
     * How much counters grew or deltas added up to, by resource.
     *
     * @param cuts instants at which the period is cut; an hour counts where it begins
     */
    public List<CounterGrowth> growth(
            Viewer viewer, Period period, Collection<Measure> counters, Collection<Instant> cuts) {
        return hours.grown(
                viewer.project().value(), viewer.cloud().value(), counters, period, cuts);
    }

    /** Every resource whose existence touches a period. */
    public List<MeteredResource> resources(Viewer viewer, Period period) {
        return database.jdbc()
                .query(
                        Rows.RESOURCES
                                + "where project_id = ? and cloud = ? and kind is not null and"
                                + " first_seen < ? and (ended_at is null or ended_at >= ?)",
                        (row, _) -> Rows.resource(row),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        Ids.time(period.to()),
                        Ids.time(period.from()));
    }

    public Optional<MeteredResource> resource(Viewer viewer, String resource) {
        return database
                .jdbc()
                .query(
                        Rows.RESOURCES + "where project_id = ? and cloud = ? and resource_id = ?",
                        (row, _) -> Rows.resource(row),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        resource)
                .stream()
                .findFirst();
    }

    /** The facts of a resource in time, each with where it came from. */
    public List<Fact> facts(Viewer viewer, String resource) {
        Map<String, Origin> origins = new HashMap<>();
        List<Fact> facts =
                database.jdbc()
                        .query(
                                Rows.FACTS
                                        + "where project_id in (?, '') and cloud = ? and"
                                        + " resource_id = ? order by ts",
                                (row, _) -> Rows.fact(row),
                                viewer.project().value(),
                                viewer.cloud().value(),
                                resource);
        database.jdbc()
                .query(
                        "select distinct f.origin_id, "
                                + StoredSamples.ORIGIN
                                + " from metered_fact f join metered_event e on e.project_id ="
                                + " f.project_id and e.cloud = f.cloud and e.origin_id ="
                                + " f.origin_id where f.project_id in (?, '') and f.cloud = ? and"
                                + " f.resource_id = ?",
                        row -> {
                            origins.put(row.getString("origin_id"), StoredSamples.origin(row));
                        },
                        viewer.project().value(),
                        viewer.cloud().value(),
                        resource);
        return facts.stream()
                .map(f ->
                        new Fact(
                                f.cloud(),
                                f.project(),
                                f.resource(),
                                f.kind(),
                                f.what(),
                                f.at(),
                                f.state(),
                                f.size(),
                                f.since(),
                                f.name(),
                                origins.getOrDefault(f.origin().messageId(), f.origin())))
                .toList();
    }

    /**
     * What was read of a resource in a period.
     *
     * @param lines the meters that have samples
     * @param growth of counters; hours are kept for longer than the samples they were made of
     */
    public record Readings(List<MeterLine> lines, List<Growth> growth) {}

    public Readings readings(Viewer viewer, String resource, Period period) {
        var all = series(viewer, resource);
        var samplesOf =
                samples.of(
                        viewer.project().value(),
                        all.stream().map(Series::id).toList(),
                        period,
                        Integer.MAX_VALUE);
        List<MeterLine> lines = new ArrayList<>();
        List<Growth> growth = new ArrayList<>();
        for (var one : all) {
            var own = samplesOf.getOrDefault(one.id(), List.of());
            var counter = Measure.find(one.meter().name()).filter(measure -> !measure.integrated());
            if (own.isEmpty() && counter.isEmpty()) {
                continue;
            }
            var grown = grown(viewer, one, period);
            counter.ifPresent(measure ->
                    growth.add(
                            new Growth(viewer.project(), resource, measure, period.from(), grown)));
            if (!own.isEmpty()) {
                var last = own.getFirst();
                lines.add(new MeterLine(one.meter(), own.size(), last.volume(), last.at(), grown));
            }
        }
        return new Readings(lines, growth);
    }

    private BigDecimal grown(Viewer viewer, Series series, Period period) {
        return hours(viewer, series, period).stream()
                .map(hour ->
                        series.meter().type() == MeterType.CUMULATIVE
                                ? hour.increase()
                                : hour.total())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The series of one meter of a resource. */
    public Optional<Series> series(Viewer viewer, String resource, String meter) {
        return series(viewer, resource).stream()
                .filter(series -> series.meter().name().equals(meter))
                .findFirst();
    }

    private List<Series> series(Viewer viewer, String resource) {
        return database.jdbc()
                .query(
                        "select series_id, meter, type, unit from metered_series where project_id ="
                                + " ? and cloud = ? and resource_id = ? order by meter",
                        (row, _) ->
                                new Series(
                                        row.getLong("series_id"),
                                        resource,
                                        new Meter(
                                                row.getString("meter"),
                                                MeterType.valueOf(row.getString("type")),
                                                row.getString("unit"))),
                        viewer.project().value(),
                        viewer.cloud().value(),
                        resource);
    }

    /** The hours of a series, in time. */
    public List<Hour> hours(Viewer viewer, Series series, Period period) {
        List<Hour> all = new ArrayList<>();
        hours.ofSeries(
                        viewer.project().value(),
                        viewer.cloud().value(),
                        series.id(),
                        series.resource(),
                        series.meter().name(),
                        period)
                .forEach((from, hour) ->
                        all.add(
                                new Hour(
                                        from,
                                        hour.count(),
                                        hour.sum(),
                                        hour.min(),
                                        hour.max(),
                                        hour.lastAt(),
                                        hour.increase())));
        return all;
    }

    /** The samples of a series, as the arithmetic sees them. */
    public List<Point> points(Viewer viewer, Series series, Period period) {
        return samples
                .of(viewer.project().value(), List.of(series.id()), period, Integer.MAX_VALUE)
                .getOrDefault(series.id(), List.of())
                .stream()
                .map(PackedSamples::point)
                .toList();
    }

    /** The last sample of a series before an instant. */
    public Optional<Point> lastBefore(Viewer viewer, Series series, Instant instant) {
        return samples.lastBefore(viewer.project().value(), series.id(), instant);
    }

    /** The samples of a series with where each came from, the newest first. */
    public List<SampleLine> samples(
            Viewer viewer, String resource, String meter, Period period, int limit) {
        var found = series(viewer, resource, meter);
        return found.isEmpty()
                ? List.of()
                : samples.lines(
                        viewer.project().value(),
                        viewer.cloud().value(),
                        found.get().id(),
                        period,
                        Math.clamp(limit, 1, 100_000));
    }

    /** When a poll last saw the cloud, or something of this project came in. */
    public Optional<Instant> meteredUntil(Viewer viewer) {
        return database.jdbc()
                .query(
                        "select max(at) as at from (select max(done_at) as at from metering_poll"
                                + " where cloud = ? union all select max(last_seen) as at from"
                                + " metered_resource where project_id = ? and cloud = ?) seen",
                        (row, _) -> Optional.ofNullable(Rows.instantOrNull(row, "at")),
                        viewer.cloud().value(),
                        viewer.project().value(),
                        viewer.cloud().value())
                .getFirst();
    }

    /** A meter of one resource, with its id in the store. */
    public record Series(long id, String resource, Meter meter) {}

    /** One hour of a series. */
    public record Hour(
            Instant from,
            long samples,
            BigDecimal total,
            BigDecimal low,
            BigDecimal high,
            Instant lastAt,
            BigDecimal increase) {}
}
