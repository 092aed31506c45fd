package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What there is to say about a row of values in one sentence.
 *
 * @param peak index of the highest value; the first of several
 */
public record Trend(Shape shape, BigDecimal first, BigDecimal last, int peak, BigDecimal highest) {

    /** How the last value stands to the first. */
    public enum Shape {
        EMPTY,
        LEVEL,
        RISING,
        FALLING
    }

    private static final BigDecimal NOTICEABLE = new BigDecimal("0.05");

    /** Leading and trailing buckets without anything do not make a trend. */
    public static Trend of(List<BigDecimal> values) {
        int start = 0;
        int end = values.size();
        while (start < end && values.get(start).signum() == 0) {
            start++;
        }
        while (end > start && values.get(end - 1).signum() == 0) {
            end--;
        }
        if (start == end) {
            return new Trend(Shape.EMPTY, BigDecimal.ZERO, BigDecimal.ZERO, 0, BigDecimal.ZERO);
        }
        int peak = start;
        for (int i = start; i < end; i++) {
            peak = values.get(i).compareTo(values.get(peak)) > 0 ? i : peak;
        }
        var first = values.get(start);
        var last = values.get(end - 1);
        return new Trend(shape(first, last), first, last, peak, values.get(peak));
    }

    private static Shape shape(BigDecimal first, BigDecimal last) {
        var change = last.subtract(first);
        var noticeable = first.max(last).multiply(NOTICEABLE, MathContext.DECIMAL64);
        if (change.abs().compareTo(noticeable) <= 0) {
            return Shape.LEVEL;
        }
        return change.signum() > 0 ? Shape.RISING : Shape.FALLING;
    }
}
