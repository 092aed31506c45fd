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
    private final Set<ProjectDay> looseDays = new HashSet<>();
    private final Map<Integer, int[]> piecesOfDays = new HashMap<>();
    private final Map<Meter, Lane> lanes = new HashMap<>();

    /** Of which the last loose hour was; most come one after the other. */
    private @Nullable String lastProject;

    private int lastDay;

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
        var sum = sum(key);
        sum.isLoose(day, 1 << ofDay);
        if (day != lastDay || !key.project().equals(lastProject)) {
            looseDays.add(new ProjectDay(key.project(), day));
            lastProject = key.project();
            lastDay = day;
        }
        int piece = pieces(day)[ofDay];
        if (piece >= 0) {
            long whole = amount.longValue();
            if (BigDecimal.valueOf(whole).compareTo(amount) == 0) {
                sum.add(piece, whole);
            } else {
                sum.add(piece, amount);
            }
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
            int newer = withLoose ? lane[i].loose(day) : 0;
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
        return sums.computeIfAbsent(key, _ -> new Sum());
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
                                sum.first,
                                sum.whole,
                                sum.exact)));
        return counters;
    }

    /** What one counter came to, in those pieces only that anything is known of. */
    private static final class Sum {

        private static final long[] NOTHING = {};
        private static final int[] NO_DAYS = {};

        private int first;
        private long[] whole = NOTHING;
        private BigDecimal @Nullable [] exact;

        /** Days that have loose hours, each followed by which they are. */
        private int[] looseHours = NO_DAYS;

        void isLoose(int day, int hour) {
            for (int i = 0; i < looseHours.length; i += 2) {
                if (looseHours[i] == day) {
                    looseHours[i + 1] |= hour;
                    return;
                }
            }
            looseHours = Arrays.copyOf(looseHours, looseHours.length + 2);
            looseHours[looseHours.length - 2] = day;
            looseHours[looseHours.length - 1] = hour;
        }

        int loose(int day) {
            for (int i = 0; i < looseHours.length; i += 2) {
                if (looseHours[i] == day) {
                    return looseHours[i + 1];
                }
            }
            return 0;
        }

        void add(int piece, long amount) {
            int at = place(piece);
            long before = whole[at];
            long after = before + amount;
            if (((before ^ after) & (amount ^ after)) < 0) {
                add(piece, BigDecimal.valueOf(amount));
            } else {
                whole[at] = after;
            }
        }

        void add(int piece, BigDecimal amount) {
            int at = place(piece);
            if (exact == null) {
                exact = new BigDecimal[whole.length];
                Arrays.fill(exact, BigDecimal.ZERO);
            }
            exact[at] = exact[at].add(amount);
        }

        /** Where a piece lies, after making room for it. */
        private int place(int piece) {
            if (whole.length == 0) {
                first = piece;
                whole = new long[1];
            } else if (piece < first) {
                widen(piece, first + whole.length, first - piece);
            } else if (piece >= first + whole.length) {
                // Half as much again, so that pieces in a row do not copy at every step.
                widen(first, Math.max(piece + 1, first + whole.length * 3 / 2), 0);
            }
            return piece - first;
        }

        private void widen(int from, int to, int moved) {
            var wider = new long[to - from];
            System.arraycopy(whole, 0, wider, moved, whole.length);
            if (exact != null) {
                var more = new BigDecimal[wider.length];
                Arrays.fill(more, BigDecimal.ZERO);
                System.arraycopy(exact, 0, more, moved, exact.length);
                exact = more;
            }
            whole = wider;
            first = from;
        }
    }
}
