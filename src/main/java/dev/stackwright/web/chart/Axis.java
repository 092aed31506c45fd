package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A scale from zero to a round number, with at most five lines above zero. */
public record Axis(BigDecimal top, BigDecimal step) {

    private static final int MOST_LINES = 5;
    private static final List<BigDecimal> ROUND =
            List.of(
                    new BigDecimal("1"),
                    new BigDecimal("2"),
                    new BigDecimal("2.5"),
                    new BigDecimal("5"),
                    new BigDecimal("10"));

    public static Axis upTo(BigDecimal highest) {
        if (highest.signum() <= 0) {
            return new Axis(BigDecimal.ONE, BigDecimal.ONE);
        }
        var least = highest.divide(BigDecimal.valueOf(MOST_LINES), MathContext.DECIMAL64);
        var magnitude = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
        for (var round : ROUND) {
            var step = round.multiply(magnitude);
            if (step.compareTo(least) >= 0) {
                var lines = highest.divide(step, 0, java.math.RoundingMode.CEILING);
                return new Axis(step.multiply(lines), step);
            }
        }
        throw new IllegalStateException("No round step for " + highest);
    }

    /** Zero, and each line above it. */
    public List<BigDecimal> lines() {
        List<BigDecimal> lines = new ArrayList<>();
        for (var line = BigDecimal.ZERO; line.compareTo(top) <= 0; line = line.add(step)) {
            lines.add(line);
        }
        return lines;
    }
}
