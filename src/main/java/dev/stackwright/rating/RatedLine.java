package dev.stackwright.rating;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Measure;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one measure of one resource costs. The amount is rounded once; the buckets are the steps of
 * its rounded running sum, so that they add up to it to the last cent.
 *
 * @param quantity in the unit of the measure
 * @param exact before rounding
 */
public record RatedLine(
        ProjectId project,
        String resource,
        Measure measure,
        BigDecimal quantity,
        BigDecimal exact,
        BigDecimal amount,
        List<BigDecimal> buckets) {}
