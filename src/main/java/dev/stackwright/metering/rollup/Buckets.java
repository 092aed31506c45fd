package dev.stackwright.metering.rollup;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a period at the hours, days, weeks or months of a time zone. The first and the last bucket
 * are cut off at the ends of the period; a day on which the clocks change has 23 or 25 hours.
 */
public final class Buckets {

    private Buckets() {}

    public static List<Period> of(Period period, Granularity granularity, ZoneId zone) {
        List<Period> buckets = new ArrayList<>();
        var from = period.from();
        while (from.isBefore(period.to())) {
            var next = next(from, granularity, zone);
            var to = next.isBefore(period.to()) ? next : period.to();
            buckets.add(new Period(from, to));
            from = to;
        }
        return buckets;
    }

    /** The first boundary after the instant. */
    public static Instant next(Instant instant, Granularity granularity, ZoneId zone) {
        var local = instant.atZone(zone);
        if (granularity == Granularity.HOUR) {
            // By the offset, not by the wall clock: the hour that comes twice in autumn is two.
            return local.truncatedTo(ChronoUnit.HOURS).toInstant().plus(1, ChronoUnit.HOURS);
        }
        var date =
                switch (granularity) {
                    case HOUR, DAY -> local.toLocalDate().plusDays(1);
                    case WEEK -> local.toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
                    case MONTH -> local.toLocalDate().withDayOfMonth(1).plusMonths(1);
                };
        return ZonedDateTime.of(date, LocalTime.MIDNIGHT, zone).toInstant();
    }

    /** Which bucket an instant lies in, or -1. */
    public static int indexOf(List<Period> buckets, Instant instant) {
        int low = 0;
        int high = buckets.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            var bucket = buckets.get(middle);
            if (instant.isBefore(bucket.from())) {
                high = middle - 1;
            } else if (instant.isBefore(bucket.to())) {
                return middle;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }
}
