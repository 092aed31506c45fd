package dev.stackwright.metering;

import dev.stackwright.kernel.ProjectId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * How much a counter of a resource grew within one hour, in the unit of its measure.
 *
 * @param hour when the hour began
 */
public record Growth(
        ProjectId project, String resource, Measure measure, Instant hour, BigDecimal amount) {}
