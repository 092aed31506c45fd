package dev.stackwright.metering.store;

import dev.stackwright.metering.rollup.HourRollup;
import dev.stackwright.metering.rollup.Point;
import dev.stackwright.metering.store.MeteringStore.SeriesKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * Makes the hours of series anew. A sample changes its own hour and, because growth lies between
 * two samples, the hour of the next one.
 */
final class HourStore {

    private static final int SERIES_AT_ONCE = 2_000;

    /** The last sample before a stretch, the stretch, and the hour of the first sample after it. */
    private static final String NEIGHBOURS_POSTGRES =
            """
            select t.p as project_id, t.s as series_id, h.ts, h.origin_id, h.volume
            from unnest(cast(? as varchar[]), cast(? as bigint[]), cast(? as timestamptz[]),
                        cast(? as timestamptz[])) as t(p, s, a, b)
            cross join lateral (
                (select ts, origin_id, volume from sample_hot
                 where project_id = t.p and series_id = t.s and ts < t.a
                 order by ts desc, origin_id fetch first 1 row only)
                union all
                (select ts, origin_id, volume from sample_hot
                 where project_id = t.p and series_id = t.s and ts >= t.a and ts < t.b)
                union all
                (select ts, origin_id, volume from sample_hot
                 where project_id = t.p and series_id = t.s and ts >= t.b
                   and ts < (select date_trunc('hour', min(n.ts), 'UTC') + interval '1 hour'
                             from sample_hot n
                             where n.project_id = t.p and n.series_id = t.s and n.ts >= t.b))
            ) h
            """;

    private static final String OF_SERIES =
            "select project_id, series_id, ts, origin_id, volume from sample_hot where project_id ="
                    + " ? and series_id = ? and ts ";

    private final MeteringDatabase database;
    private final PackedSamples packed;

    HourStore(MeteringDatabase database) {
        this.database = database;
        this.packed = new PackedSamples(database);
    }

