package dev.stackwright.web.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one total becomes another, as an SVG that needs no script: the first bar and the last stand
 * on the ground, those between hang where the one before ended. Money before money: amounts may go
 * below nothing.
 */
public record Waterfall(int width, int height, List<Bar> bars, List<Line> lines, String ground) {

    private static final int TOP = 22;
    private static final int BOTTOM = 44;
    private static final int LEFT = 8;
    private static final double FILL = 0.68;

    /** What is shown: the first and the last are totals, the others steps. */
    public record Step(String label, @Nullable String second, BigDecimal amount, String said) {}

    /** A bar with its two lines of text below and its amount above. */
    public record Bar(
            String x,
            String y,
            String width,
            String height,
            String css,
            String middle,
            String saidY,
            String said,
            String label,
            @Nullable String second,
            String labelY,
            String secondY) {}

    /** Leads from one bar to the next. */
    public record Line(String x1, String x2, String y) {}

    public static Waterfall of(Step first, List<Step> between, Step last, int width, int height) {
        List<Step> all = new ArrayList<>();
        all.add(first);
        all.addAll(between);
        all.add(last);
        double lowest = 0;
        double highest = 0;
        double running = 0;
        for (int i = 0; i < all.size(); i++) {
            boolean total = i == 0 || i == all.size() - 1;
            running = (total ? 0 : running) + all.get(i).amount().doubleValue();
            lowest = Math.min(lowest, running);
            highest = Math.max(highest, running);
        }
        double room = height - TOP - BOTTOM;
        double scale = highest == lowest ? 0 : room / (highest - lowest);
        double ground = TOP + highest * scale;
        double slot = (double) (width - LEFT) / all.size();
        List<Bar> bars = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        double before = 0;
        for (int i = 0; i < all.size(); i++) {
            var step = all.get(i);
            boolean total = i == 0 || i == all.size() - 1;
            double from = total ? 0 : before;
            double to = from + step.amount().doubleValue();
            double top = ground - Math.max(from, to) * scale;
            double x = LEFT + slot * i + slot * (1 - FILL) / 2;
            bars.add(
                    new Bar(
                            unit(x),
                            unit(top),
                            unit(slot * FILL),
                            unit(Math.max(1, Math.abs(to - from) * scale)),
                            total ? i == 0 ? "kd" : "kf" : to >= from ? "k2" : "k3",
                            unit(x + slot * FILL / 2),
                            unit(top - 6),
                            step.said(),
                            step.label(),
                            step.second(),
                            unit(height - 26),
                            unit(height - 11)));
            if (i + 1 < all.size()) {
                double y = ground - to * scale;
                lines.add(new Line(unit(x + slot * FILL), unit(x + slot), unit(y)));
            }
            before = to;
        }
        return new Waterfall(width, height, bars, lines, unit(ground));
    }

    private static String unit(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
