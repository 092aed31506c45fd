package dev.stackwright.metering.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final ZoneId LJUBLJANA = ZoneId.of("Europe/Ljubljana");

    @Test
    void theDayOnWhichTheClocksGoForwardHas23Hours() {
        var days =
                Buckets.of(
                        period("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z"),
                        Granularity.DAY,
                        LJUBLJANA);

        assertThat(days)
                .extracting(Period::length)
                .containsExactly(Duration.ofHours(24), Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void theHourThatComesTwiceInAutumnIsTwoHours() {
        var hours =
                Buckets.of(
                        period("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
                        Granularity.HOUR,
                        LJUBLJANA);

        assertThat(hours).hasSize(25).allMatch(hour -> hour.length().toHours() == 1);
    }

    @Test
    void theFirstAndLastBucketEndWithThePeriod() {
        var months =
                Buckets.of(
                        period("2026-01-15T10:00:00Z", "2026-03-02T00:00:00Z"),
                        Granularity.MONTH,
                        ZoneId.of("UTC"));

        assertThat(months)
                .containsExactly(
                        period("2026-01-15T10:00:00Z", "2026-02-01T00:00:00Z"),
                        period("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
                        period("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"));
    }

    @Test
    void weeksBeginOnMonday() {
        var weeks =
                Buckets.of(
                        period("2026-11-20T00:00:00Z", "2026-11-24T00:00:00Z"),
                        Granularity.WEEK,
                        ZoneId.of("UTC"));

        assertThat(weeks.getLast().from()).isEqualTo("2026-11-23T00:00:00Z");
    }

    @Test
    void aZoneWithQuartersOfAnHourHasItsOwnHours() {
        var hours =
                Buckets.of(
                        period("2026-06-01T00:00:00Z", "2026-06-01T02:00:00Z"),
                        Granularity.HOUR,
                        ZoneId.of("Pacific/Chatham"));

        assertThat(hours.get(1).from()).isEqualTo("2026-06-01T00:15:00Z");
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}
