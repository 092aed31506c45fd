package dev.stackwright.rating;

import java.math.BigDecimal;
import java.time.Instant;

/** What a project means to spend in a month. */
public record Budget(BigDecimal amount, String currency, String setBy, Instant setAt) {}
