package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of values under a label.
 *
 * @param href where a click on it leads
 */
public record Series(String label, @Nullable String href, List<BigDecimal> values) {

    public Series {
        values = List.copyOf(values);
    }

    public BigDecimal total() {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
