package dev.stackwright.metering.store;

import dev.stackwright.metering.CounterGrowth;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.packed.HourPack;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.rollup.HourRollup;
import dev.stackwright.metering.store.KnownDays.Key;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads hours, the loose ones and the packed ones. The loose are read first: an hour that is packed
 * in between is then found twice, and counts once.
 */
final class StoredHours {

    private final MeteringDatabase database;

    StoredHours(MeteringDatabase database) {
        this.database = database;
    }

    /**
     * How much counters grew between some instants.
     *
     * @param project nothing for all projects of the cloud
     */
    List<CounterGrowth> grown(
            @Nullable String project,
            String cloud,
            Collection<Measure> counters,
            Period period,
            Collection<Instant> cuts) {
        var meters = counters.stream().map(Measure::id).toList();
        if (meters.isEmpty() || period.isEmpty()) {
            return List.of();
        }
        List<Instant> all = new ArrayList<>(List.of(period.from(), period.to()));
        cuts.stream().filter(period::contains).forEach(all::add);
        var sums = new GrowthSums(all);
        loose(project, cloud, counters, period, sums);
        packed(project, cloud, meters, period, sums);
        return sums.counters();
    }

    private void loose(
            @Nullable String project,
            String cloud,
            Collection<Measure> counters,
            Period period,
            GrowthSums sums) {
        if (project == null) {
            looseOfCloud(cloud, counters.stream().map(Measure::id).toList(), period, sums);
        } else {
            looseOfProject(project, cloud, Set.copyOf(counters), period, sums);
        }
    }

