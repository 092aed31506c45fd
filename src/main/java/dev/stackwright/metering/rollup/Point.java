package dev.stackwright.metering.rollup;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/**
 * A sample as the arithmetic sees it.
 *
 * @param id what tells two samples of one instant apart; of such two a counter takes the lesser id
 */
public record Point(Instant at, BigDecimal volume, String id) {

    public static final Comparator<Point> IN_TIME =
            Comparator.comparing(Point::at).thenComparing(Point::id);
}
