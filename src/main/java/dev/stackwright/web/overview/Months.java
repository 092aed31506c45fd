package dev.stackwright.web.overview;

import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This month's use against the same days of the month before. */
final class Months {

    private static final double WIDTH = 300;
    private static final double HEIGHT = 52;
    private static final double GAP = 2;

    private Months() {}

    /** The month in words; nothing when neither of the two had anything. */
    static Optional<OverviewPage.Month> of(Format format, MonthFigure figure) {
        if (figure.isNothing()) {
            return Optional.empty();
        }
        LocalDate today = format.now().atZone(format.zone()).toLocalDate();
        return Optional.of(month(format, today.withDayOfMonth(1), today, figure));
    }

    private static OverviewPage.Month month(
            Format format, LocalDate first, LocalDate today, MonthFigure figure) {
        String month = DateTimeFormatter.ofPattern("MMMM", Locale.UK).format(first);
        String monthBefore =
                DateTimeFormatter.ofPattern("MMMM", Locale.UK).format(first.minusMonths(1));
        String used = said(figure.used(), figure, format);
        String before = said(figure.before(), figure, format);
        String key = "overview.month." + (figure.currency() == null ? "" : "cost.");
        return new OverviewPage.Month(
                Words.of("overview.month.title", month),
                Words.of(
                        today.getDayOfMonth() == 1 ? "overview.month.day" : "overview.month.days",
                        today.getDayOfMonth(),
                        DateTimeFormatter.ofPattern("MMM", Locale.UK).format(first)),
                Words.of(key + "hours", used),
                Words.of("overview.month.before", before, monthBefore),
                change(figure.used(), figure.before()),
                Words.of(key + "sentence", month, used, monthBefore, before),
                bars(figure.days(), first.lengthOfMonth()));
    }

    private static String said(BigDecimal amount, MonthFigure figure, Format format) {
        if (figure.currency() != null) {
            return amount.toPlainString() + " " + figure.currency();
        }
        return amount.compareTo(BigDecimal.TEN) < 0
                ? format.decimal(amount, 1)
                : format.number(amount.setScale(0, RoundingMode.HALF_EVEN).longValue());
    }

    /** A change is worth a word from a tenth up; from little, everything is a multiple. */
    private static @Nullable Words change(BigDecimal used, BigDecimal before) {
        if (before.compareTo(BigDecimal.ONE) < 0
                || used.compareTo(before.multiply(BigDecimal.valueOf(50))) > 0) {
            return null;
        }
        long percent =
                used.multiply(BigDecimal.valueOf(100))
                        .divide(before, 0, RoundingMode.HALF_EVEN)
                        .subtract(BigDecimal.valueOf(100))
                        .longValue();
        if (Math.abs(percent) < 10) {
            return Words.of("overview.month.same");
        }
        if (percent >= 300) {
            return Words.of("overview.month.times", percent / 100 + 1);
        }
        return percent > 0
                ? Words.of("overview.month.more", percent)
                : Words.of("overview.month.less", -percent);
    }

    private static List<OverviewPage.Bar> bars(List<BigDecimal> amounts, int days) {
        double highest = amounts.stream().mapToDouble(BigDecimal::doubleValue).max().orElse(0);
        double step = WIDTH / days;
        List<OverviewPage.Bar> bars = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            boolean planned = day >= amounts.size();
            double height =
                    planned || highest == 0
                            ? 1
                            : Math.max(1, amounts.get(day).doubleValue() / highest * HEIGHT);
            bars.add(
                    new OverviewPage.Bar(
                            one(day * step),
                            one(HEIGHT - height),
                            one(step - GAP),
                            one(height),
                            planned));
        }
        return bars;
    }

    private static String one(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
