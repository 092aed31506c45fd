package dev.stackwright.metering;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What one resource used in a period, by measure; measures of which it used nothing are left out.
 */
public record ResourceTotals(MeteredResource resource, Map<Measure, BigDecimal> amounts) {}
