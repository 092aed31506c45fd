package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.Fate;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The contract of drift on the OpenStack that clouds.yaml of this machine names. */
@NullUnmarked
@Tag("live")
class DriftLiveTest extends DriftContract {

    private static final Duration LONG = Duration.ofMinutes(4);

    private Clouds clouds;
    private Token token;

    @BeforeEach
    void signIn() {
        clouds =
                TestClouds.open(
                        TestClouds.real("aio-demo"),
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        _ -> {});
        var person = TestClouds.signInOf("aio-demo");
        token = clouds.all().getFirst().authenticate(person.credentials(), person.scope());
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
    }

    @Override
    Workshop shop() {
        return new Workshop(
                Databases.h2(), clouds, Workshop.vault(), token, Clock.systemUTC(), Fate.kind());
    }

    @Override
    Cloud cloud() {
        return clouds.all().getFirst();
    }

    @Override
    Token token() {
        return token;
    }

    @Override
    void work(Workshop shop) {
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
    }

    @Override
    void await(String what, BooleanSupplier condition) {
        var never = new CountDownLatch(1);
        var until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            try {
                assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    Object state() {
        var counts = new TreeMap<String, Long>();
        cloud().as(
                        token,
                        os -> {
                            for (var what :
                                    new String[] {
                                        "networks", "subnets", "routers", "ports", "security-groups"
                                    }) {
                                counts.put(
                                        what,
                                        ours(
                                                os.list(
                                                        Request.get(Service.NETWORK, "/" + what),
                                                        what.replace('-', '_'))));
                            }
                            counts.put(
                                    "servers",
                                    ours(
                                            os.list(
                                                    Request.get(Service.COMPUTE, "/servers/detail"),
                                                    "servers")));
                            counts.put(
                                    "volumes",
                                    ours(
                                            os.list(
                                                    Request.get(Service.VOLUME, "/volumes/detail"),
                                                    "volumes")));
                            return true;
                        });
        return counts;
    }

    private static long ours(java.util.List<tools.jackson.databind.JsonNode> listed) {
        return listed.stream().filter(one -> one.toString().contains("sw-h3-")).count();
    }
}
