package dev.stackwright.metering.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.Sample;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackerTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Period WEEK = new Period(START, START.plus(Duration.ofDays(7)));
    private static final List<String> METERS =
            List.of("cpu", "memory.usage", "network.outgoing.bytes");

    enum Kind {
        H2,
        POSTGRES;

        MeteringDatabase database() {
            return new MeteringDatabase(this == H2 ? Databases.h2() : Databases.postgres());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsPackedWheneverTheFiguresAreTheSame(Kind kind) {
        var dice = new Random(21);
        var story = story(dice);
        var plain = kind.database();
        new MeteringStore(plain).keep(story, List.of());
        var expected = figures(plain);

        var database = kind.database();
        var store = new MeteringStore(database);
        var packer = new Packer(database);
        var told = new ArrayList<>(story);
        told.addAll(story.subList(0, story.size() / 3));
        Collections.shuffle(told, dice);
        for (int from = 0; from < told.size(); ) {
            int to = Math.min(told.size(), from + 1 + dice.nextInt(400));
            store.keep(told.subList(from, to), List.of());
            from = to;
            if (dice.nextInt(3) == 0) {
                packer.pack(day(dice.nextInt(5)), START.plusSeconds(3600L * dice.nextInt(120)));
            }
        }
        assertThat(figures(database)).isEqualTo(expected);

        packer.pack(day(9), day(9));
        assertThat(figures(database)).isEqualTo(expected);
        assertThat(rows(database, "sample_hot")).isZero();
        assertThat(rows(database, "sample_hour")).isZero();
        assertThat(packer.pack(day(9), day(9))).isEqualTo(new Packer.Packed(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aSampleThatComesAfterItsDayWasPackedChangesItsHourAndTheNext(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(
                List.of(
                        poll("a", "cpu", 0, 100),
                        poll("a", "cpu", 130, 400),
                        poll("a", "cpu", 4000, 1000)),
                List.of());
        new Packer(database).pack(day(9), day(9));

        store.keep(List.of(poll("a", "cpu", 50, 450)), List.of());

        var usage = new UsageStore(database);
        var series = usage.series(ALICE, "a", "cpu").orElseThrow();
        assertThat(usage.hours(ALICE, series, WEEK))
                .extracting(hour -> hour.increase().longValue())
                .containsExactly(350L, 400L, 600L);
        assertThat(usage.samples(ALICE, "a", "cpu", WEEK, 10))
                .extracting(line -> line.volume().longValue())
                .containsExactly(1000L, 400L, 450L, 100L);
    }

    @ParameterizedTest
    @EnumSource
    void thePollBehindAPackedSampleIsKnownThoughItsRowIsGone(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(List.of(poll("a", "cpu", 10, 100), notified("a", 20)), List.of());

        new Packer(database).pack(day(9), day(9));

        var usage = new UsageStore(database);
        var at = START.plusSeconds(600);
        assertThat(usage.samples(ALICE, "a", "cpu", WEEK, 10).getFirst().origin())
                .isEqualTo(
                        new Origin(
                                "poll.diagnostics " + at,
                                "poll.diagnostics",
                                at,
                                null,
                                null,
                                null));
        assertThat(usage.samples(ALICE, "a", "vcpus", WEEK, 10).getFirst().origin().requestId())
                .isEqualTo("req-1");
        assertThat(rows(database, "metered_event")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPackedIsForgottenWhenItsTimeIsOver(Kind kind) {
        var database = kind.database();
        var store = new MeteringStore(database);
        store.keep(List.of(poll("a", "cpu", 0, 1), poll("a", "cpu", 3000, 2)), List.of());
        new Packer(database).pack(day(9), day(9));

        store.forget(day(2), day(1));

        assertThat(rows(database, "sample_pack")).isEqualTo(1);
        assertThat(rows(database, "sample_hour_pack")).isEqualTo(1);
    }

    private static final Viewer ALICE =
            new Viewer(NORTH, new ProjectId("shop"), new UserId("u"), Set.of("member"), false);

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }

    private static long rows(MeteringDatabase database, String table) {
        return database.jdbc().queryForList("select 1 from " + table).size();
    }

    /** All that can be asked of samples and hours. */
    private static String figures(MeteringDatabase database) {
        var usage = new UsageStore(database);
        var text = new StringBuilder();
        var cuts = List.of(day(1), day(2).plusSeconds(5), day(3).plusSeconds(7200));
        usage.growth(ALICE, WEEK, List.of(Measure.CPU, Measure.TRAFFIC_OUT), cuts).stream()
                .flatMap(counter -> counter.within(WEEK).stream())
                .map(grown ->
                        grown.resource()
                                + grown.measure()
                                + grown.hour()
                                + " "
                                + grown.counted().stripTrailingZeros().toPlainString())
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        for (int r = 0; r < 4; r++) {
            for (var line : usage.readings(ALICE, "r" + r, WEEK).lines()) {
                text.append(line.meter().name())
                        .append(' ')
                        .append(line.samples())
                        .append(' ')
                        .append(line.lastAt())
                        .append(line.increase().stripTrailingZeros().toPlainString())
                        .append('\n');
                var series = usage.series(ALICE, "r" + r, line.meter().name()).orElseThrow();
                for (var hour : usage.hours(ALICE, series, WEEK)) {
                    text.append(hour.from())
                            .append(' ')
                            .append(hour.samples())
                            .append(' ')
                            .append(hour.total().stripTrailingZeros().toPlainString())
                            .append(' ')
                            .append(hour.low().stripTrailingZeros().toPlainString())
                            .append(' ')
                            .append(hour.high().stripTrailingZeros().toPlainString())
                            .append('\n');
                }
                for (var sample :
                        usage.samples(ALICE, "r" + r, line.meter().name(), WEEK, 100_000)) {
                    text.append(sample.at())
                            .append(sample.volume().toPlainString())
                            .append(sample.origin().messageId())
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Four resources with three meters for four days, with counters that begin again. */
    private static List<Sample> story(Random dice) {
        List<Sample> story = new ArrayList<>();
        for (int r = 0; r < 4; r++) {
            for (var meter : METERS) {
                long counter = 1000;
                for (int minute = 0; minute < 4 * 1440; minute += 20 + dice.nextInt(90)) {
                    counter = dice.nextInt(20) == 0 ? 5 : counter + dice.nextInt(1_000_000);
                    story.add(poll("r" + r, meter, minute, counter));
                }
            }
        }
        return story;
    }

    private static Sample poll(String resource, String meter, int minute, long volume) {
        var at = START.plusSeconds(60L * minute);
        var gauge = meter.equals("memory.usage");
        return new Sample(
                NORTH,
                new ProjectId("shop"),
                null,
                resource,
                new Meter(meter, gauge ? MeterType.GAUGE : MeterType.CUMULATIVE, "B"),
                gauge
                        ? BigDecimal.valueOf(volume).divide(BigDecimal.valueOf(1024))
                        : BigDecimal.valueOf(volume),
                at,
                new Origin("poll.diagnostics " + at, "poll.diagnostics", at, null, null, null),
                Map.of());
    }

    private static Sample notified(String resource, int minute) {
        var at = START.plusSeconds(60L * minute);
        return new Sample(
                NORTH,
                new ProjectId("shop"),
                "u",
                resource,
                new Meter("vcpus", MeterType.GAUGE, "vcpu"),
                BigDecimal.TWO,
                at,
                new Origin("m-1", "compute.instance.create.end", at, "compute.c1", "req-1", "u"),
                Map.of());
    }
}
