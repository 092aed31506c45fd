package dev.stackwright.metering.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class SamplePackTest {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final PollOrigin POLLS = new PollOrigin();

    @Test
    void whatIsPackedComesOutAsItWas() {
        var dice = new Random(4);
        for (int run = 0; run < 400; run++) {
            var samples = samples(dice);

            var found = SamplePack.read(SamplePack.write(samples, POLLS));

            assertThat(found.readings()).isEqualTo(samples);
            assertThat(SamplePack.size(SamplePack.write(samples, POLLS))).isEqualTo(samples.size());
        }
    }

    private static List<Reading> samples(Random dice) {
        var volumes = volumes(dice);
        List<Reading> samples = new ArrayList<>();
        var at = DAY;
        long step = new long[] {0, 1, 1_000, 1_000_000, 600_000_000}[dice.nextInt(5)];
        for (int i = dice.nextInt(200); i > 0; i--) {
            at = at.plus(step == 0 ? dice.nextLong(1_000_000_000) : step, ChronoUnit.MICROS);
            samples.add(
                    new Reading(
                            at,
                            volumes.apply(i),
                            dice.nextInt(5) == 0
                                    ? new UUID(dice.nextLong(), dice.nextLong())
                                    : poll(at)));
        }
        return samples;
    }

    private static IntFunction<BigDecimal> volumes(Random dice) {
        return switch (dice.nextInt(7)) {
            case 0 -> _ -> BigDecimal.ZERO;
            case 1 -> i -> BigDecimal.valueOf(i).multiply(BigDecimal.valueOf(1L << 40));
            case 2 -> _ -> BigDecimal.valueOf(dice.nextLong());
            case 3 -> _ -> plain(new BigDecimal(BigInteger.valueOf(dice.nextInt()), 10));
            case 4 -> _ -> plain(BigDecimal.valueOf(dice.nextInt(9_000_000)).divide(kibi()));
            case 5 -> _ -> plain(new BigDecimal(new BigInteger(120, dice), 12));
            default ->
                    _ -> BigDecimal.valueOf(dice.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
        };
    }

    private static BigDecimal kibi() {
        return BigDecimal.valueOf(1024);
    }

    private static BigDecimal plain(BigDecimal number) {
        var stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static UUID poll(Instant at) {
        return UUID.nameUUIDFromBytes(("poll.diagnostics " + at).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSameTwiceIsOnceAndTheOrderIsThatOfTime() {
        var samples = samples(new Random(9));
        List<Reading> twice = new ArrayList<>(samples);
        twice.addAll(samples);
        Collections.shuffle(twice, new Random(1));

        assertThat(SamplePack.write(twice, POLLS)).isEqualTo(SamplePack.write(samples, POLLS));
    }

    @Test
    void aDayOfPollsTakesFewBytes() {
        var dice = new Random(3);
        List<Reading> counter = new ArrayList<>();
        List<Reading> gauge = new ArrayList<>();
        List<Reading> still = new ArrayList<>();
        long sent = 0;
        for (int i = 0; i < 144; i++) {
            var at = DAY.plusSeconds(600L * i + dice.nextInt(5));
            sent += dice.nextInt(40_000_000);
            counter.add(new Reading(at, BigDecimal.valueOf(sent), poll(at)));
            gauge.add(
                    new Reading(
                            at,
                            BigDecimal.valueOf(900_000 + dice.nextInt(4000)).divide(kibi()),
                            poll(at)));
            still.add(new Reading(at, BigDecimal.ONE, poll(at)));
        }

        assertThat(SamplePack.write(counter, POLLS).length / 144.0).isLessThan(6);
        assertThat(SamplePack.write(gauge, POLLS).length / 144.0).isLessThan(3.2);
        assertThat(SamplePack.write(still, POLLS).length / 144.0).isLessThan(1.2);
    }

    @Test
    void bytesOfAnybodyElseAreRefusedAndNeverTakeMemoryThatTheyDoNotHave() {
        var dice = new Random(12);
        var good = SamplePack.write(samples(new Random(5)), POLLS);
        for (int run = 0; run < 20_000; run++) {
            var bytes = Arrays.copyOf(good, dice.nextInt(good.length + 1));
            for (int i = dice.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt();
            }
            try {
                assertThat(SamplePack.read(bytes).size()).isLessThanOrEqualTo(SamplePack.MOST);
            } catch (BrokenPack refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
        assertThatThrownBy(() -> SamplePack.read(new byte[0])).isInstanceOf(BrokenPack.class);
        assertThatThrownBy(() -> SamplePack.read(new byte[] {1, -1, -1, -1, -1, 127}))
                .isInstanceOf(BrokenPack.class);
    }
}
