package dev.stackwright.metering;

import java.math.BigDecimal;
import java.time.Instant;

/** A stored sample with the notification or poll behind it. */
public record SampleLine(Instant at, BigDecimal volume, Origin origin) {}
