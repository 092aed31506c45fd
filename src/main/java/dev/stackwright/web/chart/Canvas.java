package dev.stackwright.web.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the script that draws is given: numbers as a canvas wants them, not as money is counted. */
public record Canvas(
        String type, List<String> labels, List<String> hrefs, List<Dataset> datasets, String unit) {

    /**
     * One series.
     *
     * @param colour its place among the colours, from 1
     */
    public record Dataset(
            String label, int colour, @Nullable String href, List<@Nullable Double> data) {}

    public static Canvas of(StackedBars bars) {
        return new Canvas(
                "bar",
                bars.labels(),
                bars.hrefs(),
                java.util.stream.IntStream.range(0, bars.series().size())
                        .mapToObj(i -> dataset(bars.series().get(i), i + 1))
                        .toList(),
                bars.unit());
    }

    private static Dataset dataset(Series series, int colour) {
        return new Dataset(
                series.label(),
                colour,
                series.href(),
                series.values().stream().<@Nullable Double>map(v -> v.doubleValue()).toList());
    }
}
