package dev.stackwright.web.overview;

import dev.stackwright.metering.Breakdown;
import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Usage;
import dev.stackwright.metering.UsageQuery;
import dev.stackwright.rating.RatedUsage;
import dev.stackwright.rating.Rating;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** This month's use against the same days of the month before. */
final class Months {

    private static final Measure MEASURE = Measure.VCPUS;
    private static final double WIDTH = 300;
    private static final double HEIGHT = 52;
    private static final double GAP = 2;

    private Months() {}

    static Optional<OverviewPage.Month> of(Visit visit, Usage usage, @Nullable Rating rating) {
        Format format = visit.format();
        ZoneId zone = format.zone();
        Instant now = format.now();
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate first = today.withDayOfMonth(1);
        Instant begin = first.atStartOfDay(zone).toInstant();
        Instant end = first.plusMonths(1).atStartOfDay(zone).toInstant();
        Instant beforeBegin = first.minusMonths(1).atStartOfDay(zone).toInstant();
        Instant beforeEnd = now.atZone(zone).minusMonths(1).toInstant();
        if (rating != null) {
            Optional<RatedUsage> cost =
                    rating.usage(visit.viewer(), new Period(begin, now), Granularity.DAY, zone);
            if (cost.isPresent()) {
                BigDecimal costBefore =
                        rating.usage(
                                        visit.viewer(),
                                        new Period(beforeBegin, beforeEnd),
                                        Granularity.MONTH,
                                        zone)
                                .map(RatedUsage::total)
                                .orElse(BigDecimal.ZERO);
                return month(format, first, today, new Figure(cost.get(), costBefore));
            }
        }

        Breakdown days =
                usage.breakdown(
                        visit.viewer(),
                        new UsageQuery(
                                MEASURE,
                                new Period(begin, now),
                                Granularity.DAY,
                                zone,
                                UsageQuery.Split.NONE));
        BigDecimal before = total(usage.totals(visit.viewer(), new Period(beforeBegin, beforeEnd)));
        return month(
                format,
                first,
                today,
                new Figure(
                        amounts(days),
                        days.total(),
                        before,
                        whole(days.total(), format),
                        whole(before, format),
                        false));
    }

    /**
     * What was used, in hours or in money.
     *
     * @param said the amount as it is said, {@code saidBefore} that of the month before
     */
    private record Figure(
            List<BigDecimal> days,
            BigDecimal used,
            BigDecimal before,
            String said,
            String saidBefore,
            boolean money) {

        Figure(RatedUsage cost, BigDecimal before) {
            this(
                    IntStream.range(0, cost.buckets().size())
                            .mapToObj(day ->
                                    cost.lines().stream()
                                            .map(line -> line.buckets().get(day))
                                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                            .toList(),
                    cost.total(),
                    before,
                    cost.total().toPlainString() + " " + cost.currency(),
                    before.toPlainString() + " " + cost.currency(),
                    true);
        }

        String key(String end) {
            return "overview.month." + (money ? "cost." : "") + end;
        }
    }

    private static Optional<OverviewPage.Month> month(
            Format format, LocalDate first, LocalDate today, Figure figure) {
        BigDecimal used = figure.used();
        BigDecimal before = figure.before();
        if (used.signum() == 0 && before.signum() == 0) {
            return Optional.empty();
        }
        String month = DateTimeFormatter.ofPattern("MMMM", Locale.UK).format(first);
        String monthBefore =
                DateTimeFormatter.ofPattern("MMMM", Locale.UK).format(first.minusMonths(1));
        int length = first.lengthOfMonth();
        return Optional.of(
                new OverviewPage.Month(
                        Words.of("overview.month.title", month),
                        Words.of(
                                today.getDayOfMonth() == 1
                                        ? "overview.month.day"
                                        : "overview.month.days",
                                today.getDayOfMonth(),
                                DateTimeFormatter.ofPattern("MMM", Locale.UK).format(first)),
                        Words.of(figure.key("hours"), figure.said()),
                        Words.of("overview.month.before", figure.saidBefore(), monthBefore),
                        change(used, before),
                        Words.of(
                                figure.key("sentence"),
                                month,
                                figure.said(),
                                monthBefore,
                                figure.saidBefore()),
                        bars(figure.days(), length)));
    }

    private static BigDecimal total(Map<Measure, BigDecimal> totals) {
        return totals.getOrDefault(MEASURE, BigDecimal.ZERO);
    }

    private static String whole(BigDecimal hours, Format format) {
        return hours.compareTo(BigDecimal.TEN) < 0
                ? format.decimal(hours, 1)
                : format.number(hours.setScale(0, RoundingMode.HALF_EVEN).longValue());
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

    private static List<BigDecimal> amounts(Breakdown days) {
        List<BigDecimal> sums = new ArrayList<>();
        for (int day = 0; day < days.buckets().size(); day++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Breakdown.Slice slice : days.slices()) {
                sum = sum.add(slice.amounts().get(day));
            }
            sums.add(sum);
        }
        return sums;
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
