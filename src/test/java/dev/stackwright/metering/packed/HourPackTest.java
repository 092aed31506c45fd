package dev.stackwright.metering.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.packed.HourPack.OfResource;
import dev.stackwright.metering.rollup.HourRollup;
import dev.stackwright.metering.rollup.Point;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HourPackTest {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void theHoursOfADayComeOutAsTheyWere() {
        var dice = new Random(7);
        for (int run = 0; run < 60; run++) {
            var day = day(dice);

            var parts = HourPack.write(DAY, day);

            assertThat(normal(HourPack.read(DAY, parts))).isEqualTo(normal(day));
            for (var one : day) {
                var found = HourPack.read(DAY, parts, one.resource()).orElseThrow();
                assertThat(normal(List.of(found))).isEqualTo(normal(List.of(one)));
                assertThat(HourPack.read(DAY, parts, "nobody")).isEmpty();
            }
            assertGrowth(day, parts);
        }
    }

    private static void assertGrowth(List<OfResource> day, HourPack.Parts parts) {
        var grown = HourPack.readGrown(parts.grown());
        for (int i = 0; i < day.size(); i++) {
            int n = 0;
            for (var hour : day.get(i).hours().values()) {
                assertThat(grown.get(i).amount(n))
                        .isEqualByComparingTo(HourPack.grown(day.get(i).type(), hour));
                if (grown.get(i).areWhole()) {
                    assertThat(grown.get(i).amount(n))
                            .isEqualByComparingTo(BigDecimal.valueOf(grown.get(i).whole(n)));
                }
                n++;
            }
        }
    }

    private static List<OfResource> day(Random dice) {
        List<OfResource> day = new ArrayList<>();
        for (int r = dice.nextInt(12); r >= 0; r--) {
            var type = MeterType.values()[dice.nextInt(3)];
            var hours = new TreeMap<Integer, HourRollup>();
            for (int hour = 0; hour < 24; hour++) {
                if (dice.nextInt(4) > 0) {
                    hours.put(hour, hour(dice, hour));
                }
            }
            day.add(
                    new OfResource(
                            dice.nextBoolean()
                                    ? new UUID(dice.nextLong(), dice.nextLong()).toString()
                                    : "instance-" + r + "-tap0 é",
                            type,
                            hours));
        }
        return day;
    }

    private static HourRollup hour(Random dice, int hour) {
        List<Point> points = new ArrayList<>();
        for (int i = dice.nextInt(7); i >= 0; i--) {
            points.add(
                    new Point(
                            DAY.plusSeconds(3600L * hour + dice.nextInt(3600)),
                            new BigDecimal(dice.nextInt(1_000_000)).movePointLeft(dice.nextInt(3)),
                            "p" + i));
        }
        return HourRollup.of(new Point(DAY.minusSeconds(9), BigDecimal.TEN, "x"), points);
    }

    /** Equal numbers are equal whatever their zeros. */
    private static String normal(List<OfResource> day) {
        var text = new StringBuilder();
        for (var one : day) {
            text.append(one.resource()).append(one.type());
            one.hours()
                    .forEach((hour, rollup) ->
                            text.append("\n")
                                    .append(hour)
                                    .append(' ')
                                    .append(rollup.count())
                                    .append(' ')
                                    .append(rollup.lastAt())
                                    .append(' ')
                                    .append(rollup.resets())
                                    .append(
                                            List.of(
                                                            rollup.sum(),
                                                            rollup.min(),
                                                            rollup.max(),
                                                            rollup.last(),
                                                            rollup.increase())
                                                    .stream()
                                                    .map(HourPackTest::plain)
                                                    .toList()));
        }
        return text.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Test
    void bytesOfAnybodyElseAreRefused() {
        var dice = new Random(2);
        var good = HourPack.write(DAY, day(new Random(3)));
        for (int run = 0; run < 20_000; run++) {
            try {
                HourPack.read(
                        DAY, new HourPack.Parts(hurt(good.grown(), dice), hurt(good.rest(), dice)));
            } catch (BrokenPack refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }

    private static byte[] hurt(byte[] good, Random dice) {
        var bytes = Arrays.copyOf(good, good.length - dice.nextInt(3));
        bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt();
        return bytes;
    }
}
