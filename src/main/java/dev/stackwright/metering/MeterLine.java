package dev.stackwright.metering;

import java.math.BigDecimal;
import java.time.Instant;

/** A meter of a resource: how many samples a period has of it, and the newest. */
public record MeterLine(
        Meter meter, long samples, BigDecimal last, Instant lastAt, BigDecimal increase) {}
