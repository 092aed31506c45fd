package dev.stackwright.metering.store;

import dev.stackwright.metering.Measure;
import dev.stackwright.metering.MeterType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which counter of which resource the series of a project are. A series never becomes another one,
 * so that what was read once holds for good; only new ones come. Some twenty bytes for each, since
 * a project may have a hundred thousand.
 */
final class SeriesNames {

    private static final byte NO_COUNTER = -1;
    private static final Measure[] MEASURES = Measure.values();

    private final long[] ids;
    private final int[] resources;
    private final byte[] measures;
    private final boolean[] cumulative;
    private final String[] names;

    /** A series as the database has it. */
    record Row(long id, String cloud, String resource, String meter, MeterType type) {}

    /**
     * The counter that a series is.
     *
     * @param cumulative whether it grew by the increase of an hour, and not by its sum
     */
    record Counter(String resource, Measure measure, boolean cumulative) {}

    /**
     * @param cloud series of other clouds count for nothing
     */
    SeriesNames(String cloud, List<Row> rows) {
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(Row::id));
        int size = sorted.size();
        ids = new long[size];
        resources = new int[size];
        measures = new byte[size];
        cumulative = new boolean[size];
        Map<String, Integer> known = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            var row = sorted.get(i);
            ids[i] = row.id();
            resources[i] =
                    known.computeIfAbsent(
                            row.resource(),
                            name -> {
                                all.add(name);
                                return all.size() - 1;
                            });
            measures[i] = row.cloud().equals(cloud) ? measure(row.meter()) : NO_COUNTER;
            cumulative[i] = row.type() == MeterType.CUMULATIVE;
        }
        names = all.toArray(String[]::new);
    }

    private static byte measure(String meter) {
        return Measure.find(meter)
                .filter(measure -> !measure.integrated())
                .map(measure -> (byte) measure.ordinal())
                .orElse(NO_COUNTER);
    }

    boolean knows(long id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    /** Nothing when it is no counter, one of another cloud, or not known. */
    @Nullable Counter counter(long id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 || measures[at] == NO_COUNTER
                ? null
                : new Counter(names[resources[at]], MEASURES[measures[at]], cumulative[at]);
    }

    /** How many there are, for keeping no more than fit. */
    int size() {
        return ids.length;
    }
}
