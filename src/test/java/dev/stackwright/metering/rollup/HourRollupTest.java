package dev.stackwright.metering.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourRollupTest {

    @Test
    void aCounterThatFallsHasBegunAgain() {
        var rollup = HourRollup.of(point(0, 1000), List.of(point(10, 1500), point(20, 30)));

        assertThat(rollup.increase()).isEqualByComparingTo("530");
        assertThat(rollup.resets()).isEqualTo(1);
    }

    @Test
    void theFirstSampleOfASeriesGrowsByNothing() {
        assertThat(HourRollup.of(null, List.of(point(10, 12345))).increase())
                .isEqualByComparingTo("0");
    }

    @Test
    void ofTwoReadingsOfOneInstantACounterTakesOne() {
        var twice = new Point(point(10, 7).at(), BigDecimal.valueOf(900), "z");

        var rollup = HourRollup.of(point(0, 0), List.of(twice, point(10, 7), point(20, 8)));

        assertThat(rollup.increase()).isEqualByComparingTo("8");
    }

    @Test
    void aCounterBeyondTheReachOfADoubleStaysExact() {
        var before = new Point(at(0), new BigDecimal("9007199254740993"), "a");
        var after = new Point(at(10), new BigDecimal("9007199254740996"), "b");

        assertThat(HourRollup.of(before, List.of(after)).increase()).isEqualByComparingTo("3");
    }

    @Test
    void addingWhatComesLaterComesToTheSameAsMakingItAnew() {
        var dice = new Random(11);
        List<Point> points = new ArrayList<>(List.of(point(1, 500)));
        var added = HourRollup.of(point(0, 700), points);
        for (int minute = 2; minute < 60; minute++) {
            var later = point(minute, dice.nextInt(2_000) - 500);
            points.add(later);
            added = added.with(later);

            assertThat(added).isEqualTo(HourRollup.of(point(0, 700), points));
        }
        assertThat(added.resets()).isPositive();
        var end = points.getLast();
        var whole = added;
        assertThatThrownBy(() -> whole.with(end)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyOrderAndAnyRepetitionGivesTheSameFigures() {
        List<Point> points = new ArrayList<>();
        var dice = new Random(7);
        for (int minute = 0; minute < 60; minute++) {
            points.add(point(minute, dice.nextInt(100_000)));
        }
        var expected = HourRollup.of(point(-5, 4), points);
        points.addAll(points.subList(10, 40));
        for (int seed = 0; seed < 100; seed++) {
            Collections.shuffle(points, new Random(seed));

            assertThat(HourRollup.of(point(-5, 4), points)).isEqualTo(expected);
        }
    }

    private static Point point(int minute, long volume) {
        return new Point(at(minute), BigDecimal.valueOf(volume), "m" + minute);
    }

    private static Instant at(int minute) {
        return Instant.parse("2026-03-02T10:00:00Z").plusSeconds(60L * minute);
    }
}
