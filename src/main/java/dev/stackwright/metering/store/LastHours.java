package dev.stackwright.metering.store;

import dev.stackwright.metering.rollup.Point;
import dev.stackwright.metering.store.MeteringStore.Resource;
import dev.stackwright.metering.store.MeteringStore.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of the series that this process wrote lately, so that a sample which follows on
 * them needs no look at the store. It is a memory and nothing more: what it does not know is read,
 * and a store without it comes to the same figures.
 *
 * <p>It holds as long as nobody else wrote. Writers of one resource take turns at its slot, and a
 * slot says who wrote last: where that was somebody else, the memory of the slot is gone. What a
 * writer takes out comes back only when it committed and nobody had a turn at the slot meanwhile,
 * so that a transaction that failed leaves a gap and never a falsehood.
 */
final class LastHours {

    static final int SLOTS = 1024;

    private static final int SERIES_IN_SLOT = 100;

    /** What was silent for so long may have been packed or forgotten. */
    private static final Duration SILENT = Duration.ofHours(12);

    /** As many decimals as the store keeps. */
    private static final int DECIMALS = 12;

    private final List<Slot> slots = new ArrayList<>(SLOTS);

    LastHours() {
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new Slot());
        }
    }

    /**
     * All samples of the last hour of a series, in time, and the one before that hour if there is
     * one.
     */
    record Hour(@Nullable Point before, List<Point> points) {

        /** The last hour of what is known; nothing when it cannot be remembered as it is stored. */
        static @Nullable Hour of(Collection<Point> known) {
            var points = known.stream().sorted(Point.IN_TIME).toList();
            if (points.isEmpty()) {
                return null;
            }
            var hour = HourStore.hour(points.getLast().at());
            int first = points.size();
            while (first > 0 && !points.get(first - 1).at().isBefore(hour)) {
                first--;
            }
            var before = first == 0 ? null : points.get(first - 1);
            return new Hour(before, List.copyOf(points.subList(first, points.size())));
        }

        /** With later samples behind it; nothing unless they come one after the other, and soon. */
        @Nullable List<Point> followedBy(List<Point> later) {
            List<Point> all = new ArrayList<>(points.size() + later.size() + 1);
            if (before != null) {
                all.add(before);
            }
            all.addAll(points);
            Instant last = points.getLast().at();
            for (var point : later) {
                boolean follows =
                        point.at().isAfter(last)
                                && point.at().isBefore(last.plus(SILENT))
                                && point.volume().scale() <= DECIMALS;
                if (!follows) {
                    return null;
                }
                last = point.at();
                all.add(point);
            }
            return all;
        }
    }

    private static final class Slot {

        private long turn;
        private final LinkedHashMap<SeriesKey, Hour> hours =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<SeriesKey, Hour> eldest) {
                        return size() > SERIES_IN_SLOT;
                    }
                };
    }

    /**
     * The turn of a writer that holds the slots of some resources.
     *
     * @param own those of the slots that nobody else wrote to
     */
    synchronized Turn turn(Map<Resource, Integer> held, Collection<Integer> own) {
        Map<Integer, Long> turns = new HashMap<>();
        for (int number : new HashSet<>(held.values())) {
            var slot = slots.get(number);
            turns.put(number, ++slot.turn);
            if (!own.contains(number)) {
                slot.hours.clear();
            }
        }
        return new Turn(held, turns);
    }

    synchronized void forget() {
        for (var slot : slots) {
            slot.turn++;
            slot.hours.clear();
        }
    }

    private synchronized @Nullable Hour take(int slot, SeriesKey series) {
        return slots.get(slot).hours.remove(series);
    }

    private synchronized void putBack(
            Map<Integer, Long> turns, Map<Integer, Map<SeriesKey, Hour>> hours) {
        hours.forEach((number, some) -> {
            var slot = slots.get(number);
            if (turns.getOrDefault(number, -1L) == slot.turn) {
                slot.hours.putAll(some);
            }
        });
    }

    /** What one writer takes out, and puts back as it is after its samples. */
    final class Turn {

        private final Map<Resource, Integer> held;
        private final Map<Integer, Long> turns;
        private final Map<Integer, Map<SeriesKey, Hour>> hours = new HashMap<>();

        private Turn(Map<Resource, Integer> held, Map<Integer, Long> turns) {
            this.held = held;
            this.turns = turns;
        }

        int slotOf(Resource resource) {
            return Objects.requireNonNull(held.get(resource));
        }

        @Nullable Hour take(int slot, SeriesKey series) {
            return LastHours.this.take(slot, series);
        }

        void remember(int slot, SeriesKey series, @Nullable Hour hour) {
            if (hour != null) {
                hours.computeIfAbsent(slot, _ -> new HashMap<>()).put(series, hour);
            }
        }

        /** To be called when what was written is there to stay. */
        void committed() {
            putBack(turns, hours);
        }
    }
}
