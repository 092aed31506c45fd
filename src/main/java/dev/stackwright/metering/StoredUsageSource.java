package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.store.CloudUsageStore;
import dev.stackwright.metering.store.UsageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Reads the pieces from the store and leaves out what counts for nothing. */
@Service
class StoredUsageSource implements UsageSource {

    private final UsageStore ofProject;
    private final CloudUsageStore ofCloud;
    private final MeteringSettings settings;

    StoredUsageSource(UsageStore ofProject, CloudUsageStore ofCloud, MeteringSettings settings) {
        this.ofProject = ofProject;
        this.ofCloud = ofCloud;
        this.settings = settings;
    }

    @Override
    public List<Interval> intervals(Viewer viewer, Period period) {
        return ofProject.intervals(viewer, period).stream().filter(this::counts).toList();
    }

    @Override
    public List<Growth> growth(Viewer viewer, Period period, Collection<Measure> counters) {
        List<Growth> all = new ArrayList<>();
        for (var measure : counters) {
            for (var grown : ofProject.growthByHour(viewer, period, measure.id())) {
                all.add(
                        new Growth(
                                viewer.project(),
                                grown.resource(),
                                measure,
                                Objects.requireNonNull(grown.hour()),
                                measure.amount(grown.amount())));
            }
        }
        return all;
    }

    @Override
    public List<MeteredResource> resources(Viewer viewer, Period period) {
        return ofProject.resources(viewer, period);
    }

    @Override
    public List<Interval> intervalsOfCloud(Viewer viewer, Period period) {
        return ofCloud.intervals(administrator(viewer).cloud(), period).stream()
                .filter(this::counts)
                .toList();
    }

    @Override
    public List<Growth> growthOfCloud(Viewer viewer, Period period, Collection<Measure> counters) {
        return counters.isEmpty()
                ? List.of()
                : ofCloud.growth(administrator(viewer).cloud(), period, counters);
    }

    private static Viewer administrator(Viewer viewer) {
        if (!viewer.admin()) {
            throw new IllegalArgumentException(
                    "Only an administrator may read the usage of a whole cloud: " + viewer.user());
        }
        return viewer;
    }

    /** Whether an instance in this state occupies anything that is counted. */
    private boolean counts(Interval interval) {
        return interval.kind() != ResourceKind.INSTANCE
                || !settings.freeStates().contains(interval.state());
    }
}