    static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    /** The samples are stored already. */
    void recompute(Collection<Arrivals> arrivals, LastHours.Turn turn) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        Map<SeriesKey, TreeSet<Instant>> changed = new HashMap<>();
        Map<SeriesKey, Integer> slots = new HashMap<>();
        for (var some : arrivals) {
            var known = some.known();
            if (known != null) {
                known.forEach(hour -> rows.add(row(some.key(), hour)));
                turn.remember(some.slot(), some.key(), known.getLast());
            } else if (!some.changed().isEmpty()) {
                changed.put(some.key(), some.changed());
                slots.put(some.key(), some.slot());
            }
        }
        var keys =
                changed.keySet().stream()
                        .sorted(
                                Comparator.comparing(SeriesKey::project)
                                        .thenComparing(SeriesKey::series))
                        .toList();
        for (int from = 0; from < keys.size(); from += SERIES_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + SERIES_AT_ONCE));
            var found = neighbours(some, changed);
            packed.addTo(found, some, changed);
            found.forEach((key, points) -> {
                var hours = hoursOf(changed, key);
                var anew = hours(points, hours);
                anew.forEach(hour -> rows.add(row(key, hour)));
                boolean last =
                        points.stream().noneMatch(point -> hour(point.at()).isAfter(hours.last()));
                if (last && !anew.isEmpty()) {
                    turn.remember(Objects.requireNonNull(slots.get(key)), key, anew.getLast());
                }
            });
        }
        database.put(Table.HOUR, rows);
    }

    /**
     * The hours of a series that changed, and the next one that has a sample; samples before them
     * only say from where it grew.
     */
    private static List<LastHours.Hour> hours(List<Point> points, TreeSet<Instant> changed) {
        var firstHour = changed.first();
        TreeMap<Instant, List<Point>> byHour = new TreeMap<>();
        points.forEach(point ->
                byHour.computeIfAbsent(hour(point.at()), _ -> new ArrayList<>()).add(point));
        var next = byHour.higherKey(changed.last());
        if (next != null) {
            byHour.tailMap(next, false).clear();
        }
        List<LastHours.Hour> hours = new ArrayList<>();
        @Nullable Point before = null;
        for (var entry : byHour.entrySet()) {
            var rollup = HourRollup.of(before, entry.getValue());
            before = new Point(rollup.lastAt(), rollup.last(), "");
            if (!entry.getKey().isBefore(firstHour)) {
                hours.add(new LastHours.Hour(entry.getKey(), rollup));
            }
        }
        return hours;
    }

    private static @Nullable Object[] row(SeriesKey key, LastHours.Hour hour) {
        return row(key, hour.from(), hour.figures());
    }

    static @Nullable Object[] row(SeriesKey key, Instant hour, HourRollup rollup) {
        return new @Nullable Object[] {
            key.project(),
            key.series(),
            Ids.time(hour),
            rollup.count(),
            rollup.sum(),
            rollup.min(),
            rollup.max(),
            Ids.time(rollup.lastAt()),
            rollup.last(),
            rollup.increase(),
            rollup.resets()
        };
    }

    private Map<SeriesKey, List<Point>> neighbours(
            List<SeriesKey> keys, Map<SeriesKey, TreeSet<Instant>> changed) {
        Map<SeriesKey, List<Point>> found = new HashMap<>();
        if (database.isPostgres()) {
            database.jdbc()
                    .execute(
                            (ConnectionCallback<Boolean>)
                                    connection -> {
                                        try (var statement =
                                                connection.prepareStatement(NEIGHBOURS_POSTGRES)) {
                                            Object[][] columns = columns(keys, changed);
                                            String[] types = {
                                                "varchar", "bigint", "timestamptz", "timestamptz"
                                            };
                                            for (int i = 0; i < types.length; i++) {
                                                statement.setArray(
                                                        i + 1,
                                                        connection.createArrayOf(
                                                                types[i], columns[i]));
                                            }
                                            var rows = statement.executeQuery();
                                            while (rows.next()) {
                                                take(rows, found);
                                            }
                                            return true;
                                        }
                                    });
        } else {
            keys.forEach(key -> oneByOne(key, hoursOf(changed, key), found));
        }
        return found;
    }

    private static TreeSet<Instant> hoursOf(
            Map<SeriesKey, TreeSet<Instant>> changed, SeriesKey key) {
        return Objects.requireNonNull(changed.get(key));
    }

    private static Object[][] columns(
            List<SeriesKey> keys, Map<SeriesKey, TreeSet<Instant>> changed) {
        var columns = new Object[4][keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            var hours = hoursOf(changed, keys.get(i));
            columns[0][i] = keys.get(i).project();
            columns[1][i] = keys.get(i).series();
            columns[2][i] = Ids.time(hours.first());
            columns[3][i] = Ids.time(hours.last().plus(Duration.ofHours(1)));
        }
        return columns;
    }

    private void oneByOne(
            SeriesKey key, TreeSet<Instant> hours, Map<SeriesKey, List<Point>> found) {
        var jdbc = database.jdbc();
        var from = Ids.time(hours.first());
        var to = Ids.time(hours.last().plus(Duration.ofHours(1)));
        jdbc.query(
                OF_SERIES + "< ? order by ts desc, origin_id fetch first 1 row only",
                row -> {
                    take(row, found);
                },
                key.project(),
                key.series(),
                from);
        jdbc.query(
                OF_SERIES + ">= ? and ts < ?",
                row -> {
                    take(row, found);
                },
                key.project(),
                key.series(),
                from,
                to);
        var next =
                jdbc.query(
                        OF_SERIES + ">= ? order by ts fetch first 1 row only",
                        (row, _) -> Rows.instant(row, "ts"),
                        key.project(),
                        key.series(),
                        to);
        if (!next.isEmpty()) {
            jdbc.query(
                    OF_SERIES + ">= ? and ts < ?",
                    row -> {
                        take(row, found);
                    },
                    key.project(),
                    key.series(),
                    to,
                    Ids.time(hour(next.getFirst()).plus(Duration.ofHours(1))));
        }
    }

    private static void take(ResultSet row, Map<SeriesKey, List<Point>> found) throws SQLException {
        var key = new SeriesKey(row.getString("project_id"), row.getLong("series_id"));
        found.computeIfAbsent(key, _ -> new ArrayList<>())
                .add(
                        new Point(
                                Rows.instant(row, "ts"),
                                Rows.number(row, "volume"),
                                row.getString("origin_id")));
    }
}
