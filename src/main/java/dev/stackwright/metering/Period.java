package dev.stackwright.metering;

import java.time.Duration;
import java.time.Instant;

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

    /** What of this period lies before the instant. */
    public Period until(Instant end) {
        return end.isBefore(to) ? new Period(from, end.isBefore(from) ? from : end) : this;
    }
}
