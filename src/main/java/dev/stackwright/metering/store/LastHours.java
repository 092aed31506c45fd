package dev.stackwright.metering.store;

import dev.stackwright.metering.rollup.HourRollup;
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
     * What an hour of a series comes to. The samples themselves are not remembered: of a poll a
     * minute, an hour of them would fill any heap.
     */
    record Hour(Instant from, HourRollup figures) {

        /**
         * The hours that later samples change or begin, in time; nothing unless they come one after
         * the other, and soon, and as the store keeps them.
         */
        @Nullable List<Hour> followedBy(List<Point> later) {
            List<Hour> hours = new ArrayList<>(1);
            Hour last = this;
            for (var point : later) {
                var before = last.figures.lastAt();
                boolean follows =
                        point.at().isAfter(before)
                                && point.at().isBefore(before.plus(SILENT))
                                && point.volume().scale() <= DECIMALS;
                if (!follows) {
                    return null;
                }
                var from = HourStore.hour(point.at());
                if (!from.equals(last.from)) {
                    last = new Hour(from, HourRollup.of(last.end(), List.of(point)));
                } else {
                    if (!hours.isEmpty()) {
                        hours.removeLast();
                    }
                    last = new Hour(from, last.figures.with(point));
                }
                hours.add(last);
            }
            return hours;
        }

        private Point end() {
            return new Point(figures.lastAt(), figures.last(), "");
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

        /** Every key brings a text of its own for the same few projects: one of each is enough. */
        void remember(int slot, SeriesKey series, Hour hour) {
            var key = new SeriesKey(series.project().intern(), series.series());
            hours.computeIfAbsent(slot, _ -> new HashMap<>()).put(key, hour);
        }

        /** To be called when what was written is there to stay. */
        void committed() {
            putBack(turns, hours);
        }
    }
}