    private void looseOfCloud(
            String cloud, Collection<String> meters, Period period, GrowthSums sums) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(cloud);
        arguments.addAll(meters);
        arguments.add(Ids.time(period.from()));
        arguments.add(Ids.time(period.to()));
        database.jdbc()
                .query(
                        "select s.project_id, s.resource_id, s.meter, h.hr, case when s.type ="
                                + " 'CUMULATIVE' then h.increase else h.total end as grown from"
                                + " metered_series s join sample_hour h on h.project_id ="
                                + " s.project_id and h.series_id = s.series_id where"
                                + " s.project_id <> '' and h.project_id <> '' and s.cloud = ? and"
                                + " s.meter in ("
                                + MeteringStore.marks(meters.size())
                                + ") and h.hr >= ? and h.hr < ?",
                        row -> {
                            sums.addLoose(
                                    new GrowthSums.Key(
                                            row.getString("project_id"),
                                            row.getString("resource_id"),
                                            row.getString("meter")),
                                    Rows.instant(row, "hr"),
                                    Rows.number(row, "grown"));
                        },
                        arguments.toArray());
    }

    /** An hour of a series that was not known when it was read. */
    private record Unnamed(long series, Instant hour, BigDecimal total, BigDecimal increase) {}

    /**
     * One walk over the hours of the project, whose series are known by heart: a join would look up
     * each of them, and that is what takes long in a project of many thousands.
     */
    private void looseOfProject(
            String project, String cloud, Set<Measure> counters, Period period, GrowthSums sums) {
        var known = database.seriesNames(project, cloud, false);
        List<Unnamed> unnamed = new ArrayList<>();
        database.jdbc()
                .query(
                        "select series_id, hr, total, increase from sample_hour where project_id ="
                                + " ? and hr >= ? and hr < ?",
                        row -> {
                            long series = row.getLong("series_id");
                            var counter = known.counter(series);
                            if (counter != null) {
                                if (counters.contains(counter.measure())) {
                                    sums.addLoose(
                                            key(project, counter),
                                            Rows.instant(row, "hr"),
                                            Rows.number(
                                                    row,
                                                    counter.cumulative() ? "increase" : "total"));
                                }
                            } else if (!known.knows(series)) {
                                unnamed.add(
                                        new Unnamed(
                                                series,
                                                Rows.instant(row, "hr"),
                                                Rows.number(row, "total"),
                                                Rows.number(row, "increase")));
                            }
                        },
                        project,
                        Ids.time(period.from()),
                        Ids.time(period.to()));
        if (!unnamed.isEmpty()) {
            var now = database.seriesNames(project, cloud, true);
            for (var hour : unnamed) {
                var counter = now.counter(hour.series());
                if (counter != null && counters.contains(counter.measure())) {
                    sums.addLoose(
                            key(project, counter),
                            hour.hour(),
                            counter.cumulative() ? hour.increase() : hour.total());
                }
            }
        }
    }

    private static GrowthSums.Key key(String project, SeriesNames.Counter counter) {
        return new GrowthSums.Key(project, counter.resource(), counter.measure().id());
    }

    /** A part of a pack that has to be opened. */
    private record Part(String project, String meter, int day, int part) {}

    private void packed(
            @Nullable String project,
            String cloud,
            Collection<String> meters,
            Period period,
            GrowthSums sums) {
        Set<Part> unknown = new HashSet<>();
        var days = new IntSummaryStatistics();
        database.jdbc()
                .query(
                        "select project_id, meter, day_no, part, version from sample_hour_pack"
                                + " where "
                                + where(project, meters),
                        row -> {
                            var of = row.getString("project_id");
                            var meter = row.getString("meter");
                            int day = row.getInt("day_no");
                            int part = row.getInt("part");
                            int split = sums.splitOf(of, day);
                            var known =
                                    split < 0
                                            ? null
                                            : database.knownDays()
                                                    .find(
                                                            new Key(
                                                                    of, cloud, meter, day, part,
                                                                    split),
                                                            row.getLong("version"));
                            if (known == null) {
                                unknown.add(new Part(of, meter, day, part));
                                days.accept(day);
                            } else {
                                sums.addDay(of, meter, day, known);
                            }
                        },
                        arguments(
                                project,
                                cloud,
                                meters,
                                SamplePack.day(period.from()),
                                SamplePack.day(period.to())));
        if (!unknown.isEmpty()) {
            open(project, cloud, meters, unknown, days, sums);
        }
    }

    private void open(
            @Nullable String project,
            String cloud,
            Collection<String> meters,
            Set<Part> unknown,
            IntSummaryStatistics days,
            GrowthSums sums) {
        database.jdbc()
                .query(
                        "select project_id, meter, day_no, part, version, grown from"
                                + " sample_hour_pack where "
                                + where(project, meters)
                                + " order by project_id, meter, day_no, part",
                        row -> {
                            var of = row.getString("project_id");
                            var meter = row.getString("meter");
                            int day = row.getInt("day_no");
                            int part = row.getInt("part");
                            if (!unknown.contains(new Part(of, meter, day, part))) {
                                return;
                            }
                            var grown = HourPack.readGrown(Rows.bytes(row, "grown"));
                            sums.addPacked(of, meter, day, grown);
                            int split = sums.splitOf(of, day);
                            if (split >= 0) {
                                database.knownDays()
                                        .remember(
                                                new Key(of, cloud, meter, day, part, split),
                                                row.getLong("version"),
                                                grown);
                            }
                        },
                        arguments(project, cloud, meters, days.getMin(), days.getMax()));
    }

    private static String where(@Nullable String project, Collection<String> meters) {
        return (project == null ? "project_id <> ''" : "project_id = ?")
                + " and cloud = ? and meter in ("
                + MeteringStore.marks(meters.size())
                + ") and day_no >= ? and day_no <= ?";
    }

    private static Object[] arguments(
            @Nullable String project,
            String cloud,
            Collection<String> meters,
            int firstDay,
            int lastDay) {
        List<Object> arguments = new ArrayList<>();
        if (project != null) {
            arguments.add(project);
        }
        arguments.add(cloud);
        arguments.addAll(meters);
        arguments.add(firstDay);
        arguments.add(lastDay);
        return arguments.toArray();
    }

    /** The hours of a series, in time. */
    SortedMap<Instant, HourRollup> ofSeries(
            String project,
            String cloud,
            long series,
            String resource,
            String meter,
            Period period) {
        SortedMap<Instant, HourRollup> hours = new TreeMap<>();
        SortedMap<Instant, HourRollup> loose = new TreeMap<>();
        database.jdbc()
                .query(
                        "select hr, samples, total, low, high, last_ts, last_value, increase,"
                                + " resets from sample_hour where project_id = ? and series_id = ?"
                                + " and hr >= ? and hr < ?",
                        row -> {
                            loose.put(Rows.instant(row, "hr"), Rows.hour(row));
                        },
                        project,
                        series,
                        Ids.time(period.from()),
                        Ids.time(period.to()));
        database.jdbc()
                .query(
                        "select day_no, grown, rest from sample_hour_pack where project_id = ? and"
                                + " cloud = ? and meter = ? and day_no >= ? and day_no <= ?",
                        row -> {
                            addPacked(row, resource, period, hours);
                        },
                        project,
                        cloud,
                        meter,
                        SamplePack.day(period.from()),
                        SamplePack.day(period.to()));
        hours.putAll(loose);
        return hours;
    }

    private static void addPacked(
            ResultSet row, String resource, Period period, SortedMap<Instant, HourRollup> hours)
            throws SQLException {
        var begin = SamplePack.beginOf(row.getInt("day_no"));
        var parts = new HourPack.Parts(Rows.bytes(row, "grown"), Rows.bytes(row, "rest"));
        HourPack.read(begin, parts, resource)
                .ifPresent(found ->
                        found.hours()
                                .forEach((hour, rollup) -> {
                                    var at = begin.plus(Duration.ofHours(hour));
                                    if (period.contains(at)) {
                                        hours.put(at, rollup);
                                    }
                                }));
    }
}
