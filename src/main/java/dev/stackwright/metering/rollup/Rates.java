package dev.stackwright.metering.rollup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fast a counter grew, from each of its samples to the next. */
public final class Rates {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private Rates() {}

    /**
     * The growth per second up to each sample. A fall means that the counter began again: what it
     * reads is its growth since, as in {@link HourRollup}. The first sample of all has none.
     *
     * @param before the last sample before these, if there is one
     * @param samples in any order, with or without repetitions
     */
    public static List<Point> perSecond(@Nullable Point before, List<Point> samples) {
        List<Point> rates = new ArrayList<>();
        var previous = before;
        for (var sample : samples.stream().sorted(Point.IN_TIME).toList()) {
            if (previous != null && sample.at().isAfter(previous.at())) {
                var growth = sample.volume().subtract(previous.volume());
                rates.add(
                        new Point(
                                sample.at(),
                                perSecond(
                                        growth.signum() < 0
                                                ? sample.volume().max(BigDecimal.ZERO)
                                                : growth,
                                        previous.at(),
                                        sample.at()),
                                sample.id()));
            }
            previous = previous == null || sample.at().isAfter(previous.at()) ? sample : previous;
        }
        return rates;
    }

    /** What so much growth in a stretch is in a second. */
    public static BigDecimal perSecond(BigDecimal growth, Instant from, Instant to) {
        return growth.multiply(NANOS)
                .divide(
                        BigDecimal.valueOf(Duration.between(from, to).toNanos()),
                        MathContext.DECIMAL64);
    }
}
