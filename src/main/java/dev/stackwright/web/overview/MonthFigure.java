package dev.stackwright.web.overview;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a project used this month until now, and until the same moment of the month before.
 *
 * @param days day by day of this month
 * @param currency of the amounts; nothing where they are vCPU hours
 */
record MonthFigure(
        List<BigDecimal> days, BigDecimal used, BigDecimal before, @Nullable String currency) {

    boolean isNothing() {
        return used.signum() == 0 && before.signum() == 0;
    }
}
