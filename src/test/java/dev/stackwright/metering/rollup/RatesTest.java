package dev.stackwright.metering.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void growthIsSpreadOverTheTimeSinceTheSampleBefore() {
        assertThat(rates(at(0, 100), at(60, 160), at(180, 400))).containsExactly(1.0, 2.0);
    }

    @Test
    void whatWasStoredBeforeTheStretchIsThePredecessorOfItsFirstSample() {
        var rates = Rates.perSecond(at(-100, 50), List.of(at(0, 150)));

        assertThat(rates).extracting(point -> point.volume().doubleValue()).containsExactly(1.0);
    }

    @Test
    void aCounterThatBeginsAgainNeverGoesBackwards() {
        assertThat(rates(at(0, 1000), at(10, 50), at(20, 70))).containsExactly(5.0, 2.0);
    }

    @Test
    void orderAndRepetitionChangeNothing() {
        assertThat(rates(at(60, 160), at(0, 100), at(60, 160), at(180, 400)))
                .containsExactly(1.0, 2.0);
    }

    private static List<Double> rates(Point... points) {
        return Rates.perSecond(null, List.of(points)).stream()
                .map(point -> point.volume().doubleValue())
                .toList();
    }

    private static Point at(int second, long volume) {
        return new Point(START.plusSeconds(second), BigDecimal.valueOf(volume), "p" + second);
    }
}
