package dev.stackwright.metering.rollup;

import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up size times time over intervals, cut into buckets. Inside, amounts are exact products of
 * microseconds; they become hours once, at the end.
 */
public final class Integration {

    /** Digits behind the dot of an amount: a microsecond of a GB is still there. */
    public static final int SCALE = 12;

    private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);

    private final Measure measure;
    private final List<Period> buckets;
    private final Instant now;
    private final BigDecimal[] exact;

    /**
     * @param now where an interval that still lasts is cut off
     */
    public Integration(Measure measure, List<Period> buckets, Instant now) {
        this.measure = measure;
        this.buckets = buckets;
        this.now = now;
        this.exact = new BigDecimal[buckets.size()];
        Arrays.fill(exact, BigDecimal.ZERO);
    }

    public void add(Interval interval) {
        var rate = measure.perHour(interval.size());
        if (rate.signum() == 0) {
            return;
        }
        var to = interval.to() == null ? now : interval.to();
        for (int i = firstBucketAfter(interval.from()); i < exact.length; i++) {
            var bucket = buckets.get(i);
            if (!bucket.from().isBefore(to)) {
                return;
            }
            var micros = overlap(bucket, interval.from(), to);
            if (micros > 0) {
                exact[i] = exact[i].add(rate.multiply(BigDecimal.valueOf(micros)));
            }
        }
    }

    /** One amount for each bucket, in the measure's unit. */
    public List<BigDecimal> amounts() {
        return Arrays.stream(exact).map(Integration::hours).toList();
    }

    /** How many microseconds of a period an interval covers. */
    public static long overlap(Period period, Instant from, Instant to) {
        var start = from.isAfter(period.from()) ? from : period.from();
        var end = to.isBefore(period.to()) ? to : period.to();
        return start.isBefore(end) ? ChronoUnit.MICROS.between(start, end) : 0;
    }

    private int firstBucketAfter(Instant from) {
        int low = 0;
        int high = buckets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (buckets.get(middle).to().isAfter(from)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static BigDecimal hours(BigDecimal unitMicros) {
        return unitMicros.divide(MICROS_PER_HOUR, SCALE, RoundingMode.HALF_UP);
    }
}
