package dev.stackwright.metering.packed;

import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.rollup.HourRollup;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hours that one meter has of one day of UTC in many resources. They lie in two parts: how much
 * grew, which pages add up, and all the rest, which a chart of one resource wants.
 */
public final class HourPack {

    private static final int VERSION = 1;
    private static final int HOURS = 24;
    private static final int MOST_RESOURCES = 10_000;
    private static final int LONGEST_ID = 4_000;
    private static final int TEXT = 0;
    private static final int IS_UUID = 1;
    private static final MeterType[] TYPES = MeterType.values();

    private HourPack() {}

    /**
     * The hours of one resource.
     *
     * @param hours by their number, 0 to 23
     */
    public record OfResource(
            String resource, MeterType type, SortedMap<Integer, HourRollup> hours) {}

    /** The two parts. */
    public record Parts(byte[] grown, byte[] rest) {}

    /** How much of a meter a resource came to, hour by hour: its growth, or the sum of samples. */
    public static final class Grown {

        private final String resource;
        private final MeterType type;
        private final int hours;
        private final Numbers amounts;

        private Grown(String resource, MeterType type, int hours, Numbers amounts) {
            this.resource = resource;
            this.type = type;
            this.hours = hours;
            this.amounts = amounts;
        }

        public String resource() {
            return resource;
        }

        public MeterType type() {
            return type;
        }

        /** A bit for each hour that has an amount, the lowest for midnight. */
        public int hours() {
            return hours;
        }

        /** Whether all amounts are whole numbers of 64 bits. */
        public boolean areWhole() {
            return amounts.areWhole();
        }

        /** The amount of the n-th hour that has one, when all are whole. */
        public long whole(int n) {
            return amounts.whole(n);
        }

        /** The amount of the n-th hour that has one. */
        public BigDecimal amount(int n) {
            return amounts.at(n);
        }
    }

    /** How much an hour adds to the figures. */
    public static BigDecimal grown(MeterType type, HourRollup hour) {
        return type == MeterType.CUMULATIVE ? hour.increase() : hour.sum();
    }

    public static Parts write(Instant day, Collection<OfResource> resources) {
        var grown = new Packing();
        var rest = new Packing();
        grown.one(VERSION);
        rest.one(VERSION);
        grown.number(resources.size());
        for (var one : resources) {
            writeId(grown, one.resource());
            grown.one(one.type().ordinal());
            int hours = 0;
            for (var hour : one.hours().keySet()) {
                hours |= 1 << hour;
            }
            grown.number(hours);
            var all = List.copyOf(one.hours().values());
            Numbers.of(all.stream().map(hour -> grown(one.type(), hour)).toList()).write(grown);
            writeRest(rest, day, one.type(), all);
        }
        return new Parts(grown.bytes(), rest.bytes());
    }

    private static void writeId(Packing out, String resource) {
        var uuid = uuid(resource);
        if (uuid == null) {
            out.one(TEXT);
            out.text(resource);
        } else {
            out.one(IS_UUID);
            out.fixed(uuid.getMostSignificantBits());
            out.fixed(uuid.getLeastSignificantBits());
        }
    }

