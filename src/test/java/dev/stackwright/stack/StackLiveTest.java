package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CallObserver;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.Fate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stacks on the OpenStack that clouds.yaml of this machine names. */
@NullUnmarked
@Tag("live")
class StackLiveTest {

    private static final Duration LONG = Duration.ofMinutes(4);

    private Clouds clouds;
    private Token token;
    private Map<String, Long> before;
    private CallObserver watcher = _ -> {};

    @BeforeEach
    void signIn() {
        var definition = TestClouds.real("aio-demo");
        clouds =
                TestClouds.open(
                        definition,
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        call -> watcher.called(call));
        var person = TestClouds.signInOf("aio-demo");
        token = clouds.all().getFirst().authenticate(person.credentials(), person.scope());
        before = count();
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
    }

    /** What of ours is on the cloud: everything that carries our mark or a name of ours. */
    private Map<String, Long> count() {
        var counts = new TreeMap<String, Long>();
        clouds.all()
                .getFirst()
                .as(
                        token,
                        os -> {
                            for (var what :
                                    new String[] {
                                        "networks",
                                        "subnets",
                                        "routers",
                                        "ports",
                                        "floatingips",
                                        "security-groups"
                                    }) {
                                counts.put(
                                        what,
                                        os
                                                .list(
                                                        Request.get(Service.NETWORK, "/" + what),
                                                        what.replace('-', '_'))
                                                .stream()
                                                .filter(o -> o.toString().contains("stackwright:"))
                                                .filter(o -> o.toString().contains("sw-h7-"))
                                                .count());
                            }
                            counts.put(
                                    "servers",
                                    os
                                            .list(
                                                    Request.get(Service.COMPUTE, "/servers/detail"),
                                                    "servers")
                                            .stream()
                                            .filter(o -> o.toString().contains("sw-h7-"))
                                            .count());
                            counts.put(
                                    "volumes",
                                    os
                                            .list(
                                                    Request.get(Service.VOLUME, "/volumes/detail"),
                                                    "volumes")
                                            .stream()
                                            .filter(o -> o.toString().contains("sw-h7-"))
                                            .count());
                            counts.put(
                                    "credentials",
                                    new dev.stackwright.cloud.ApplicationCredentials(os)
                                            .list().stream()
                                                    .filter(o ->
                                                            o.path("description")
                                                                    .asString("")
                                                                    .contains("sw-h7-"))
                                                    .count());
                            return true;
                        });
        return counts;
    }

    @Test
    void createsUpdatesReplacesAndDeletesAndTheCloudIsAsItWas() {
        var shop =
                new Workshop(
                        Databases.h2(),
                        clouds,
                        Workshop.vault(),
                        token,
                        Clock.systemUTC(),
                        Fate.kind());
        var name = "sw-h7-" + UUID.randomUUID().toString().substring(0, 6);

        var stack = run(shop, shop.preview(null, name, Templates.WALK, Map.of()));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("CREATE_COMPLETE");
        assertThat(shop.stacks.outputs(shop.viewer, stack))
                .allSatisfy(output -> assertThat(output.error()).isEmpty());
        assertThat(count())
                .containsEntry("servers", before.get("servers") + 1)
                .containsEntry("volumes", before.get("volumes") + 1)
                .containsEntry("networks", before.get("networks") + 1)
                .containsEntry("credentials", before.get("credentials"));
        var server = shop.physicalId(stack, "server");

        run(
                shop,
                shop.preview(
                        stack,
                        name,
                        Templates.WALK,
                        Map.of("text", "second", "size", "2", "flavor", "m1.small")));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(shop.physicalId(stack, "server")).isEqualTo(server);

        run(
                shop,
                shop.preview(
                        stack,
                        name,
                        Templates.WALK,
                        Map.of("text", "second", "size", "2", "secret", "another")));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(shop.physicalId(stack, "server")).isNotEqualTo(server);
        assertThat(count()).containsEntry("servers", before.get("servers") + 1);

        run(shop, shop.previewDelete(stack));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("DELETE_COMPLETE");
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aNewWorkerGoesOnAfterDeathWithNothingLeakedOrDoubled() {
        var database = Databases.h2();
        var vault = Workshop.vault();
        var name = "sw-h7-" + UUID.randomUUID().toString().substring(0, 6);
        var shop = new Workshop(database, clouds, vault, token, Clock.systemUTC(), Fate.kind());
        var plan = shop.preview(null, name, Templates.WALK, Map.of());
        var stack = ((ApplyOutcome.Started) shop.apply(plan)).stack();
        diesAndGoesOn(shop, 25);
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("CREATE_COMPLETE");
        assertThat(count())
                .containsEntry("servers", before.get("servers") + 1)
                .containsEntry("volumes", before.get("volumes") + 1)
                .containsEntry("routers", before.get("routers") + 1)
                .containsEntry("floatingips", before.get("floatingips") + 1);

        shop.apply(shop.previewDelete(stack));
        diesAndGoesOn(shop, 8);
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("DELETE_COMPLETE");
        assertThat(count()).isEqualTo(before);
        assertThat(
                        new JdbcTemplate(database)
                                .queryForObject("select count(*) from credential", Integer.class))
                .isZero();
    }

    /** Dies once, when that many calls were answered, and is followed by a new worker. */
    private void diesAndGoesOn(Workshop shop, int calls) {
        var left = new java.util.concurrent.atomic.AtomicInteger(calls);
        watcher =
                _ -> {
                    if (left.decrementAndGet() == 0) {
                        throw new dev.stackwright.execution.SimulatedDeath("after a call");
                    }
                };
        boolean survived = shop.liveWorker().turnUntilIdle(LONG);
        watcher = _ -> {};
        assertThat(survived).isFalse();
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
    }

    private static UUID run(Workshop shop, StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
        return ((ApplyOutcome.Started) outcome).stack();
    }
}
