package dev.stackwright.cloud;

import static dev.stackwright.cloud.Service.COMPUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openstack4j.openstack.internal.OSClientSession;
import tools.jackson.databind.json.JsonMapper;

/** Whose session is it? OpenStack4j forgets to ask. */
class BindingTest {

    private static final Request WHO = Request.get(COMPUTE, "/who");

    private final StubCloud stub = new StubCloud();

    @BeforeEach
    void sayWhoAsked() {
        stub.on(
                "GET /compute/v2.1/who",
                exchange ->
                        StubCloud.reply(
                                exchange,
                                200,
                                "application/json",
                                "{\"who\":\"" + stub.userOf(exchange) + "\"}"));
    }

    @AfterEach
    void close() throws Exception {
        stub.close();
    }

    @Test
    void aThousandThreadsOfThreeUsersNeverMixThemUp() throws Exception {
        var cloud = stub.cloud();
        var tokens =
                List.of("alice", "bob", "charlie").stream()
                        .map(name -> cloud.authenticate(StubCloud.password(name), Scope.UNSCOPED))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks =
                    java.util.stream.IntStream.range(0, 1000)
                            .<Callable<Boolean>>mapToObj(
                                    number -> () -> asksAsItself(cloud, tokens.get(number % 3)))
                            .toList();
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        }
    }

    @Test
    void pooledThreadsCarryNobodyOver() throws Exception {
        var cloud = stub.cloud();
        var tokens =
                List.of("alice", "bob", "charlie").stream()
                        .map(name -> cloud.authenticate(StubCloud.password(name), Scope.UNSCOPED))
                        .toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks =
                    java.util.stream.IntStream.range(0, 300)
                            .<Callable<Boolean>>mapToObj(number ->
                                    () ->
                                            asksAsItself(
                                                    cloud,
                                                    tokens.get(
                                                            ThreadLocalRandom.current()
                                                                    .nextInt(3))))
                            .toList();
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        }
    }

    private static boolean asksAsItself(Cloud cloud, Token token) {
        for (var i = 0; i < 3; i++) {
            var who =
                    cloud.as(
                            token,
                            os -> {
                                Thread.yield();
                                return os.call(WHO).body().path("who").asString();
                            });
            if (!who.equals(token.userName())) {
                return false;
            }
        }
        return true;
    }

    @Test
    void twoCloudsAtOnceKeepTheirUsersApart() throws Exception {
        try (var other = new StubCloud()) {
            other.on("GET /compute/v2.1/who", 200, "{\"who\":\"the other cloud\"}");
            var here = stub.cloud();
            var there = other.cloud();
            var alice = here.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
            var bob = there.authenticate(StubCloud.password("bob"), Scope.UNSCOPED);

            assertThat(here.<String>as(alice, os -> os.call(WHO).body().path("who").asString()))
                    .isEqualTo("alice");
            assertThat(there.<String>as(bob, os -> os.call(WHO).body().path("who").asString()))
                    .isEqualTo("the other cloud");
            assertThat(here.<String>as(alice, os -> os.call(WHO).body().path("who").asString()))
                    .isEqualTo("alice");
        }
    }

    @Test
    void nothingIsLeftOnTheThread() {
        var cloud = stub.cloud();
        var alice = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
        cloud.as(alice, os -> os.call(WHO));

        var left = (OSClientSession.OSClientSessionV3) OSClientSession.getCurrent();

        assertThat(left.getTokenId()).isNull();
        assertThatThrownBy(() -> left.compute().servers().list())
                .isInstanceOf(RuntimeException.class);
        assertThat(stub.seen).noneMatch(line -> line.contains("/servers"));
    }

    @Test
    void nothingIsLeftAfterAFailureEither() {
        var cloud = stub.cloud();
        var alice = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
        assertThatThrownBy(() ->
                        cloud.as(
                                alice,
                                os -> {
                                    throw new IllegalStateException("on purpose");
                                }))
                .hasMessage("on purpose");

        assertThat(((OSClientSession.OSClientSessionV3) OSClientSession.getCurrent()).getTokenId())
                .isNull();
        assertThat(cloud.<String>as(alice, os -> os.call(WHO).body().path("who").asString()))
                .isEqualTo("alice");
    }

    @Test
    void theSameUserMayNestAndAnotherMayNot() {
        var cloud = stub.cloud();
        var alice = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
        var bob = cloud.authenticate(StubCloud.password("bob"), Scope.UNSCOPED);

        assertThat(
                        cloud.<String>as(
                                alice,
                                outer ->
                                        cloud.as(
                                                alice,
                                                os -> os.call(WHO).body().path("who").asString())))
                .isEqualTo("alice");
        assertThatThrownBy(() -> cloud.as(alice, outer -> cloud.as(bob, os -> os.call(WHO))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acts as")
                .hasMessageNotContaining(alice.id())
                .hasMessageNotContaining(bob.id());
    }

    @Test
    void whatIsLentIsNotKept() throws Exception {
        var cloud = stub.cloud();
        var alice = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
        var kept = new AtomicReference<OpenStack>();
        cloud.as(
                alice,
                os -> {
                    kept.set(os);
                    return true;
                });

        assertThatThrownBy(() -> kept.get().call(WHO)).isInstanceOf(IllegalStateException.class);
        cloud.as(
                alice,
                os -> {
                    var other = new AtomicReference<Throwable>();
                    var thread =
                            Thread.startVirtualThread(() -> {
                                try {
                                    os.call(WHO);
                                } catch (RuntimeException refused) {
                                    other.set(refused);
                                }
                            });
                    try {
                        thread.join();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    assertThat(other.get()).isInstanceOf(IllegalStateException.class);
                    return true;
                });
    }

    @Test
    void aTokenOpensItsOwnCloudOnly() {
        var alice = stub.tokenOf("alice");
        var other =
                stub.cloud(
                        CloudDefinition.at(
                                new dev.stackwright.kernel.CloudName("other"), stub.address()),
                        CloudSettings.STANDARD,
                        Clock.systemUTC());

        assertThatThrownBy(() -> other.as(alice, os -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(alice.id());
    }

    @Test
    void aTokenSurvivesBeingWrittenAndReadAndNeverPrintsItsId() {
        var alice = stub.tokenOf("alice");
        var read = Token.read(alice.write());

        assertThat(read).isEqualTo(alice);
        assertThat(alice.toString()).doesNotContain(alice.id());
        assertThat(stub.cloud().<String>as(read, os -> os.call(WHO).body().path("who").asString()))
                .isEqualTo("alice");
        assertThat(JsonMapper.builder().build().readTree(alice.write()).path("userName").asString())
                .isEqualTo("alice");
        assertThat(StubCloud.password("canary-7f3a").toString())
                .contains("canary-7f3a of")
                .doesNotContain("password=");
        assertThat(new Credentials.ApplicationCredential("id", "canary-7f3a").toString())
                .doesNotContain("canary");
        assertThat(new Credentials.PasswordOfId("id", "canary-7f3a").toString())
                .doesNotContain("canary");
    }
}
