package dev.stackwright.metering.store;

import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.packed.HourPack;
import dev.stackwright.metering.packed.HourPack.OfResource;
import dev.stackwright.metering.packed.PollOrigin;
import dev.stackwright.metering.packed.Reading;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.store.MeteringStore.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Packs what has come to rest: samples of days that are over, and hours that are over. Each step is
 * one transaction that puts rows into packs and takes exactly these rows away, so it may stop and
 * begin again anywhere. What comes late is a loose row again, which readers put in the place of
 * what is packed, until the next round opens the pack and closes it with the row inside.
 */
@Component
public class Packer {

    private static final int ROWS_AT_ONCE = 20_000;
    private static final long HOURS_AT_ONCE = 200_000;

    /** A part of a day stays well below the longest value that H2 takes. */
    private static final int RESOURCES_IN_PART = 400;

    private final MeteringDatabase database;

    public Packer(MeteringDatabase database) {
        this.database = database;
    }

    /** What was packed. */
    public record Packed(long samples, long hours) {}

    /**
     * @param samplesBefore the beginning of a day: samples from before it are packed
     * @param hoursBefore hours that began before it are packed
     */
    public Packed pack(Instant samplesBefore, Instant hoursBefore) {
        long samples = 0;
        for (var project : projects("sample_hot")) {
            samples += packSamples(project, SamplePack.day(samplesBefore));
        }
        long hours = 0;
        for (var project : projects("sample_hour")) {
            hours += packHours(project, hoursBefore);
        }
        return new Packed(samples, hours);
    }

    /** From one to the next along the key: there are many rows of each. */
    private List<String> projects(String table) {
        List<String> projects = new ArrayList<>();
        var next =
                database.jdbc()
                        .queryForList("select min(project_id) from " + table, String.class)
                        .getFirst();
        while (next != null) {
            projects.add(next);
            next =
                    database.jdbc()
                            .queryForList(
                                    "select min(project_id) from "
                                            + table
                                            + " where project_id > ?",
                                    String.class,
                                    next)
                            .getFirst();
        }
        return projects;
    }

    /** One pack. */
    private record Key(long series, int day) {}

    private long packSamples(String project, int beforeDay) {
        long packed = 0;
        var from = Long.MIN_VALUE;
        while (true) {
            var start = from;
            var rows =
                    database.inTransaction(() -> {
                        lock(project, beforeDay);
                        var some = looseSamples(project, start, beforeDay);
                        packSamples(project, some);
                        return some;
                    });
            packed += rows.size();
            if (rows.size() < ROWS_AT_ONCE) {
                return packed;
            }
            from = rows.getLast().series();
        }
    }

    /** Two that pack one project take turns, and readers know that there are packs. */
    private void lock(String project, int beforeDay) {
        var known =
                database.jdbc()
                        .update(
                                "update metered_packed set to_day = greatest(to_day, ?) where"
                                        + " project_id = ?",
                                beforeDay,
                                project);
        if (known == 0) {
            database.jdbc()
                    .update(
                            "insert into metered_packed (project_id, to_day) values (?, ?)",
                            project,
                            beforeDay);
        }
    }

    private record Loose(long series, Reading reading) {}

    private List<Loose> looseSamples(String project, long fromSeries, int beforeDay) {
        return database.jdbc()
                .query(
                        "select series_id, ts, origin_id, volume from sample_hot where project_id ="
                                + " ? and series_id >= ? and ts < ? order by project_id, series_id,"
                                + " ts, origin_id fetch first "
                                + ROWS_AT_ONCE
                                + " rows only",
                        (row, _) ->
                                new Loose(
                                        row.getLong("series_id"),
                                        new Reading(
                                                Rows.instant(row, "ts"),
                                                Rows.number(row, "volume"),
                                                Objects.requireNonNull(
                                                        row.getObject("origin_id", UUID.class)))),
                        project,
                        fromSeries,
                        Ids.time(SamplePack.beginOf(beforeDay)));
    }

