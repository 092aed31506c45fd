package dev.stackwright.metering.rollup;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of one series comes to. It is made anew from all samples of the stretch and the
 * one before it; only a sample that is later than all of them is added, which comes to the same.
 *
 * @param increase growth of a counter, in the stretch of the later sample of each pair; a fall
 *     means that the counter began again, and the new reading is the growth since then: never
 *     negative, at worst too little
 * @param resets how often the counter began again
 */
public record HourRollup(
        long count,
        BigDecimal sum,
        BigDecimal min,
        BigDecimal max,
        Instant lastAt,
        BigDecimal last,
        BigDecimal increase,
        int resets) {

    /**
     * @param before the last sample before the stretch, if there is one
     * @param samples of the stretch, in any order, with or without repetitions
     */
    public static HourRollup of(@Nullable Point before, Collection<Point> samples) {
        var points = once(samples);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A stretch without samples has no figures");
        }
        var sum = BigDecimal.ZERO;
        var min = points.getFirst().volume();
        var max = min;
        var increase = BigDecimal.ZERO;
        int resets = 0;
        var previous = before;
        for (var point : points) {
            sum = sum.add(point.volume());
            min = min.min(point.volume());
            max = max.max(point.volume());
            if (previous == null) {
                previous = point;
            } else if (point.at().isAfter(previous.at())) {
                var growth = point.volume().subtract(previous.volume());
                if (growth.signum() < 0) {
                    resets++;
                    growth = point.volume().max(BigDecimal.ZERO);
                }
                increase = increase.add(growth);
                previous = point;
            }
        }
        var last = previous == null ? points.getLast() : previous;
        return new HourRollup(
                points.size(), sum, min, max, last.at(), last.volume(), increase, resets);
    }

    /** With one more sample, which must be later than all that it is made of. */
    public HourRollup with(Point later) {
        if (!later.at().isAfter(lastAt)) {
            throw new IllegalArgumentException("Only what comes later is added");
        }
        var volume = later.volume();
        var growth = volume.subtract(last);
        boolean reset = growth.signum() < 0;
        return new HourRollup(
                count + 1,
                sum.add(volume),
                min.min(volume),
                max.max(volume),
                later.at(),
                volume,
                increase.add(reset ? volume.max(BigDecimal.ZERO) : growth),
                reset ? resets + 1 : resets);
    }

    private static List<Point> once(Collection<Point> samples) {
        List<Point> points = new ArrayList<>(samples.size());
        samples.stream()
                .sorted(Point.IN_TIME)
                .forEach(point -> {
                    if (points.isEmpty() || Point.IN_TIME.compare(points.getLast(), point) != 0) {
                        points.add(point);
                    }
                });
        return points;
    }
}
