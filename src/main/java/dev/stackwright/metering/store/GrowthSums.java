package dev.stackwright.metering.store;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.CounterGrowth;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.packed.HourPack.Grown;
import dev.stackwright.metering.packed.SamplePack;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up hours between some instants, for many resources at once. A loose hour takes the place of
 * a packed one. Whole numbers are added as such, which is what counters are made of.
 */
final class GrowthSums {

    private static final int HOURS = 24;

    private final long[] cuts;
    private final Map<Key, Sum> sums = new HashMap<>();
    private final Map<Key, Map<Integer, Integer>> loose = new HashMap<>();
    private final Set<ProjectDay> looseDays = new HashSet<>();
    private final Map<Integer, int[]> piecesOfDays = new HashMap<>();
    private final Map<Meter, Lane> lanes = new HashMap<>();

    /** A meter of a resource in a project. */
    record Key(String project, String resource, String meter) {}

    private record Meter(String project, String meter) {}

    private record ProjectDay(String project, int day) {}

    /** The sums of the resources of a pack, in its order, which is mostly that of the next one. */
    private record Lane(String[] resources, Sum[] sums) {}

    /**
     * @param cuts the instants: the first and the last are the ends of the whole
     */
    GrowthSums(Collection<Instant> cuts) {
        this.cuts = cuts.stream().mapToLong(GrowthSums::seconds).sorted().distinct().toArray();
    }

    /** An hour counts where it begins: a cut within an hour is one at the next. */
    private static long seconds(Instant cut) {
        return cut.getNano() == 0 ? cut.getEpochSecond() : cut.getEpochSecond() + 1;
    }

    /** All loose hours come before the packed ones. */
    void addLoose(Key key, Instant hour, BigDecimal amount) {
        int day = SamplePack.day(hour);
        int ofDay = (int) (Math.floorMod(hour.getEpochSecond(), 86_400L) / 3600);
        loose.computeIfAbsent(key, _ -> new HashMap<>()).merge(day, 1 << ofDay, (a, b) -> a | b);
        looseDays.add(new ProjectDay(key.project(), day));
        int piece = pieces(day)[ofDay];
        if (piece >= 0) {
            sum(key).add(piece, amount);
        }
    }

    /**
     * The hour of a day at which another piece begins, 24 when none does. Nothing when there are
     * several, or loose hours of the day: then every hour has to be looked at.
     */
    int splitOf(String project, int day) {
        if (looseDays.contains(new ProjectDay(project, day))) {
            return -1;
        }
        var pieces = pieces(day);
        int split = HOURS;
        for (int hour = 1; hour < HOURS; hour++) {
            if (pieces[hour] != pieces[hour - 1]) {
                if (split != HOURS) {
                    return -1;
                }
                split = hour;
            }
        }
        return split;
    }

    void addPacked(String project, String meter, int day, List<Grown> all) {
        var pieces = pieces(day);
        var lane = lane(project, meter, resources(all));
        var withLoose = looseDays.contains(new ProjectDay(project, day));
        for (int i = 0; i < lane.length; i++) {
            var grown = all.get(i);
            int newer =
                    withLoose
                            ? loose.getOrDefault(
                                            new Key(project, grown.resource(), meter), Map.of())
                                    .getOrDefault(day, 0)
                            : 0;
            add(lane[i], grown, newer, pieces);
        }
    }

    private static void add(Sum sum, Grown grown, int newer, int[] pieces) {
        int n = 0;
        var whole = grown.areWhole();
        for (int hour = 0; hour < HOURS; hour++) {
            if ((grown.hours() & 1 << hour) == 0) {
                continue;
            }
            if (pieces[hour] >= 0 && (newer & 1 << hour) == 0) {
                if (whole) {
                    sum.add(pieces[hour], grown.whole(n));
                } else {
                    sum.add(pieces[hour], grown.amount(n));
                }
            }
            n++;
        }
    }