    private void packSamples(String project, List<Loose> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Key, List<Reading>> packs = new TreeMap<>(Packer::inOrder);
        for (var row : rows) {
            packs.computeIfAbsent(
                            new Key(row.series(), SamplePack.day(row.reading().at())),
                            _ -> new ArrayList<>())
                    .add(row.reading());
        }
        var polls = new PollOrigin();
        known(project, packs, polls);
        List<@Nullable Object[]> written = new ArrayList<>();
        packs.forEach((key, readings) -> {
            var data = SamplePack.write(readings, polls);
            written.add(
                    new @Nullable Object[] {
                        project, key.series(), key.day(), SamplePack.size(data), data
                    });
        });
        database.put(Table.SAMPLE_PACK, written);
        forgetPolls(project, rows, polls);
        database.remove(
                Table.SAMPLE,
                rows.stream()
                        .map(row ->
                                new @Nullable Object[] {
                                    project,
                                    row.series(),
                                    Ids.time(row.reading().at()),
                                    row.reading().origin()
                                })
                        .toList());
    }

    private static int inOrder(Key one, Key other) {
        int series = Long.compare(one.series(), other.series());
        return series == 0 ? Integer.compare(one.day(), other.day()) : series;
    }

    /** Opens the packs that are there already. */
    private void known(String project, Map<Key, List<Reading>> packs, PollOrigin polls) {
        var days = packs.keySet().stream().mapToInt(Key::day).summaryStatistics();
        var series = packs.keySet().stream().map(Key::series).distinct().toList();
        for (int from = 0; from < series.size(); from += 500) {
            var some = series.subList(from, Math.min(series.size(), from + 500));
            List<Object> arguments = new ArrayList<>(List.of(project));
            arguments.addAll(some);
            arguments.add(days.getMin());
            arguments.add(days.getMax());
            database.jdbc()
                    .query(
                            "select series_id, day_no, data from sample_pack where project_id = ?"
                                    + " and series_id in ("
                                    + MeteringStore.marks(some.size())
                                    + ") and day_no >= ? and day_no <= ?",
                            row -> {
                                var into =
                                        packs.get(
                                                new Key(
                                                        row.getLong("series_id"),
                                                        row.getInt("day_no")));
                                var data = row.getBytes("data");
                                if (into != null && data != null) {
                                    into.addAll(SamplePack.read(data, polls).readings());
                                }
                            },
                            arguments.toArray());
        }
    }

    /**
     * The row of a poll says no more than its key, which the pack keeps, unless a fact stands on
     * it.
     */
    private void forgetPolls(String project, List<Loose> rows, PollOrigin polls) {
        var origins =
                rows.stream()
                        .filter(row -> polls.isPoll(row.reading()))
                        .map(row -> row.reading().origin())
                        .distinct()
                        .toList();
        database.jdbc()
                .batchUpdate(
                        "delete from metered_event e where project_id = ? and origin_id = ? and"
                                + " event_type like 'poll.%' and not exists (select 1 from"
                                + " metered_fact f where f.project_id = e.project_id and f.cloud ="
                                + " e.cloud and f.origin_id = e.origin_id)",
                        origins.stream().map(origin -> new Object[] {project, origin}).toList());
    }

    private long packHours(String project, Instant before) {
        long packed = 0;
        for (var stretch : looseHours(project, before)) {
            packed += database.inTransaction(() -> packHours(project, stretch));
        }
        return packed;
    }

