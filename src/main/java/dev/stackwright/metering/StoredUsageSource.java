package dev.stackwright.metering;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.store.CloudUsageStore;
import dev.stackwright.metering.store.UsageStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Service;

/** Reads the pieces from the store and leaves out what counts for nothing. */
@Service
class StoredUsageSource implements UsageSource {

    private static final List<Measure> COUNTERS =
            Arrays.stream(Measure.values()).filter(measure -> !measure.integrated()).toList();

    private final UsageStore ofProject;
    private final CloudUsageStore ofCloud;
    private final MeteringSettings settings;

    StoredUsageSource(UsageStore ofProject, CloudUsageStore ofCloud, MeteringSettings settings) {
        this.ofProject = ofProject;
        this.ofCloud = ofCloud;
        this.settings = settings;
    }

    @Override
    public Ledger ledger(Viewer viewer, Period whole, Collection<Instant> cuts) {
        return new Ledger(
                whole,
                () -> ofProject.intervals(viewer, whole).stream().filter(this::counts).toList(),
                () -> ofProject.resources(viewer, whole),
                () -> ofProject.growth(viewer, whole, COUNTERS, cuts),
                (period, counters) -> ofProject.growth(viewer, period, counters, hours(period)));
    }

    private static List<Instant> hours(Period period) {
        return Ledger.cuts(period.cut(Granularity.HOUR, ZoneOffset.UTC));
    }

    @Override
    public Ledger ledgerOfCloud(Viewer viewer, Period whole, Collection<Instant> cuts) {
        var cloud = administrator(viewer).cloud();
        return new Ledger(
                whole,
                () -> ofCloud.intervals(cloud, whole).stream().filter(this::counts).toList(),
                List::of,
                () -> ofCloud.growth(cloud, whole, COUNTERS, cuts),
                (period, counters) -> ofCloud.growth(cloud, period, counters, hours(period)));
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
