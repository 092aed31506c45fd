package dev.stackwright.metering.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.Diagnostics;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Measure;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.rollup.Integration;
import dev.stackwright.metering.store.MeteringDatabase;
import dev.stackwright.metering.store.MeteringStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pollsters against the OpenStack that {@code clouds.yaml} of this machine names. */
@Tag("live")
class PollstersLiveTest {

    private static final Duration EVERY = Duration.ofMinutes(5);

    private Cloud cloud;
    private Account account;
    private MeteringStore store;

    @BeforeEach
    void cloud() {
        var admin = TestClouds.signInOf("aio-admin");
        var definition =
                TestClouds.real("aio-demo").withService(admin.credentials(), admin.scope());
        cloud = TestClouds.open(definition).all().getFirst();
        account = cloud.serviceAccount().orElseThrow();
        store = new MeteringStore(new MeteringDatabase(Databases.h2()));
    }

    @Test
    void instanceHoursAreThoseThatNovaItselfCounts() {
        var now = instant().truncatedTo(ChronoUnit.SECONDS);
        poll(Existence.INSTANCES, now, null);

        for (Interval interval : store.open(name(), ResourceKind.INSTANCE)) {
            var nova = nova(interval, now);
            var period = new Period(now.minus(Duration.ofHours(1)), now);
            var hours = new Integration(Measure.INSTANCE, List.of(period), now);
            hours.add(interval);
            if (nova != null) {
                assertThat(hours.amounts().getFirst().doubleValue())
                        .as(interval.resource())
                        .isCloseTo(nova.path("hours").doubleValue(), within(0.003));
                assertThat(interval.size().vcpus().intValue())
                        .isEqualTo(nova.path("vcpus").intValue());
            }
        }
    }

    private @org.jspecify.annotations.Nullable JsonNode nova(Interval interval, Instant now) {
        var usage =
                account.as(os ->
                        os.call(
                                        Request.get(
                                                        Service.COMPUTE,
                                                        "/os-simple-tenant-usage/{}",
                                                        interval.project())
                                                .query(
                                                        "start",
                                                        now.minus(Duration.ofHours(1))
                                                                .toString()
                                                                .replace("Z", ""))
                                                .query("end", now.toString().replace("Z", "")))
                                .body());
        for (var server : usage.path("tenant_usage").path("server_usages")) {
            if (server.path("instance_id").asString().equals(interval.resource())) {
                return server;
            }
        }
        return null;
    }

    @Test
    void aVolumeIsSeenWhileItIsThereAndClosedWhenItIsGone() {
        var id =
                account.as(os ->
                        os.call(
                                        Request.post(Service.VOLUME, "/volumes")
                                                .body(
                                                        Map.of(
                                                                "volume",
                                                                Map.of(
                                                                        "name",
                                                                        "sw-metering-poll",
                                                                        "size",
                                                                        1))))
                                .body()
                                .path("volume")
                                .path("id")
                                .asString());
        try {
            awaitStatus(id, "available");
            var first = instant();
            poll(Existence.VOLUMES, first, null);
            assertThat(volume(id)).hasSize(1);
            assertThat(volume(id).getFirst().size().gb()).isEqualByComparingTo("1");

            delete(id);
            awaitStatus(id, "gone");
            poll(Existence.VOLUMES, instant(), first);

            assertThat(volume(id)).isEmpty();
        } finally {
            delete(id);
        }
    }

    @Test
    void everyListCanBeReadAndFindsNothingNewTheSecondTime() {
        for (var existence : Existence.values()) {
            var first = instant();
            poll(existence, first, null);
            var open = store.open(name(), existence.kind());

            poll(existence, instant(), first);

            assertThat(store.open(name(), existence.kind()))
                    .extracting(Interval::from)
                    .containsAll(open.stream().map(Interval::from).toList());
        }
        assertThat(store.open(name(), ResourceKind.IMAGE)).isNotEmpty();
        assertThat(store.open(name(), ResourceKind.ROUTER)).isNotEmpty();
    }

    @Test
    void countersOfRunningInstancesAreRead() {
        var pollster = new DiagnosticsPollster(new Diagnostics(store), EVERY);

        pollster.poll(name(), account, instant(), null);
        pollster.poll(name(), account, instant(), null);
    }

    private List<Interval> volume(String id) {
        return store.open(name(), ResourceKind.VOLUME).stream()
                .filter(interval -> interval.resource().equals(id))
                .toList();
    }

    private void poll(
            Existence existence, Instant at, @org.jspecify.annotations.Nullable Instant previous) {
        new ExistencePollster(existence, store, EVERY).poll(name(), account, at, previous);
    }

    private void awaitStatus(String id, String wanted) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> status(id).equals(wanted));
    }

    private String status(String id) {
        return account.as(os ->
                os.find(Request.get(Service.VOLUME, "/volumes/{}", id))
                        .map(a -> a.body().path("volume").path("status").asString())
                        .orElse("gone"));
    }

    private void delete(String id) {
        account.as(os -> os.find(Request.delete(Service.VOLUME, "/volumes/{}", id)).isPresent());
    }

    private CloudName name() {
        return cloud.name();
    }

    private static Instant instant() {
        return java.time.Clock.systemUTC().instant();
    }
}
