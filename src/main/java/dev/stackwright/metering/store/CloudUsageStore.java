package dev.stackwright.metering.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.CounterGrowth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the usage of all projects of a cloud: administrators see it, nobody else. */
@Component
public class CloudUsageStore {

    private final MeteringDatabase database;
    private final StoredHours hours;

    public CloudUsageStore(MeteringDatabase database) {
        this.database = database;
        this.hours = new StoredHours(database);
    }

    /** The intervals of every project that reach into a period. */
    public List<Interval> intervals(CloudName cloud, Period period) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(cloud.value());
        // The index is by cloud, kind and end: naming all kinds lets it be used.
        Arrays.stream(ResourceKind.values()).map(Enum::name).forEach(arguments::add);
        arguments.add(Ids.time(period.from()));
        arguments.add(Ids.time(period.to()));
        return database.jdbc()
                .query(
                        Rows.INTERVALS
                                + "where cloud = ? and kind in ("
                                + MeteringStore.marks(ResourceKind.values().length)
                                + ") and to_ts > ? and from_ts < ?",
                        (row, _) -> Rows.interval(row),
                        arguments.toArray());
    }

    /**
     * How much counters grew in every project.
     *
     * @param cuts instants at which the period is cut; an hour counts where it begins
     */
    public List<CounterGrowth> growth(
            CloudName cloud,
            Period period,
            Collection<Measure> counters,
            Collection<Instant> cuts) {
        return hours.grown(null, cloud.value(), counters, period, cuts);
    }
}
