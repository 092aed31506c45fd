package dev.stackwright.metering.store;

import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.SampleLine;
import dev.stackwright.metering.packed.PollOrigin;
import dev.stackwright.metering.packed.Reading;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.rollup.Point;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads samples, the loose ones and the packed ones. The loose are read first: one that is packed
 * in between is then found twice, and counts once.
 */
final class StoredSamples {

    static final String ORIGIN =
            "e.message_id, e.event_type, e.ts as event_ts, e.publisher, e.request_id, e.user_id";

    private static final int KEYS_AT_ONCE = 500;

    private static final Comparator<Reading> NEWEST_FIRST =
            Comparator.comparing(Reading::at)
                    .reversed()
                    .thenComparing(reading -> reading.origin().toString());

    private final MeteringDatabase database;
    private final PackedSamples packed;

    StoredSamples(MeteringDatabase database) {
        this.database = database;
        this.packed = new PackedSamples(database);
    }

    /** The samples of some series, the newest first. */
    Map<Long, List<Reading>> of(String project, Collection<Long> series, Period period, int limit) {
        Map<Long, LinkedHashSet<Reading>> found = new HashMap<>();
        if (series.isEmpty() || period.isEmpty()) {
            return Map.of();
        }
        for (var one : series) {
            found.put(one, new LinkedHashSet<>(loose(project, one, period, limit)));
        }
        packed.read(
                project,
                series,
                SamplePack.day(period.from()),
                SamplePack.day(period.to()),
                (id, pack) -> {
                    for (int i = 0; i < pack.size(); i++) {
                        if (period.contains(pack.at(i))) {
                            found.computeIfAbsent(id, _ -> new LinkedHashSet<>())
                                    .add(pack.reading(i));
                        }
                    }
                });
        Map<Long, List<Reading>> readings = new HashMap<>();
        found.forEach((id, all) ->
                readings.put(id, all.stream().sorted(NEWEST_FIRST).limit(limit).toList()));
        return readings;
    }

    /** The last sample of a series before an instant. */
    Optional<Point> lastBefore(String project, long series, Instant instant) {
        var loose =
                database
                        .jdbc()
                        .query(
                                "select ts, origin_id, volume from sample_hot where project_id = ?"
                                        + " and series_id = ? and ts < ? order by ts desc,"
                                        + " origin_id fetch first 1 row only",
                                (row, _) ->
                                        new Point(
                                                Rows.instant(row, "ts"),
                                                Rows.plain(row, "volume"),
                                                row.getString("origin_id")),
                                project,
                                series,
                                Ids.time(instant))
                        .stream();
        return Stream.concat(loose, packed.before(project, series, instant).stream())
                .max(Comparator.comparing(Point::at));
    }

    private List<Reading> loose(String project, long series, Period period, int limit) {
        return database.jdbc()
                .query(
                        "select ts, origin_id, volume from sample_hot where project_id = ? and"
                                + " series_id = ? and ts >= ? and ts < ? order by ts desc, origin_id"
                                + " fetch first "
                                + limit
                                + " rows only",
                        (row, _) ->
                                new Reading(
                                        Rows.instant(row, "ts"),
                                        Rows.plain(row, "volume"),
                                        Objects.requireNonNull(
                                                row.getObject("origin_id", UUID.class))),
                        project,
                        series,
                        Ids.time(period.from()),
                        Ids.time(period.to()));
    }

    /** The samples of a series with where each came from, the newest first. */
    List<SampleLine> lines(String project, String cloud, long series, Period period, int limit) {
        var readings = of(project, List.of(series), period, limit).getOrDefault(series, List.of());
        Map<UUID, Origin> origins = new HashMap<>();
        var polls = new PollOrigin();
        for (var reading : readings) {
            polls.nameOf(reading)
                    .ifPresent(name -> origins.put(reading.origin(), poll(name, reading)));
        }
        var told =
                readings.stream()
                        .map(Reading::origin)
                        .filter(origin -> !origins.containsKey(origin))
                        .distinct()
                        .toList();
        for (int from = 0; from < told.size(); from += KEYS_AT_ONCE) {
            events(
                    project,
                    cloud,
                    told.subList(from, Math.min(told.size(), from + KEYS_AT_ONCE)),
                    origins);
        }
        return readings.stream()
                .map(reading ->
                        new SampleLine(
                                reading.at(),
                                reading.volume(),
                                origins.getOrDefault(reading.origin(), unknown(reading))))
                .toList();
    }

    private void events(String project, String cloud, List<UUID> keys, Map<UUID, Origin> origins) {
        List<Object> arguments = new ArrayList<>(List.of(project, cloud));
        arguments.addAll(keys);
        database.jdbc()
                .query(
                        "select e.origin_id, "
                                + ORIGIN
                                + " from metered_event e where e.project_id = ? and e.cloud = ? and"
                                + " e.origin_id in ("
                                + MeteringStore.marks(keys.size())
                                + ")",
                        row -> {
                            origins.put(row.getObject("origin_id", UUID.class), origin(row));
                        },
                        arguments.toArray());
    }

    /** Of a poll, its name and its time are all there is to know. */
    private static Origin poll(String name, Reading reading) {
        return new Origin(
                PollOrigin.messageId(name, reading.at()), name, reading.at(), null, null, null);
    }

    static Origin origin(ResultSet row) throws SQLException {
        return new Origin(
                row.getString("message_id"),
                row.getString("event_type"),
                Rows.instant(row, "event_ts"),
                row.getString("publisher"),
                row.getString("request_id"),
                row.getString("user_id"));
    }

    private static Origin unknown(Reading reading) {
        return new Origin(reading.origin().toString(), "", reading.at(), null, null, null);
    }
}
