package dev.stackwright.web.usage;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Amounts and stretches of time in words. */
final class Amounts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private Amounts() {}

    /** As many digits as still mean something beside each other: 0.04, 7.31, 42.5, 1 204. */
    static String number(Format format, BigDecimal amount) {
        var size = amount.abs();
        if (size.signum() == 0) {
            return "0";
        }
        if (size.compareTo(new BigDecimal("0.005")) < 0) {
            return "< 0.01";
        }
        int places = size.compareTo(BigDecimal.TEN) < 0 ? 2 : size.compareTo(HUNDRED) < 0 ? 1 : 0;
        return format.decimal(amount.setScale(places, RoundingMode.HALF_UP), places);
    }

    static Words unit(Measure measure) {
        return Words.of("usage.unit." + measure.unit().name().toLowerCase(Locale.ROOT));
    }

    static Words title(Measure measure) {
        return Words.of("usage.measure." + measure.id());
    }

    static String full(Format format, Measure measure, BigDecimal amount) {
        return number(format, amount) + " " + format.say(unit(measure));
    }

    /**
     * Whether so little was there before that a percentage says nothing: a project that began in
     * the last days of the stretch before has not grown by a hundred thousand per cent.
     */
    static boolean beyondCompare(BigDecimal now, BigDecimal before) {
        return now.compareTo(before.multiply(BigDecimal.valueOf(50))) > 0;
    }

    /** "+12 %", "−40 %", or a dash when there was nothing to speak of before. */
    static String change(BigDecimal now, @Nullable BigDecimal before) {
        if (before == null || before.signum() == 0 || beyondCompare(now, before)) {
            return "–";
        }
        var percent =
                now.subtract(before).multiply(HUNDRED).divide(before, 0, RoundingMode.HALF_UP);
        return percent.signum() == 0
                ? "±0\u00a0%"
                : (percent.signum() > 0 ? "+" : "−") + percent.abs().toPlainString() + "\u00a0%";
    }

    /** "1 to 22 Nov", "22 Nov, 14:00 to 18:30", "3 Nov 2025 to 4 Jan". */
    static String stretch(Period period, ZoneId zone, Instant now) {
        var from = period.from().atZone(zone);
        var to = period.to().atZone(zone);
        if (period.length().compareTo(Duration.ofDays(1)) <= 0
                && !(from.toLocalTime().toSecondOfDay() == 0
                        && to.toLocalTime().toSecondOfDay() == 0)) {
            var sameDay = from.toLocalDate().equals(to.toLocalDate());
            return day(period.from(), zone, now)
                    + ", "
                    + clock(period.from(), zone)
                    + " to "
                    + (sameDay ? "" : day(period.to(), zone, now) + ", ")
                    + clock(period.to(), zone);
        }
        var last = period.to().minusNanos(1);
        var lastDay = last.atZone(zone);
        if (from.toLocalDate().equals(lastDay.toLocalDate())) {
            return day(period.from(), zone, now);
        }
        var sameMonth =
                from.getMonth() == lastDay.getMonth() && from.getYear() == lastDay.getYear();
        return (sameMonth ? String.valueOf(from.getDayOfMonth()) : day(period.from(), zone, now))
                + " to "
                + day(last, zone, now);
    }

    /** The same within a sentence: "from 1 to 22 Nov", "on 22 Nov". */
    static Words within(Period period, ZoneId zone, Instant now) {
        var stretch = stretch(period, zone, now);
        return Words.of(
                stretch.contains(" to ") && !stretch.contains(":") ? "usage.from.to" : "usage.on",
                stretch);
    }

    /** Whether an instant is the end of an hour, a day, a week or a month of the zone. */
    static boolean endsOfItself(Instant instant, Granularity granularity, ZoneId zone) {
        var local = instant.atZone(zone);
        var midnight = local.toLocalTime().toNanoOfDay() == 0;
        return switch (granularity) {
            case HOUR -> local.getMinute() == 0 && local.getSecond() == 0 && local.getNano() == 0;
            case DAY -> midnight;
            case WEEK -> midnight && local.getDayOfWeek() == DayOfWeek.MONDAY;
            case MONTH -> midnight && local.getDayOfMonth() == 1;
        };
    }

    static String day(Instant instant, ZoneId zone, Instant now) {
        var local = instant.atZone(zone);
        var text = DAY.format(local);
        return local.getYear() == now.atZone(zone).getYear() ? text : text + " " + local.getYear();
    }

    static String clock(Instant instant, ZoneId zone) {
        var local = instant.atZone(zone);
        return "%02d:%02d".formatted(local.getHour(), local.getMinute());
    }
}