    private static @Nullable UUID uuid(String text) {
        if (text.length() != 36) {
            return null;
        }
        try {
            var uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** What lies near the last value is written by how far it is from it. */
    private static void writeRest(
            Packing out, Instant day, MeterType type, List<HourRollup> hours) {
        Numbers.of(hours.stream().mapToLong(HourRollup::count).toArray()).write(out);
        Times.write(
                out,
                hours.stream()
                        .mapToLong(hour -> ChronoUnit.MICROS.between(day, hour.lastAt()))
                        .toArray());
        Numbers.of(hours.stream().map(HourRollup::last).toList()).write(out);
        Numbers.of(hours.stream().map(hour -> hour.last().subtract(hour.min())).toList())
                .write(out);
        Numbers.of(hours.stream().map(hour -> hour.max().subtract(hour.last())).toList())
                .write(out);
        Numbers.of(
                        hours.stream()
                                .map(hour ->
                                        type == MeterType.CUMULATIVE
                                                ? allLast(hour.last(), hour.count())
                                                        .subtract(hour.sum())
                                                : hour.increase())
                                .toList())
                .write(out);
        Numbers.of(hours.stream().mapToLong(HourRollup::resets).toArray()).write(out);
    }

    private static BigDecimal allLast(BigDecimal last, long count) {
        return last.multiply(BigDecimal.valueOf(count));
    }

    /** The first part: what pages add up. */
    public static List<Grown> readGrown(byte[] bytes) {
        var in = new Unpacking(bytes);
        if (in.one() != VERSION) {
            throw new BrokenPack("Hours of a version that is not known");
        }
        int size = in.count(MOST_RESOURCES);
        List<Grown> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            var resource = readId(in);
            int type = in.one();
            int hours = in.count((1 << HOURS) - 1);
            if (type >= TYPES.length) {
                throw new BrokenPack("A meter of the type " + type);
            }
            all.add(
                    new Grown(
                            resource,
                            TYPES[type],
                            hours,
                            Numbers.read(in, Integer.bitCount(hours))));
        }
        return all;
    }

    private static String readId(Unpacking in) {
        return in.one() == TEXT ? in.text(LONGEST_ID) : new UUID(in.fixed(), in.fixed()).toString();
    }

    /** Both parts. */
    public static List<OfResource> read(Instant day, Parts parts) {
        var in = new Unpacking(parts.rest());
        if (in.one() != VERSION) {
            throw new BrokenPack("Hours of a version that is not known");
        }
        List<OfResource> all = new ArrayList<>();
        for (var grown : readGrown(parts.grown())) {
            all.add(new OfResource(grown.resource(), grown.type(), readRest(in, day, grown)));
        }
        return all;
    }

    /** Both parts of one resource. */
    public static Optional<OfResource> read(Instant day, Parts parts, String resource) {
        var in = new Unpacking(parts.rest());
        if (in.one() != VERSION) {
            throw new BrokenPack("Hours of a version that is not known");
        }
        for (var grown : readGrown(parts.grown())) {
            if (grown.resource().equals(resource)) {
                return Optional.of(
                        new OfResource(resource, grown.type(), readRest(in, day, grown)));
            }
            skipRest(in, Integer.bitCount(grown.hours()));
        }
        return Optional.empty();
    }

    private static void skipRest(Unpacking in, int size) {
        Numbers.skip(in, size);
        Times.skip(in, size);
        for (int column = 0; column < 5; column++) {
            Numbers.skip(in, size);
        }
    }

    private static SortedMap<Integer, HourRollup> readRest(Unpacking in, Instant day, Grown grown) {
        int size = Integer.bitCount(grown.hours());
        var counts = whole(Numbers.read(in, size));
        var lastAt = Times.read(in, size);
        var last = Numbers.read(in, size);
        var low = Numbers.read(in, size);
        var high = Numbers.read(in, size);
        var other = Numbers.read(in, size);
        var resets = whole(Numbers.read(in, size));
        SortedMap<Integer, HourRollup> hours = new TreeMap<>();
        int n = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            if ((grown.hours() & 1 << hour) == 0) {
                continue;
            }
            var isCounter = grown.type() == MeterType.CUMULATIVE;
            hours.put(
                    hour,
                    new HourRollup(
                            counts.whole(n),
                            isCounter
                                    ? allLast(last.at(n), counts.whole(n)).subtract(other.at(n))
                                    : grown.amount(n),
                            last.at(n).subtract(low.at(n)),
                            last.at(n).add(high.at(n)),
                            day.plus(lastAt[n], ChronoUnit.MICROS),
                            last.at(n),
                            isCounter ? grown.amount(n) : other.at(n),
                            (int) resets.whole(n)));
            n++;
        }
        return hours;
    }

    private static Numbers whole(Numbers numbers) {
        if (!numbers.areWhole()) {
            throw new BrokenPack("A count that is no whole number");
        }
        return numbers;
    }

    /** Puts hours in the place of those that a day has already. */
    public static Map<String, OfResource> with(
            Collection<OfResource> before, Collection<OfResource> newer) {
        Map<String, OfResource> all = new TreeMap<>();
        before.forEach(one -> all.put(one.resource(), one));
        for (var one : newer) {
            all.merge(
                    one.resource(),
                    one,
                    (old, now) -> {
                        SortedMap<Integer, HourRollup> hours = new TreeMap<>(old.hours());
                        hours.putAll(now.hours());
                        return new OfResource(one.resource(), now.type(), hours);
                    });
        }
        return all;
    }
}
