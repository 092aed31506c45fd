package dev.stackwright.metering.store;

import dev.stackwright.metering.packed.PollOrigin;
import dev.stackwright.metering.packed.Reading;
import dev.stackwright.metering.packed.SamplePack;
import dev.stackwright.metering.rollup.Point;
import dev.stackwright.metering.store.MeteringStore.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Samples that were packed. Who wants all samples reads the loose ones first: what is packed in
 * between is then found twice rather than not at all, and a sample counts once.
 */
final class PackedSamples {

    private static final String OF_SERIES =
            "select day_no, data from sample_pack where project_id = ? and series_id = ? and day_no"
                    + " ";

    private final MeteringDatabase database;

    PackedSamples(MeteringDatabase database) {
        this.database = database;
    }

    /**
     * Adds the packed neighbours of what changed to the loose ones. Most of the time there are
     * none: what comes in follows on a loose sample of a day that is not packed yet.
     */
    void addTo(
            Map<SeriesKey, List<Point>> found,
            List<SeriesKey> keys,
            Map<SeriesKey, TreeSet<Instant>> changed) {
        var limits = limits(keys.stream().map(SeriesKey::project).distinct().toList());
        if (limits.isEmpty()) {
            return;
        }
        var polls = new PollOrigin();
        for (var key : keys) {
            var limit = limits.get(key.project());
            var hours = changed.get(key);
            if (limit == null || hours == null) {
                continue;
            }
            var points = found.computeIfAbsent(key, _ -> new ArrayList<>());
            if (mayBePacked(points, hours.first(), limit)) {
                points.addAll(around(key, hours, polls));
            }
        }
    }

    private static boolean mayBePacked(List<Point> loose, Instant from, int limit) {
        return SamplePack.day(from) < limit
                || loose.stream()
                        .map(Point::at)
                        .filter(at -> at.isBefore(from))
                        .max(java.util.Comparator.naturalOrder())
                        .filter(at -> SamplePack.day(at) >= limit)
                        .isEmpty();
    }

    /** The packs of the days that changed, and enough around them to find the next samples in. */
    private List<Point> around(SeriesKey key, TreeSet<Instant> hours, PollOrigin polls) {
        int first = SamplePack.day(hours.first());
        int last = SamplePack.day(hours.last());
        List<Point> points = new ArrayList<>();
        database.jdbc()
                .query(
                        OF_SERIES + "<= ? order by day_no desc fetch first 2 rows only",
                        row -> {
                            add(row.getBytes("data"), polls, points);
                        },
                        key.project(),
                        key.series(),
                        first);
        database.jdbc()
                .query(
                        OF_SERIES
                                + "> ? order by day_no fetch first "
                                + (last - first + 2)
                                + " rows only",
                        row -> {
                            add(row.getBytes("data"), polls, points);
                        },
                        key.project(),
                        key.series(),
                        first);
        return points;
    }

    /** The packed samples of the last days with any before an instant; those before it. */
    List<Point> before(String project, long series, Instant instant) {
        List<Point> points = new ArrayList<>();
        var polls = new PollOrigin();
        database.jdbc()
                .query(
                        OF_SERIES + "<= ? order by day_no desc fetch first 2 rows only",
                        row -> {
                            add(row.getBytes("data"), polls, points);
                        },
                        project,
                        series,
                        SamplePack.day(instant));
        points.removeIf(point -> !point.at().isBefore(instant));
        return points;
    }

    static Point point(Reading reading) {
        return new Point(reading.at(), reading.volume(), reading.origin().toString());
    }

    private static void add(byte @Nullable [] data, PollOrigin polls, List<Point> points) {
        if (data != null) {
            SamplePack.read(data, polls).readings().forEach(reading -> points.add(point(reading)));
        }
    }

    /** Up to which day samples of projects may be packed; nothing where none is. */
    private Map<String, Integer> limits(Collection<String> projects) {
        Map<String, Integer> limits = new HashMap<>();
        database.jdbc()
                .query(
                        "select project_id, to_day from metered_packed where project_id in ("
                                + MeteringStore.marks(projects.size())
                                + ")",
                        row -> {
                            limits.put(row.getString("project_id"), row.getInt("to_day"));
                        },
                        projects.toArray());
        return limits;
    }

    /** The packs of series that reach into some days. */
    void read(
            String project,
            Collection<Long> series,
            int firstDay,
            int lastDay,
            java.util.function.BiConsumer<Long, SamplePack> take) {
        if (series.isEmpty()) {
            return;
        }
        var polls = new PollOrigin();
        List<Object> arguments = new ArrayList<>(List.of(project));
        arguments.addAll(series);
        arguments.add(firstDay);
        arguments.add(lastDay);
        database.jdbc()
                .query(
                        "select series_id, data from sample_pack where project_id = ? and series_id"
                                + " in ("
                                + MeteringStore.marks(series.size())
                                + ") and day_no >= ? and day_no <= ? order by series_id, day_no",
                        row -> {
                            var data = row.getBytes("data");
                            if (data != null) {
                                take.accept(row.getLong("series_id"), SamplePack.read(data, polls));
                            }
                        },
                        arguments.toArray());
    }
}
