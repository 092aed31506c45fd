package dev.stackwright.metering;

import dev.stackwright.metering.rollup.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A half-open stretch of time. */
public record Period(Instant from, Instant to) {

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "A period ends after it begins: " + from + ", " + to);
        }
    }

    public boolean isEmpty() {
        return from.equals(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Cut at the hours, days, weeks or months of a time zone. */
    public List<Period> cut(Granularity granularity, ZoneId zone) {
        return Buckets.of(this, granularity, zone);
    }

    /** What of this period lies before the instant. */
    public Period until(Instant end) {
        return end.isBefore(to) ? new Period(from, end.isBefore(from) ? from : end) : this;
    }
}
