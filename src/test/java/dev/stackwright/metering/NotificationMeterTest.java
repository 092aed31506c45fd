package dev.stackwright.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.store.CloudUsageStore;
import dev.stackwright.metering.store.MeteringDatabase;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.metering.store.UsageStore;
import dev.stackwright.notification.Notification;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Notifications in, figures out. */
class NotificationMeterTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Viewer ALICE =
            new Viewer(NORTH, new ProjectId("shop"), new UserId("alice"), Set.of("member"), false);
    private static final MeteringSettings SETTINGS =
            new MeteringSettings(
                    null,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    false,
                    Duration.ofDays(90),
                    Duration.ofDays(400),
                    Duration.ofHours(6),
                    List.of("shelved_offloaded"),
                    Duration.ofHours(1));

    /** What the demo cloud hands over when it starts for the first time. */
    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void thirtyDaysOfHistoryComeInAtOnceAndComeOutRight(String kind) {
        var database =
                new MeteringDatabase(kind.equals("H2") ? Databases.h2() : Databases.postgres());
        var meter = new NotificationMeter(new MeteringStore(database), SETTINGS, clock());
        var usage =
                new ProjectUsage(
                        new StoredUsageSource(
                                new UsageStore(database), new CloudUsageStore(database), SETTINGS),
                        new UsageStore(database),
                        SETTINGS,
                        clock());
        var history = history();
        long began = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int from = 0; from < history.size(); from += 500) {
            meter.received(history.subList(from, Math.min(history.size(), from + 500)));
        }
        System.out.printf(
                "%s took in %d notifications in %d ms, %d ms of them in this thread%n",
                kind,
                history.size(),
                (System.nanoTime() - began) / 1_000_000,
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000);

        var month = new Period(NOW.minus(Duration.ofDays(30)), NOW);
        var totals = usage.totals(ALICE, month);
        // Twenty instances of 2 vCPUs: each lives 30 days less a day for each before it.
        assertThat(totals.get(Measure.INSTANCE)).isEqualByComparingTo("9840");
        assertThat(totals.get(Measure.VCPUS)).isEqualByComparingTo("19680");
        assertThat(usage.resources(ALICE, month)).hasSize(20);
        meter.received(history.subList(0, 500));
        assertThat(usage.totals(ALICE, month)).isEqualTo(totals);
    }

    private static MovableClock clock() {
        return new MovableClock(NOW);
    }

    /** Twenty instances, begun a day apart, each with an audit every two hours. */
    private static List<Notification> history() {
        List<Notification> history = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            var launched = NOW.minus(Duration.ofDays(30 - i));
            history.add(notification("create.end", i, launched, launched));
            for (var at = launched.plusSeconds(7200); !at.isAfter(NOW); at = at.plusSeconds(7200)) {
                history.add(notification("exists", i, at, launched));
            }
        }
        history.sort(Comparator.comparing(Notification::timestamp));
        return history;
    }

    private static Notification notification(
            String verb, int server, Instant at, Instant launched) {
        return new Notification(
                NORTH,
                verb + " " + server + " " + at,
                "nova",
                "info",
                "compute.instance." + verb,
                "compute.c1",
                at,
                JsonMapper.shared()
                        .valueToTree(
                                Map.ofEntries(
                                        Map.entry("instance_id", "server-" + server),
                                        Map.entry("tenant_id", "shop"),
                                        Map.entry("user_id", "alice"),
                                        Map.entry("display_name", "web_" + server),
                                        Map.entry("state", "active"),
                                        Map.entry("vcpus", 2),
                                        Map.entry("memory_mb", 4096),
                                        Map.entry("root_gb", 20),
                                        Map.entry("ephemeral_gb", 0),
                                        Map.entry("image_ref_url", "http://glance/images/cirros"),
                                        Map.entry("created_at", launched.toString()),
                                        Map.entry("launched_at", launched.toString()))),
                new ProjectId("shop"),
                new UserId("alice"),
                "req-" + server);
    }
}