    /** Hours of one day that are not too many for the memory; one hour at the least. */
    private List<Period> looseHours(String project, Instant before) {
        List<Period> stretches = new ArrayList<>();
        var rows = new long[1];
        database.jdbc()
                .query(
                        "select hr, count(*) as found from sample_hour where project_id = ? and hr"
                                + " < ? group by hr order by hr",
                        row -> {
                            var hour = Rows.instant(row, "hr");
                            var end = hour.plus(Duration.ofHours(1));
                            var last = stretches.isEmpty() ? null : stretches.getLast();
                            rows[0] += row.getLong("found");
                            if (last != null
                                    && SamplePack.day(last.from()) == SamplePack.day(hour)
                                    && rows[0] <= HOURS_AT_ONCE) {
                                stretches.set(stretches.size() - 1, new Period(last.from(), end));
                            } else {
                                stretches.add(new Period(hour, end));
                                rows[0] = row.getLong("found");
                            }
                        },
                        project,
                        Ids.time(before));
        return stretches;
    }

    /** All hours of one meter in one cloud. */
    private record Meters(String cloud, String meter) {}

    private long packHours(String project, Period stretch) {
        lock(project, 0);
        int day = SamplePack.day(stretch.from());
        List<@Nullable Object[]> taken = new ArrayList<>();
        Map<Meters, Map<String, OfResource>> loose = new HashMap<>();
        database.jdbc()
                .query(
                        "select s.cloud, s.resource_id, s.meter, s.type, h.series_id, h.hr,"
                                + " h.samples, h.total, h.low, h.high, h.last_ts, h.last_value,"
                                + " h.increase, h.resets from sample_hour h join metered_series s"
                                + " on s.project_id = h.project_id and s.series_id = h.series_id"
                                + " where h.project_id = ? and h.hr >= ? and h.hr < ?",
                        row -> {
                            var hour = Rows.hour(row);
                            var at = Rows.instant(row, "hr");
                            var resource = row.getString("resource_id");
                            var type = MeterType.valueOf(row.getString("type"));
                            loose.computeIfAbsent(
                                            new Meters(
                                                    row.getString("cloud"), row.getString("meter")),
                                            _ -> new HashMap<>())
                                    .computeIfAbsent(
                                            resource,
                                            id -> new OfResource(id, type, new TreeMap<>()))
                                    .hours()
                                    .put(hourOfDay(at), hour);
                            taken.add(
                                    HourStore.row(
                                            new SeriesKey(project, row.getLong("series_id")),
                                            at,
                                            hour));
                        },
                        project,
                        Ids.time(stretch.from()),
                        Ids.time(stretch.to()));
        loose.forEach((meters, resources) -> pack(project, meters, day, resources.values()));
        // One that was made anew since it was read is another row, and stays.
        database.removeUnchanged(Table.HOUR, taken);
        return taken.size();
    }

    private static int hourOfDay(Instant hour) {
        return (int) (Math.floorMod(hour.getEpochSecond(), Duration.ofDays(1).toSeconds()) / 3600);
    }

    private void pack(String project, Meters meters, int day, Collection<OfResource> loose) {
        List<OfResource> before = new ArrayList<>();
        var begin = SamplePack.beginOf(day);
        database.jdbc()
                .query(
                        "select grown, rest from sample_hour_pack where project_id = ? and cloud ="
                                + " ? and meter = ? and day_no = ?",
                        row -> {
                            before.addAll(
                                    HourPack.read(
                                            begin,
                                            new HourPack.Parts(
                                                    Rows.bytes(row, "grown"),
                                                    Rows.bytes(row, "rest"))));
                        },
                        project,
                        meters.cloud(),
                        meters.meter(),
                        day);
        var all = List.copyOf(HourPack.with(before, loose).values());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int from = 0; from < all.size(); from += RESOURCES_IN_PART) {
            var parts =
                    HourPack.write(
                            begin,
                            all.subList(from, Math.min(all.size(), from + RESOURCES_IN_PART)));
            rows.add(
                    new @Nullable Object[] {
                        project,
                        meters.cloud(),
                        meters.meter(),
                        day,
                        from / RESOURCES_IN_PART,
                        parts.grown(),
                        parts.rest(),
                        UUID.randomUUID().getLeastSignificantBits()
                    });
        }
        database.put(Table.HOUR_PACK, rows);
    }
}
