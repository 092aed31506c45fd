package dev.stackwright.metering.store;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterLine;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.SampleLine;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what was stored, always for the project and the cloud of one viewer: there is no question
 * here that reaches further.
 */
@Component
public class UsageStore {

    private static final String ORIGIN =
            "e.message_id, e.event_type, e.ts as event_ts, e.publisher, e.request_id, e.user_id";

    private final MeteringDatabase database;

    public UsageStore(MeteringDatabase database) {
        this.database = database;
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

    /** How much counters grew or deltas added up to, by resource and meter, in a whole period. */
    public List<Growth> growth(Viewer viewer, Period period, Collection<String> meters) {
        return grown(viewer, period, meters, "cast(null as timestamp(6) with time zone)", "");
    }

    /** The same, hour by hour. */
    public List<Growth> growthByHour(Viewer viewer, Period period, String meter) {
        return grown(viewer, period, List.of(meter), "h.hr", ", h.hr");
    }

    private List<Growth> grown(
            Viewer viewer, Period period, Collection<String> meters, String hour, String group) {
        List<Object> arguments =
                new ArrayList<>(List.of(viewer.project().value(), viewer.cloud().value()));
        arguments.addAll(meters);
        arguments.add(Ids.time(period.from()));
        arguments.add(Ids.time(period.to()));
        return database.jdbc()
                .query(
                        "select s.resource_id, s.meter, "
                                + hour
                                + " as hr, sum(case when s.type = 'CUMULATIVE' then h.increase else"
                                + " h.total end) as grown from metered_series s join sample_hour h"
                                + " on h.project_id = s.project_id and h.series_id = s.series_id"
                                + " where s.project_id = ? and s.cloud = ? and s.meter in ("
                                + MeteringStore.marks(meters.size())
                                + ") and h.hr >= ? and h.hr < ?"
                                + " group by s.resource_id, s.meter"
                                + group,
                        (row, _) ->
                                new Growth(
                                        row.getString("resource_id"),
                                        row.getString("meter"),
                                        Rows.instantOrNull(row, "hr"),
                                        Rows.number(row, "grown")),
                        arguments.toArray());
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
                                + ORIGIN
                                + " from metered_fact f join metered_event e on e.project_id ="
                                + " f.project_id and e.cloud = f.cloud and e.origin_id ="
                                + " f.origin_id where f.project_id in (?, '') and f.cloud = ? and"
                                + " f.resource_id = ?",
                        row -> {
                            origins.put(row.getString("origin_id"), origin(row));
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

    /** The meters of a resource that have samples in a period. */
    public List<MeterLine> meters(Viewer viewer, String resource, Period period) {
        List<MeterLine> lines = new ArrayList<>();
        for (var series : series(viewer, resource)) {
            var count =
                    database.jdbc()
                            .queryForObject(
                                    "select count(*) from sample_hot where project_id = ? and"
                                            + " series_id = ? and ts >= ? and ts < ?",
                                    Long.class,
                                    viewer.project().value(),
                                    series.id(),
                                    Ids.time(period.from()),
                                    Ids.time(period.to()));
            if (count != null && count > 0) {
                lines.add(line(viewer, series, period, count));
            }
        }
        return lines;
    }

    private MeterLine line(Viewer viewer, Series series, Period period, long count) {
        var last =
                database.jdbc()
                        .query(
                                "select ts, volume from sample_hot where project_id = ? and"
                                        + " series_id = ? and ts >= ? and ts < ? order by ts desc"
                                        + " fetch first 1 row only",
                                (row, _) ->
                                        new LastSample(
                                                Rows.instant(row, "ts"),
                                                Rows.number(row, "volume")),
                                viewer.project().value(),
                                series.id(),
                                Ids.time(period.from()),
                                Ids.time(period.to()))
                        .getFirst();
        var grown =
                hours(viewer, series, period).stream()
                        .map(hour ->
                                series.meter().type() == MeterType.CUMULATIVE
                                        ? hour.increase()
                                        : hour.total())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new MeterLine(series.meter(), count, last.volume(), last.at(), grown);
    }

    private record LastSample(Instant at, BigDecimal volume) {}

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
        return database.jdbc()
                .query(
                        "select hr, samples, total, increase from sample_hour where project_id = ?"
                                + " and series_id = ? and hr >= ? and hr < ? order by hr",
                        (row, _) ->
                                new Hour(
                                        Rows.instant(row, "hr"),
                                        row.getLong("samples"),
                                        Rows.number(row, "total"),
                                        Rows.number(row, "increase")),
                        viewer.project().value(),
                        series.id(),
                        Ids.time(period.from()),
                        Ids.time(period.to()));
    }

    /** The samples of a series with where each came from, the newest first. */
    public List<SampleLine> samples(
            Viewer viewer, String resource, String meter, Period period, int limit) {
        var found = series(viewer, resource, meter);
        if (found.isEmpty()) {
            return List.of();
        }
        return database.jdbc()
                .query(
                        "select h.ts as sample_ts, h.volume, h.origin_id, "
                                + ORIGIN
                                + " from sample_hot h left join metered_event e on e.project_id ="
                                + " h.project_id and e.cloud = ? and e.origin_id = h.origin_id"
                                + " where h.project_id = ? and h.series_id = ? and h.ts >= ? and"
                                + " h.ts < ? order by h.ts desc, h.origin_id fetch first "
                                + Math.clamp(limit, 1, 100_000)
                                + " rows only",
                        (row, _) ->
                                new SampleLine(
                                        Rows.instant(row, "sample_ts"),
                                        Rows.number(row, "volume"),
                                        row.getString("message_id") == null
                                                ? unknown(row)
                                                : origin(row)),
                        viewer.cloud().value(),
                        viewer.project().value(),
                        found.get().id(),
                        Ids.time(period.from()),
                        Ids.time(period.to()));
    }

    /** When a poll last saw the cloud or an event of this project came in. */
    public Optional<Instant> meteredUntil(Viewer viewer) {
        var polled =
                latest(
                        "select max(done_at) as at from metering_poll where cloud = ?",
                        viewer.cloud().value());
        var heard =
                latest(
                        "select max(ts) as at from metered_event where cloud = ? and project_id ="
                                + " ?",
                        viewer.cloud().value(),
                        viewer.project().value());
        return polled.isPresent() && heard.isPresent()
                ? Optional.of(polled.get().isAfter(heard.get()) ? polled.get() : heard.get())
                : polled.or(() -> heard);
    }

    private Optional<Instant> latest(String sql, Object... arguments) {
        var found =
                database.jdbc()
                        .query(
                                sql,
                                (row, _) -> Optional.ofNullable(Rows.instantOrNull(row, "at")),
                                arguments);
        return found.isEmpty() ? Optional.empty() : found.getFirst();
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return new Origin(
                row.getString("message_id"),
                row.getString("event_type"),
                Rows.instant(row, "event_ts"),
                row.getString("publisher"),
                row.getString("request_id"),
                row.getString("user_id"));
    }

    private static Origin unknown(ResultSet row) throws SQLException {
        return new Origin(
                row.getString("origin_id"), "", Rows.instant(row, "sample_ts"), null, null, null);
    }

    /** A meter of one resource, with its id in the store. */
    public record Series(long id, Meter meter) {}

    /** One hour of a series. */
    public record Hour(Instant from, long samples, BigDecimal total, BigDecimal increase) {}

    /**
     * How much a meter of a resource grew.
     *
     * @param hour nothing for the whole period
     */
    public record Growth(
            String resource, String meter, @Nullable Instant hour, BigDecimal amount) {}
}
