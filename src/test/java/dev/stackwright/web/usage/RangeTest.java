package dev.stackwright.web.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.metering.Granularity;
import dev.stackwright.metering.Period;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Ljubljana");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void withoutAWordItIsThisMonthAgainstTheSameDaysOfTheLast() {
        var range = range(Map.of());

        assertThat(range.period())
                .isEqualTo(period("2026-10-31T23:00:00Z", "2026-11-22T10:00:00Z"));
        assertThat(range.compared())
                .isEqualTo(period("2026-09-30T22:00:00Z", "2026-10-22T09:00:00Z"));
        assertThat(range.granularity()).isEqualTo(Granularity.DAY);
    }

    @Test
    void theSameDaysNeverReachBeyondAShorterMonth() {
        var range = Range.of(Address.of("/u"), ZONE, Instant.parse("2026-03-31T10:00:00Z"));

        assertThat(range.compared().to()).isEqualTo("2026-02-28T23:00:00Z");
    }

    @Test
    void theLastDayIsWhole() {
        var range = range(Map.of("from", "2026-11-01", "to", "2026-11-02", "zone", "UTC"));

        assertThat(range.period())
                .isEqualTo(period("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"));
        assertThat(range.granularity()).isEqualTo(Granularity.HOUR);
        assertThat(range.toDay()).isEqualTo("2026-11-02");
    }

    @Test
    void whatCannotBeReadIsSaidAndPutRight() {
        var range = range(Map.of("from", "yesterday", "zone", "Mars/Olympus", "range", "aeon"));

        assertThat(range.preset()).isEqualTo("month");
        assertThat(range.errors())
                .extracting(Words::key)
                .containsExactly("usage.error.zone", "usage.error.date");
    }

    @Test
    void hoursOfThousandsAreShownByTheDayAndItIsSaid() {
        var hours = range(Map.of("from", "2026-11-01", "to", "2026-11-21", "granularity", "hour"));

        assertThat(hours.fitting(1_000, 504_000)).isSameAs(hours);

        var days = hours.fitting(1_001, 504_000);
        assertThat(days.granularity()).isEqualTo(Granularity.DAY);
        assertThat(days.period()).isEqualTo(hours.period());
        assertThat(days.errors()).extracting(Words::key).containsExactly("usage.error.many");
        assertThat(hours.fitting(Integer.MAX_VALUE, 1).granularity()).isEqualTo(Granularity.MONTH);
    }

    @Test
    void aThousandYearsByTheHourAreCutCoarser() {
        var range = range(Map.of("from", "1026-01-01", "to", "2026-01-01", "granularity", "hour"));

        assertThat(range.errors()).extracting(Words::key).contains("usage.error.fine");
        assertThat(range.granularity()).isEqualTo(Granularity.MONTH);
    }

    private static Range range(Map<String, String> parameters) {
        return Range.of(new Address("/u", parameters), ZONE, NOW);
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}