    /** A day of which two sums are known: before its split, and from there on. */
    void addDay(String project, String meter, int day, DaySums known) {
        var lane = lane(project, meter, known.resources());
        var pieces = pieces(day);
        int before = pieces[0];
        int after = pieces[HOURS - 1];
        for (int i = 0; i < lane.length; i++) {
            if (before >= 0) {
                lane[i].add(before, known.before()[i]);
            }
            if (after >= 0) {
                lane[i].add(after, known.after()[i]);
            }
        }
    }

    /**
     * What a day comes to, in two parts.
     *
     * @param resources one array for all days that have the same
     */
    record DaySums(String[] resources, long[] before, long[] after) {

        static @Nullable DaySums of(String[] resources, List<Grown> all, int split) {
            var before = new long[all.size()];
            var after = new long[all.size()];
            for (int i = 0; i < before.length; i++) {
                var grown = all.get(i);
                if (!grown.areWhole()) {
                    return null;
                }
                int n = 0;
                for (int hour = 0; hour < HOURS; hour++) {
                    if ((grown.hours() & 1 << hour) != 0) {
                        var amount = grown.whole(n++);
                        if (Math.abs(amount) > Long.MAX_VALUE / HOURS) {
                            return null;
                        }
                        if (hour < split) {
                            before[i] += amount;
                        } else {
                            after[i] += amount;
                        }
                    }
                }
            }
            return new DaySums(resources, before, after);
        }
    }

    static String[] resources(List<Grown> all) {
        return all.stream().map(Grown::resource).toArray(String[]::new);
    }

    private Sum[] lane(String project, String meter, String[] resources) {
        var of = new Meter(project, meter);
        var known = lanes.get(of);
        if (known != null
                && (known.resources() == resources
                        || Arrays.equals(known.resources(), resources))) {
            return known.sums();
        }
        var own = new Sum[resources.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = sum(new Key(project, resources[i], meter));
        }
        lanes.put(of, new Lane(resources, own));
        return own;
    }

    /** For each hour of a day in which piece it begins, or -1. */
    private int[] pieces(int day) {
        return piecesOfDays.computeIfAbsent(
                day,
                _ -> {
                    var pieces = new int[HOURS];
                    for (int hour = 0; hour < HOURS; hour++) {
                        var found = Arrays.binarySearch(cuts, day * 86_400L + hour * 3600L);
                        var piece = found >= 0 ? found : -found - 2;
                        pieces[hour] = piece >= cuts.length - 1 ? -1 : piece;
                    }
                    return pieces;
                });
    }

    private Sum sum(Key key) {
        return sums.computeIfAbsent(key, _ -> new Sum(Math.max(0, cuts.length - 1)));
    }

    /** What counters came to; every meter has to be one of a measure. */
    List<CounterGrowth> counters() {
        List<CounterGrowth> counters = new ArrayList<>();
        Map<String, ProjectId> projects = new HashMap<>();
        var from =
                Arrays.stream(cuts)
                        .limit(Math.max(0, cuts.length - 1))
                        .mapToObj(Instant::ofEpochSecond)
                        .toList();
        sums.forEach((key, sum) ->
                counters.add(
                        new CounterGrowth(
                                projects.computeIfAbsent(key.project(), ProjectId::new),
                                key.resource(),
                                Measure.find(key.meter()).orElseThrow(),
                                from,
                                sum.whole,
                                sum.exact)));
        return counters;
    }

    private static final class Sum {

        private final long[] whole;
        private BigDecimal @Nullable [] exact;

        Sum(int pieces) {
            whole = new long[pieces];
        }

        void add(int piece, long amount) {
            long before = whole[piece];
            long after = before + amount;
            if (((before ^ after) & (amount ^ after)) < 0) {
                add(piece, BigDecimal.valueOf(amount));
            } else {
                whole[piece] = after;
            }
        }

        void add(int piece, BigDecimal amount) {
            if (exact == null) {
                exact = new BigDecimal[whole.length];
                Arrays.fill(exact, BigDecimal.ZERO);
            }
            exact[piece] = exact[piece].add(amount);
        }
    }
}
