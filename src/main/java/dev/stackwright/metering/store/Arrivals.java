package dev.stackwright.metering.store;

import dev.stackwright.metering.Sample;
import dev.stackwright.metering.rollup.Point;
import dev.stackwright.metering.store.MeteringStore.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The samples of one series that come at once. */
final class Arrivals {

    private final SeriesKey key;
    private final int slot;
    private final List<Sample> samples = new ArrayList<>(1);
    private final List<@Nullable Object[]> rows = new ArrayList<>(1);
    private final List<Point> points = new ArrayList<>(1);
    private final TreeSet<Instant> changed = new TreeSet<>();
    private @Nullable List<LastHours.Hour> known;

    Arrivals(SeriesKey key, int slot) {
        this.key = key;
        this.slot = slot;
    }

    void add(Sample sample, UUID origin) {
        samples.add(sample);
        var time = Ids.time(sample.at());
        var at = time.toInstant();
        rows.add(
                new @Nullable Object[] {
                    key.project(), key.series(), time, origin, sample.volume()
                });
        points.add(new Point(at, sample.volume(), origin.toString()));
        if (MeteringStore.rolledUp(sample)) {
            changed.add(HourStore.hour(at));
        }
    }

    /** Whether they follow on what is remembered; it is taken out in any case. */
    void look(LastHours.Turn turn) {
        var hour = turn.take(slot, key);
        boolean all = samples.stream().allMatch(MeteringStore::rolledUp);
        if (hour != null && all) {
            known = hour.followedBy(points.stream().sorted(Point.IN_TIME).toList());
        }
    }

    boolean followsOn() {
        return known != null;
    }

    SeriesKey key() {
        return key;
    }

    Sample first() {
        return samples.getFirst();
    }

    int slot() {
        return slot;
    }

    /** The hours that they lie in, as far as hours are kept of them. */
    TreeSet<Instant> changed() {
        return changed;
    }

    /** The hours that they change, when nothing has to be looked up for it. */
    @Nullable List<LastHours.Hour> known() {
        return known;
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }
}
