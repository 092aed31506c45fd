package dev.stackwright.metering;

import dev.stackwright.kernel.ProjectId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * How much a counter of a resource grew within an hour, or within any other stretch.
 *
 * @param hour when the hour or the stretch began
 * @param counted in the unit of the counter
 */
public record Growth(
        ProjectId project, String resource, Measure measure, Instant hour, BigDecimal counted) {

    /** In the unit of the measure. */
    public BigDecimal amount() {
        return measure.amount(counted);
    }
}
