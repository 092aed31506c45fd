package dev.stackwright.metering.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Growth;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Reads the usage of all projects of a cloud: administrators see it, nobody else. */
@Component
public class CloudUsageStore {

    private final MeteringDatabase database;

    public CloudUsageStore(MeteringDatabase database) {
        this.database = database;
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

    /** How much counters grew in every project, hour by hour. */
    public List<Growth> growth(CloudName cloud, Period period, Collection<Measure> counters) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(cloud.value());
        counters.stream().map(Measure::id).forEach(arguments::add);
        arguments.add(Ids.time(period.from()));
        arguments.add(Ids.time(period.to()));
        return database.jdbc()
                .query(
                        "select s.project_id, s.resource_id, s.meter, h.hr, sum(case when s.type ="
                                + " 'CUMULATIVE' then h.increase else h.total end) as grown from"
                                + " metered_series s join sample_hour h on h.project_id ="
                                + " s.project_id and h.series_id = s.series_id where s.cloud = ?"
                                + " and s.project_id <> ''"
                                + " and s.meter in ("
                                + MeteringStore.marks(counters.size())
                                + ") and h.hr >= ? and h.hr < ? group by s.project_id,"
                                + " s.resource_id, s.meter, h.hr",
                        (row, _) -> {
                            var measure = Measure.find(row.getString("meter")).orElseThrow();
                            return new Growth(
                                    new ProjectId(
                                            Objects.requireNonNull(row.getString("project_id"))),
                                    row.getString("resource_id"),
                                    measure,
                                    Rows.instant(row, "hr"),
                                    measure.amount(Rows.number(row, "grown")));
                        },
                        arguments.toArray());
    }
}
