package dev.stackwright.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackedBarsTest {

    @Test
    void theBiggestPartComesFirstAndARowOfTheTableIsABarWithItsSum() {
        var bars = bars(part("web", "1", "2"), part("db", "5", "0.5"));

        assertThat(bars.series()).extracting(Series::label).containsExactly("db", "web");
        assertThat(bars.rows())
                .containsExactly(
                        new StackedBars.Row("Mon", "/mon", numbers("5", "1"), number("6")),
                        new StackedBars.Row("Tue", "/tue", numbers("0.5", "2"), number("2.5")));
    }

    @Test
    void whatIsMoreThanEightPartsBecomesOneAndNothingIsLost() {
        List<Series> parts = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            parts.add(part("r" + i, String.valueOf(i), "1"));
        }

        var bars = bars(parts.toArray(Series[]::new));

        assertThat(bars.series()).hasSize(8).last().extracting(Series::label).isEqualTo("Other");
        assertThat(bars.total()).isEqualByComparingTo("230");
    }

    @Test
    void anAxisEndsAtARoundNumberWithAtMostFiveLines() {
        assertThat(Axis.upTo(number("9.1")).lines())
                .isEqualTo(numbers("0", "2", "4", "6", "8", "10"));
        assertThat(Axis.upTo(number("0.23")).lines()).hasSizeLessThanOrEqualTo(6);
        assertThat(Axis.upTo(number("123456")).top()).isEqualByComparingTo("125000");
        assertThat(Axis.upTo(BigDecimal.ZERO).top()).isEqualByComparingTo("1");
    }

    @Test
    void aTrendSaysWhereItWentAndWhenItWasHighest() {
        assertThat(Trend.of(numbers("0", "4", "9", "8", "0")))
                .isEqualTo(new Trend(Trend.Shape.RISING, number("4"), number("8"), 2, number("9")));
        assertThat(Trend.of(numbers("100", "103")).shape()).isEqualTo(Trend.Shape.LEVEL);
        assertThat(Trend.of(numbers("9", "1")).shape()).isEqualTo(Trend.Shape.FALLING);
        assertThat(Trend.of(numbers("0", "0")).shape()).isEqualTo(Trend.Shape.EMPTY);
    }

    @Test
    void aPlotStacksPartsFromTheFloorUp() {
        var plot = Plot.of(bars(part("db", "3", "0"), part("web", "1", "2")), 444, 132);

        assertThat(plot.rectangles())
                .containsExactly(
                        new Plot.Rectangle("68.0", "33.0", "152.0", "75.0", "k1"),
                        new Plot.Rectangle("68.0", "8.0", "152.0", "25.0", "k2"),
                        new Plot.Rectangle("268.0", "58.0", "152.0", "50.0", "k2"));
        assertThat(plot.labels()).extracting(Plot.Label::text).contains("0", "4", "Mon", "Tue");
    }

    @Test
    void aCanvasIsGivenNumbersAndWaysOn() {
        var canvas = Canvas.of(bars(part("db", "3.25", "0")));

        assertThat(canvas.datasets())
                .containsExactly(new Canvas.Dataset("db", 1, "/r/db", Arrays.asList(3.25, 0.0)));
        assertThat(canvas.hrefs()).containsExactly("/mon", "/tue");
    }

    private static StackedBars bars(Series... parts) {
        return StackedBars.of(
                List.of("Mon", "Tue"), List.of("/mon", "/tue"), List.of(parts), "h", "Other");
    }

    private static Series part(String label, String... values) {
        return new Series(label, "/r/" + label, numbers(values));
    }

    private static List<BigDecimal> numbers(String... values) {
        return Arrays.stream(values).map(BigDecimal::new).toList();
    }

    private static BigDecimal number(String value) {
        return new BigDecimal(value);
    }
}
