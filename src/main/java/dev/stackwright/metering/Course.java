package dev.stackwright.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * How one meter of one resource went: the readings of a gauge, or how fast a counter grew, per
 * second.
 *
 * @param hourly whether each point is a whole hour, not a sample
 */
public record Course(Meter meter, boolean hourly, List<Moment> moments) {

    /**
     * One point.
     *
     * @param at when the sample was taken, or when the hour began
     */
    public record Moment(Instant at, BigDecimal value) {}
}
