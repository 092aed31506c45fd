package dev.stackwright.metering.packed;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series and one day (or any other stretch), in time. Times are written in the
 * coarsest unit that holds them all; of the key of a poll only the poll's place is written.
 */
public final class SamplePack {

    private static final int VERSION = 1;

    /** More samples than these are no day of a series: one in less than a tenth of a second. */
    static final int MOST = 1_000_000;

    private final long[] micros;
    private final Numbers volumes;
    private final int[] places;
    private final UUID @Nullable [] origins;
    private final PollOrigin polls;

    private SamplePack(
            long[] micros,
            Numbers volumes,
            int[] places,
            UUID @Nullable [] origins,
            PollOrigin polls) {
        this.micros = micros;
        this.volumes = volumes;
        this.places = places;
        this.origins = origins;
        this.polls = polls;
    }

    /** The bytes of some samples; one that comes twice is written once. */
    public static byte[] write(Collection<Reading> samples, PollOrigin polls) {
        var sorted = once(samples);
        if (sorted.size() > MOST) {
            throw new IllegalArgumentException("Too many samples for one pack: " + sorted.size());
        }
        var out = new Packing();
        out.one(VERSION);
        out.number(sorted.size());
        var micros =
                sorted.stream()
                        .mapToLong(
                                reading -> ChronoUnit.MICROS.between(Instant.EPOCH, reading.at()))
                        .toArray();
        Times.write(out, micros);
        Numbers.of(sorted.stream().map(Reading::volume).toList()).write(out);
        writeOrigins(out, List.copyOf(sorted), polls);
        return out.bytes();
    }

    private static SortedSet<Reading> once(Collection<Reading> samples) {
        SortedSet<Reading> sorted =
                new TreeSet<>(Comparator.comparing(Reading::at).thenComparing(Reading::origin));
        sorted.addAll(samples);
        return sorted;
    }

    /** In runs: how many, and the place of their poll, or 0 and their keys. */
    private static void writeOrigins(Packing out, List<Reading> sorted, PollOrigin polls) {
        int from = 0;
        while (from < sorted.size()) {
            int place = place(sorted.get(from), polls);
            int to = from + 1;
            while (to < sorted.size() && place(sorted.get(to), polls) == place) {
                to++;
            }
            out.number(place + 1);
            out.number(to - from);
            if (place < 0) {
                sorted.subList(from, to)
                        .forEach(reading -> {
                            out.fixed(reading.origin().getMostSignificantBits());
                            out.fixed(reading.origin().getLeastSignificantBits());
                        });
            }
            from = to;
        }
    }

    private static int place(Reading reading, PollOrigin polls) {
        return polls.placeOf(reading.at(), reading.origin());
    }

    public static SamplePack read(byte[] bytes) {
        return read(bytes, new PollOrigin());
    }

    /**
     * @param polls remembers the keys of polls between packs
     */
    public static SamplePack read(byte[] bytes, PollOrigin polls) {
        var in = new Unpacking(bytes);
        if (in.one() != VERSION) {
            throw new BrokenPack("Samples of a version that is not known");
        }
        int size = in.count(MOST);
        var micros = Times.read(in, size);
        var volumes = Numbers.read(in, size);
        var places = new int[size];
        UUID @Nullable [] origins = null;
        int at = 0;
        while (at < size) {
            int place = in.count(PollOrigin.NAMES.size()) - 1;
            int run = in.count(size - at);
            if (run == 0) {
                throw new BrokenPack("A run of nothing");
            }
            for (int i = at; i < at + run; i++) {
                places[i] = place;
                if (place < 0) {
                    origins = origins == null ? new UUID[size] : origins;
                    origins[i] = new UUID(in.fixed(), in.fixed());
                }
            }
            at += run;
        }
        return new SamplePack(micros, volumes, places, origins, polls);
    }

    /** How many samples a pack says that it has. */
    public static int size(byte[] bytes) {
        var in = new Unpacking(bytes);
        in.one();
        return in.count(MOST);
    }

    public int size() {
        return micros.length;
    }

    public Instant at(int index) {
        return Instant.EPOCH.plus(micros[index], ChronoUnit.MICROS);
    }

    public BigDecimal volume(int index) {
        return volumes.at(index);
    }

    public Reading reading(int index) {
        var own = origins;
        return new Reading(
                at(index),
                volume(index),
                places[index] < 0 && own != null
                        ? own[index]
                        : polls.key(places[index], at(index)));
    }

    public List<Reading> readings() {
        List<Reading> readings = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            readings.add(reading(i));
        }
        return readings;
    }

    /** The number of the day of UTC that an instant lies in. */
    public static int day(Instant instant) {
        return (int) Math.floorDiv(instant.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    public static Instant beginOf(int day) {
        return Instant.EPOCH.plus(Duration.ofDays(day));
    }
}
