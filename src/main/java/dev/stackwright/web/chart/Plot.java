package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars as an SVG that needs no script: rectangles, lines and labels in a box of fixed units.
 *
 * @param width of the box
 * @param height of the box
 */
public record Plot(
        int width, int height, List<Rectangle> rectangles, List<Line> lines, List<Label> labels) {

    private static final int LEFT = 44;
    private static final int BOTTOM = 24;
    private static final int TOP = 8;

    /** Below this many units, labels under bars would run into each other. */
    private static final double LABEL_WIDTH = 64;

    /** A part of a bar; its colour is its place among the series, from 1. */
    public record Rectangle(String x, String y, String width, String height, String css) {}

    /** A line of the grid. */
    public record Line(String y, boolean zero) {}

    /** A text beside the axis or below a bar. */
    public record Label(String x, String y, String anchor, String text) {}

    public static Plot of(StackedBars bars, int width, int height) {
        var axis = bars.axis();
        double room = height - TOP - BOTTOM;
        double top = axis.top().doubleValue();
        List<Line> lines = new ArrayList<>();
        List<Label> labels = new ArrayList<>();
        for (var line : axis.lines()) {
            double y = TOP + room * (1 - line.doubleValue() / top);
            lines.add(new Line(unit(y), line.signum() == 0));
            labels.add(new Label(unit(LEFT - 8), unit(y + 4), "end", plain(line)));
        }
        int count = bars.labels().size();
        double slot = (double) (width - LEFT) / Math.max(1, count);
        List<Rectangle> rectangles = new ArrayList<>();
        int every = (int) Math.ceil(LABEL_WIDTH / slot);
        for (int i = 0; i < count; i++) {
            double x = LEFT + slot * i + slot * 0.12;
            double y = height - BOTTOM;
            for (int s = 0; s < bars.series().size(); s++) {
                double part = room * bars.series().get(s).values().get(i).doubleValue() / top;
                if (part > 0) {
                    y -= part;
                    rectangles.add(
                            new Rectangle(
                                    unit(x),
                                    unit(y),
                                    unit(slot * 0.76),
                                    unit(part),
                                    "k" + (s + 1)));
                }
            }
            if (i % every == 0) {
                labels.add(
                        new Label(
                                unit(LEFT + slot * (i + 0.5)),
                                unit(height - 6),
                                "middle",
                                bars.labels().get(i)));
            }
        }
        return new Plot(width, height, rectangles, lines, labels);
    }

    private static String unit(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String plain(BigDecimal number) {
        return number.setScale(
                        Math.min(number.stripTrailingZeros().scale(), 3), RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO)
                .stripTrailingZeros()
                .toPlainString();
    }
}
