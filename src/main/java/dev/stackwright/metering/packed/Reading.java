package dev.stackwright.metering.packed;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A sample of a series.
 *
 * @param at to the microsecond
 * @param origin the key of the notification or the poll behind it
 */
public record Reading(Instant at, BigDecimal volume, UUID origin) {}
