package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bars of parts that add up. There are eight colours: with more parts than that, the biggest seven
 * are shown and the rest is one.
 *
 * @param labels one below each bar
 * @param hrefs where a click on the label of a bar leads, as many as labels
 */
public record StackedBars(
        List<String> labels, List<String> hrefs, List<Series> series, String unit) {

    public static final int COLOURS = 8;

    public StackedBars {
        labels = List.copyOf(labels);
        hrefs = List.copyOf(hrefs);
        series = List.copyOf(series);
    }

    /** The biggest part first, and what is too many under one name. */
    public static StackedBars of(
            List<String> labels,
            List<String> hrefs,
            List<Series> parts,
            String unit,
            String other) {
        var sorted = parts.stream().sorted(Comparator.comparing(Series::total).reversed()).toList();
        if (sorted.size() <= COLOURS) {
            return new StackedBars(labels, hrefs, sorted, unit);
        }
        List<Series> shown = new ArrayList<>(sorted.subList(0, COLOURS - 1));
        shown.add(
                new Series(
                        other,
                        null,
                        sums(sorted.subList(COLOURS - 1, sorted.size()), labels.size())));
        return new StackedBars(labels, hrefs, shown, unit);
    }

    /**
     * The same of parts that were added up before.
     *
     * @param parts the biggest, the biggest first
     * @param rest what all others come to; nothing when there are no others
     */
    public static StackedBars of(
            List<String> labels,
            List<String> hrefs,
            List<Series> parts,
            @Nullable Series rest,
            String unit) {
        List<Series> shown = new ArrayList<>(parts);
        if (rest != null) {
            shown.add(rest);
        }
        return new StackedBars(labels, hrefs, shown, unit);
    }

    /** The height of each bar. */
    public List<BigDecimal> totals() {
        return sums(series, labels.size());
    }

    public BigDecimal total() {
        return totals().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public boolean isEmpty() {
        return total().signum() == 0;
    }

    public Axis axis() {
        return Axis.upTo(totals().stream().reduce(BigDecimal.ZERO, BigDecimal::max));
    }

    /** The same as rows of a table: one for each bar, a cell for each part, and the sum. */
    public List<Row> rows() {
        var totals = totals();
        return IntStream.range(0, labels.size())
                .mapToObj(i ->
                        new Row(
                                labels.get(i),
                                hrefs.get(i),
                                series.stream().map(s -> s.values().get(i)).toList(),
                                totals.get(i)))
                .toList();
    }

    /** One row of the table twin. */
    public record Row(
            String label, @Nullable String href, List<BigDecimal> cells, BigDecimal total) {}

    private static List<BigDecimal> sums(List<Series> series, int width) {
        return IntStream.range(0, width)
                .mapToObj(i ->
                        series.stream()
                                .map(s -> s.values().get(i))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                .toList();
    }
}
