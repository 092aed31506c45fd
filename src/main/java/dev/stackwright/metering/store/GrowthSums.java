package dev.stackwright.metering.store;

import dev.stackwright.metering.packed.HourPack.Grown;
import dev.stackwright.metering.packed.SamplePack;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Integer, int[]> piecesOfDays = new HashMap<>();

    /** A meter of a resource in a project. */
    record Key(String project, String resource, String meter) {}

    /**
     * @param amount between one instant and the next
     */
    record Piece(Key key, Instant from, BigDecimal amount) {}

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
        int ofDay = hourOfDay(hour);
        loose.computeIfAbsent(key, _ -> new HashMap<>()).merge(day, 1 << ofDay, (a, b) -> a | b);
        int piece = pieces(day)[ofDay];
        if (piece >= 0) {
            sum(key).add(piece, amount);
        }
    }

    static int hourOfDay(Instant hour) {
        return (int) (Math.floorMod(hour.getEpochSecond(), 86_400L) / 3600);
    }

    void addPacked(String project, String meter, int day, Grown grown) {
        var key = new Key(project, grown.resource(), meter);
        int newer = loose.isEmpty() ? 0 : loose.getOrDefault(key, Map.of()).getOrDefault(day, 0);
        var pieces = pieces(day);
        var sum = sum(key);
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

    /** What came to anything. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        sums.forEach((key, sum) -> {
            for (int i = 0; i + 1 < cuts.length; i++) {
                var amount = sum.of(i);
                if (amount.signum() != 0) {
                    pieces.add(new Piece(key, Instant.ofEpochSecond(cuts[i]), amount));
                }
            }
        });
        return pieces;
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

        BigDecimal of(int piece) {
            var sum = BigDecimal.valueOf(whole[piece]);
            return exact == null ? sum : sum.add(exact[piece]);
        }
    }
}
