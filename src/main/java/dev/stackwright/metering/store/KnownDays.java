package dev.stackwright.metering.store;

import dev.stackwright.metering.packed.HourPack.Grown;
import dev.stackwright.metering.store.GrowthSums.DaySums;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What packs came to that were opened lately. A pack tells by its version whether it is still the
 * one that was opened; the days of a reader's time zone split each pack at the same hour, so that
 * two sums for each resource are all that has to be remembered.
 */
final class KnownDays {

    private static final int BYTES_OF_SUM = 16;
    private static final int BYTES_OF_DAY = 300;

    private final long most;
    private final LinkedHashMap<Key, Known> days = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /** A part of a pack, split at an hour. */
    record Key(String project, String cloud, String meter, int day, int part, int split) {}

    private record Known(long version, DaySums sums) {

        long bytes() {
            return BYTES_OF_DAY + (long) BYTES_OF_SUM * sums.before().length;
        }
    }

    /**
     * @param most so many bytes at most, roughly
     */
    KnownDays(long most) {
        this.most = most;
    }

    synchronized @Nullable DaySums find(Key key, long version) {
        var known = days.get(key);
        return known == null || known.version() != version ? null : known.sums();
    }

    synchronized void remember(Key key, long version, List<Grown> grown) {
        var sums = DaySums.of(shared(key, GrowthSums.resources(grown)), grown, key.split());
        if (sums == null) {
            return;
        }
        var known = new Known(version, sums);
        var before = days.put(key, known);
        bytes += known.bytes() - (before == null ? 0 : before.bytes());
        var oldest = days.entrySet().iterator();
        while (bytes > most && oldest.hasNext()) {
            Map.Entry<Key, Known> next = oldest.next();
            bytes -= next.getValue().bytes();
            oldest.remove();
        }
    }

    /** Most days of a project have the same resources: one array serves them all. */
    private String[] shared(Key key, String[] resources) {
        for (int apart = -1; apart <= 1; apart += 2) {
            var near =
                    days.get(
                            new Key(
                                    key.project(),
                                    key.cloud(),
                                    key.meter(),
                                    key.day() + apart,
                                    key.part(),
                                    key.split()));
            if (near != null && Arrays.equals(near.sums().resources(), resources)) {
                return near.sums().resources();
            }
        }
        return resources;
    }
}
