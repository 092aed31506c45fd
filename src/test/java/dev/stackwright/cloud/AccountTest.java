package dev.stackwright.cloud;

import static dev.stackwright.cloud.Service.COMPUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that is kept fresh, by one thread however many ask. */
class AccountTest {

    private static final Request WHO = Request.get(COMPUTE, "/who");

    private final StubCloud stub = new StubCloud();
    private volatile Instant now = stub.now;
    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
    private final Cloud cloud =
            stub.cloud(
                    stub.definition().withService(StubCloud.password("ada"), Scope.UNSCOPED),
                    CloudSettings.STANDARD,
                    clock);
    private final Account account = cloud.serviceAccount().orElseThrow();

    @AfterEach
    void close() throws Exception {
        stub.close();
    }

    @Test
    void signsInOnceForManyCalls() {
        who();
        for (var i = 0; i < 10; i++) {
            account.as(os -> os.call(WHO));
        }
        assertThat(stub.signIns).hasValue(1);
    }

    @Test
    void twentyThreadsWithoutATokenMakeOneSignIn() throws Exception {
        who();
        assertThat(together(20)).containsOnly("ada");
        assertThat(stub.signIns).hasValue(1);
    }

    @Test
    void twentyThreadsWithATokenOfFourFifthsMakeOneSignIn() throws Exception {
        who();
        var first = account.token();
        now = now.plus(Duration.ofMinutes(47));
        assertThat(account.token()).isSameAs(first);

        now = now.plus(Duration.ofMinutes(2));
        assertThat(together(20)).containsOnly("ada");

        assertThat(stub.signIns).hasValue(2);
        assertThat(account.token().id()).isNotEqualTo(first.id());
    }

    @Test
    void twentyThreadsWithAnEndedTokenMakeOneSignIn() throws Exception {
        who();
        account.token();
        now = now.plus(Duration.ofHours(2));

        assertThat(together(20)).containsOnly("ada");
        assertThat(stub.signIns).hasValue(2);
    }

    @Test
    void twentyThreadsThatAreRefusedMakeOneSignInAndEachCallIsMadeAgain() throws Exception {
        who();
        account.token();
        stub.forgetTokens();

        assertThat(together(20)).containsOnly("ada");
        assertThat(stub.signIns).hasValue(2);
    }

    @Test
    void aCallThatIsRefusedTwiceIsRefused() {
        var asked = new AtomicInteger();
        stub.on(
                "GET /compute/v2.1/who",
                exchange -> {
                    asked.incrementAndGet();
                    StubCloud.reply(
                            exchange,
                            401,
                            "application/json",
                            StubCloud.fault("error", 401, "No."));
                });

        assertThatThrownBy(() -> account.as(os -> os.call(WHO)))
                .isInstanceOfSatisfying(
                        CloudFailure.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isEqualTo(CloudFailure.Kind.UNAUTHORIZED));
        assertThat(asked).hasValue(2);
    }

    @Test
    void onlyTheRefusedCallIsMadeAgainNotTheWholeWork() {
        who();
        var made = new AtomicInteger();
        stub.on(
                "POST /compute/v2.1/servers",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    made.incrementAndGet();
                    StubCloud.reply(exchange, 202, "application/json", "{}");
                });

        var who =
                account.as(os -> {
                    os.call(Request.post(COMPUTE, "/servers").body(List.of()));
                    stub.forgetTokens();
                    return os.call(WHO).body().path("who").asString();
                });

        assertThat(who).isEqualTo("ada");
        assertThat(made).hasValue(1);
    }

    @Test
    void aPersonsTokenIsNotRenewed() {
        who();
        var alice = cloud.authenticate(StubCloud.password("alice"), Scope.UNSCOPED);
        stub.on("GET /compute/v2.1/who", 401, StubCloud.fault("error", 401, "No."));
        var before = stub.signIns.get();

        assertThatThrownBy(() -> cloud.as(alice, os -> os.call(WHO)))
                .isInstanceOf(CloudFailure.class);
        assertThat(stub.signIns).hasValue(before);
    }

    @Test
    void theOldTokenServesWhileKeystoneIsAway() {
        who();
        var first = account.token();
        stub.signIn =
                exchange -> {
                    stub.signIns.incrementAndGet();
                    StubCloud.reply(exchange, 503, "application/json", "{}");
                };
        now = now.plus(Duration.ofMinutes(50));

        assertThat(account.token()).isSameAs(first);
        var asked = stub.signIns.get();
        assertThat(account.token()).isSameAs(first);
        assertThat(stub.signIns).as("Keystone is left alone for a moment").hasValue(asked);

        now = now.plus(Duration.ofMinutes(11));
        assertThatThrownBy(account::token).isInstanceOf(CloudFailure.class);
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndAgain() {
        var wrong =
                cloud.account(
                        new Credentials.Password(
                                "ada", Credentials.Domain.named("Default"), "wrong"),
                        Scope.UNSCOPED);
        assertThatThrownBy(wrong::token).isInstanceOf(AuthenticationFailure.class);
        var asked = stub.signIns.get();

        assertThatThrownBy(wrong::token).isInstanceOf(AuthenticationFailure.class);
        now = now.plus(Duration.ofSeconds(29));
        assertThatThrownBy(wrong::token).isInstanceOf(AuthenticationFailure.class);
        assertThat(stub.signIns).hasValue(asked);

        now = now.plus(Duration.ofSeconds(2));
        assertThatThrownBy(wrong::token).isInstanceOf(AuthenticationFailure.class);
        assertThat(stub.signIns).hasValue(asked + 1);
        wrong.forget();
        assertThatThrownBy(wrong::token).isInstanceOf(AuthenticationFailure.class);
        assertThat(stub.signIns).hasValue(asked + 2);
    }

    @Test
    void theSameCredentialsAreTheSameAccount() {
        var credentials = StubCloud.password("alice");

        assertThat(cloud.account(credentials, Scope.UNSCOPED))
                .isSameAs(cloud.account(StubCloud.password("alice"), Scope.UNSCOPED));
        assertThat(cloud.account(credentials, Scope.trust("t")))
                .isNotSameAs(cloud.account(credentials, Scope.UNSCOPED));
    }

    private void who() {
        stub.on(
                "GET /compute/v2.1/who",
                exchange -> {
                    var who = stub.userOf(exchange);
                    StubCloud.reply(
                            exchange,
                            who.equals("a stranger") ? 401 : 200,
                            "application/json",
                            "{\"who\":\"" + who + "\"}");
                });
    }

    private List<String> together(int threads) throws Exception {
        var start = new CountDownLatch(threads);
        Callable<String> ask =
                () -> {
                    start.countDown();
                    start.await();
                    return account.as(os -> os.call(WHO).body().path("who").asString());
                };
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new java.util.ArrayList<String>();
            for (var answer : pool.invokeAll(Collections.nCopies(threads, ask))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
