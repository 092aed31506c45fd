package dev.stackwright.web.usage;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Period;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Words;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stretch of time that a page is about, read from its address: a preset or two ends, a time
 * zone, and how fine to cut. What cannot be read is said and put right, never refused.
 *
 * @param preset the name of the preset, or nothing when the ends were given
 * @param compared the stretch to compare with: the same days of the month before, or as long before
 * @param errors what was wrong with the address
 */
record Range(
        @Nullable String preset,
        Period period,
        Period compared,
        Granularity granularity,
        ZoneId zone,
        List<Words> errors) {

    /** More bars than this say nothing on any screen. */
    static final int MOST_BUCKETS = 750;

    static final List<String> PRESETS =
            List.of("month", "last-month", "24h", "7d", "30d", "90d", "year");

    static Range of(Address here, ZoneId own, Instant now) {
        List<Words> errors = new ArrayList<>();
        var zone = zone(here.get("zone"), own, errors);
        var from = instant(here.get("from"), zone, false, errors);
        var to = instant(here.get("to"), zone, true, errors);
        if (from != null && to != null && !from.isBefore(to)) {
            errors.add(Words.of("usage.error.order"));
            from = null;
            to = null;
        }
        if (from == null && to == null) {
            var name = PRESETS.contains(here.get("range")) ? here.get("range") : "month";
            return preset(name, here, zone, now, errors);
        }
        var period = period(from, to, zone, now);
        var before = new Period(period.from().minus(period.length()), period.from());
        return new Range(null, period, before, granularity(here, period, errors), zone, errors);
    }

    /** With one end missing: from the beginning of the month, or until now. */
    private static Period period(
            @Nullable Instant from, @Nullable Instant to, ZoneId zone, Instant now) {
        if (from == null) {
            var end = to == null ? now : to;
            return new Period(monthOf(end.minusNanos(1), zone).toInstant(), end);
        }
        if (to == null) {
            return new Period(from, now.isAfter(from) ? now : from.plus(Duration.ofDays(1)));
        }
        return new Period(from, to);
    }

    private static Range preset(
            String name, Address here, ZoneId zone, Instant now, List<Words> errors) {
        var month = monthOf(now, zone);
        Period period;
        Period before;
        switch (name) {
            case "month" -> {
                period = new Period(month.toInstant(), now);
                var last = month.minusMonths(1);
                var sameDays = min(last.plus(Duration.between(month, now.atZone(zone))), month);
                before = new Period(last.toInstant(), sameDays.toInstant());
            }
            case "last-month" -> {
                period = new Period(month.minusMonths(1).toInstant(), month.toInstant());
                before = new Period(month.minusMonths(2).toInstant(), period.from());
            }
            default -> {
                var length =
                        switch (name) {
                            case "24h" -> Duration.ofHours(24);
                            case "7d" -> Duration.ofDays(7);
                            case "30d" -> Duration.ofDays(30);
                            case "90d" -> Duration.ofDays(90);
                            default -> Duration.ofDays(365);
                        };
                period = new Period(now.minus(length), now);
                before = new Period(now.minus(length.multipliedBy(2)), period.from());
            }
        }
        return new Range(name, period, before, granularity(here, period, errors), zone, errors);
    }

    /**
     * The same stretch, cut no finer than so many resources allow.
     *
     * @param mostCells so many resources times buckets at most
     */
    Range fitting(int resources, int mostCells) {
        var fitting = granularity;
        while (fitting != Granularity.MONTH && fitting.pieces(period) * resources > mostCells) {
            fitting = Granularity.values()[fitting.ordinal() + 1];
        }
        if (fitting == granularity) {
            return this;
        }
        List<Words> said = new ArrayList<>(errors);
        said.add(
                Words.of(
                        "usage.error.many",
                        resources,
                        Words.of("usage.granularity." + fitting.name().toLowerCase(Locale.ROOT))));
        return new Range(preset, period, compared, fitting, zone, said);
    }

    private static ZonedDateTime monthOf(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
    }

    private static ZonedDateTime min(ZonedDateTime one, ZonedDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    private static Granularity granularity(Address here, Period period, List<Words> errors) {
        var wanted = here.get("granularity").toUpperCase(Locale.ROOT);
        var known =
                Arrays.stream(Granularity.values())
                        .filter(g -> g.name().equals(wanted))
                        .findFirst();
        if (known.isPresent()) {
            if (known.get().pieces(period) <= MOST_BUCKETS) {
                return known.get();
            }
            errors.add(Words.of("usage.error.fine"));
        }
        var days = period.length().toDays();
        return days <= 2
                ? Granularity.HOUR
                : days <= 92 ? Granularity.DAY : days <= 730 ? Granularity.WEEK : Granularity.MONTH;
    }

    private static ZoneId zone(String text, ZoneId own, List<Words> errors) {
        if (text.isBlank()) {
            return own;
        }
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException _) {
            errors.add(Words.of("usage.error.zone", text));
            return own;
        }
    }

    /** A day (as an end, all of it), a time of the zone, or an instant. */
    private static @Nullable Instant instant(
            String text, ZoneId zone, boolean end, List<Words> errors) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        try {
            if (stripped.length() == 10) {
                var day = LocalDate.parse(stripped);
                return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
            }
            return stripped.endsWith("Z")
                    ? Instant.parse(stripped)
                    : LocalDateTime.parse(stripped).atZone(zone).toInstant();
        } catch (DateTimeException | ArithmeticException _) {
            errors.add(Words.of("usage.error.date", text));
            return null;
        }
    }

    /** The end of the month that it shows the beginning of; nothing when it shows another time. */
    Optional<Instant> end() {
        return "month".equals(preset)
                ? Optional.of(
                        period.from()
                                .atZone(zone)
                                .toLocalDate()
                                .plusMonths(1)
                                .atStartOfDay(zone)
                                .toInstant())
                : Optional.empty();
    }

    String zoneName() {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** The first day, for the field of a form. */
    String fromDay() {
        return period.from().atZone(zone).toLocalDate().toString();
    }

    /** The last day, for the field of a form. */
    String toDay() {
        return period.to().minusNanos(1).atZone(zone).toLocalDate().toString();
    }
}
