package dev.stackwright.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.access.SignInOutcome.CloudDown;
import dev.stackwright.access.SignInOutcome.NoProject;
import dev.stackwright.access.SignInOutcome.NotOpenStack;
import dev.stackwright.access.SignInOutcome.SignedIn;
import dev.stackwright.access.SignInOutcome.Throttled;
import dev.stackwright.access.SignInOutcome.UnknownCloud;
import dev.stackwright.access.SignInOutcome.UnknownDomain;
import dev.stackwright.access.SignInOutcome.WrongPassword;
import dev.stackwright.access.store.SignInStore;
import dev.stackwright.access.store.WrongPasswordStore;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Credentials.Domain;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoFailure;
import dev.stackwright.demo.DemoOptions;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** People come in and go out at the demo cloud's Keystone. */
class SignInsTest {

    private static final CloudName DEMO = new CloudName("demo");
    private static final ProjectId SHOP = new ProjectId(DemoCloud.projectId("shop"));
    private static final AccessSettings SETTINGS =
            new AccessSettings(
                    Path.of("unused"),
                    Duration.ofMinutes(60),
                    Duration.ofHours(12),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    3,
                    50,
                    Duration.ofMinutes(15),
                    16);

    private final MovableClock clock = MovableClock.at("2026-03-02T09:00:00Z");
    private final DemoCloud demo = new DemoCloud(DemoOptions.bare(), clock);
    private final Clouds clouds = clouds(demo.authUrl());

    @TempDir Path folder;
    private DataSource database;
    private Sessions sessions;
    private SignIns signIns;

    @BeforeEach
    void open() {
        database = Databases.h2();
        sessions = sessions(database);
        signIns = door(clouds, sessions, database);
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
        demo.close();
    }

    private Clouds clouds(String authUrl) {
        return TestClouds.open(
                CloudDefinition.at(DEMO, authUrl)
                        .withService(
                                new Credentials.Password(
                                        DemoCloud.SERVICE_USER,
                                        Domain.named("Default"),
                                        demo.servicePassword()),
                                Scope.projectNamed(
                                        DemoCloud.SERVICE_PROJECT, Domain.named("Default"))),
                CloudSettings.STANDARD,
                clock);
    }

    private SignIns door(Clouds clouds, Sessions sessions, DataSource database) {
        return new SignIns(
                clouds,
                sessions,
                new WrongPasswordStore(JdbcClient.create(database)),
                SETTINGS,
                clock);
    }

    private Sessions sessions(DataSource database) {
        return new Sessions(
                new SignInStore(JdbcClient.create(database)),
                Vault.at(folder.resolve("keys")),
                clouds,
                SETTINGS,
                clock);
    }

    private SignInOutcome signIn(String domain, String user, String password) {
        return signIns.signIn(DEMO, domain, user, password, "192.0.2.1");
    }

    private Person alice() {
        return ((SignedIn) signIn("Default", "alice", "demo")).person();
    }

    private Cloud cloud() {
        return clouds.get(DEMO);
    }

    private void asAdministrator(Request request) {
        cloud().serviceAccount().orElseThrow().as(os -> os.call(request));
    }

    private void takeRole(String user, String project, String role) {
        String id =
                cloud()
                        .serviceAccount()
                        .orElseThrow()
                        .as(os -> os.list(Request.get(Service.IDENTITY, "/roles"), "roles"))
                        .stream()
                        .filter(each -> each.path("name").asString("").equals(role))
                        .map(each -> each.path("id").asString(""))
                        .findFirst()
                        .orElseThrow();
        asAdministrator(
                Request.delete(
                        Service.IDENTITY,
                        "/projects/{}/users/{}/roles/{}",
                        DemoCloud.projectId(project),
                        DemoCloud.userId(user),
                        id));
    }

    @Test
    void whoKnowsThePasswordIsInWithTheRolesOfToday() {
        var alice = alice();

        assertThat(alice.name()).isEqualTo("alice");
        assertThat(alice.memberships())
                .singleElement()
                .satisfies(shop -> {
                    assertThat(shop.project()).isEqualTo(SHOP);
                    assertThat(shop.roles()).contains("member");
                });
        assertThat(alice.isAdministrator()).isFalse();
        assertThat(sessions.token(alice.signIn(), SHOP).project()).isEqualTo(SHOP);
    }

    @Test
    void aWrongPasswordAndAWrongNameAreToldApartByNobody() {
        assertThat(signIn("Default", "alice", "wrong")).isEqualTo(new WrongPassword());
        assertThat(signIn("Default", "nobody", "demo")).isEqualTo(new WrongPassword());
    }

    @Test
    void anUnknownDomainIsNamed() {
        assertThat(signIn("Elsewhere", "alice", "demo")).isEqualTo(new UnknownDomain("Elsewhere"));
    }

    @Test
    void anUnknownCloudIsNone() {
        assertThat(signIns.signIn(new CloudName("other"), "Default", "alice", "demo", ""))
                .isEqualTo(new UnknownCloud());
    }

    @Test
    void tooManyWrongPasswordsWaitEvenWithTheRightOneAndAskTheCloudNothing() {
        for (int i = 0; i < SETTINGS.attempts(); i++) {
            signIn("Default", "alice", "wrong");
        }
        long calls = demo.calls();

        assertThat(signIn("Default", "alice", "demo")).isInstanceOf(Throttled.class);
        assertThat(demo.calls()).isEqualTo(calls);
        clock.advance(SETTINGS.window().plusSeconds(1));
        assertThat(signIn("Default", "alice", "demo")).isInstanceOf(SignedIn.class);
    }

    @Test
    void whoMayEnterNoProjectIsToldSo() {
        takeRole("bob", "shop", "reader");

        assertThat(signIn("Default", "bob", "demo")).isEqualTo(new NoProject("bob"));
    }

    @Test
    void aKeystoneThatCannotAnswerIsNotAWrongPassword() {
        demo.faults()
                .failFor(
                        "identity",
                        "POST",
                        "/auth/tokens",
                        new DemoFailure.Status(503),
                        Duration.ofHours(1));

        assertThat(signIn("Default", "alice", "demo")).isInstanceOf(CloudDown.class);
        demo.close();
        assertThat(signIn("Default", "alice", "demo")).isEqualTo(new CloudDown(null));
    }

    @Test
    void aKeystoneThatTakesTheCallAndSaysNothingIsNotWaitedFor() throws Exception {
        assertThat(CloudSettings.STANDARD.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(CloudSettings.STANDARD.signInTimeout()).isEqualTo(Duration.ofSeconds(8));
        var brief =
                new CloudSettings(
                        List.of(),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(300),
                        DataSize.ofMegabytes(1),
                        3);
        var began = System.nanoTime();
        // Connections to it come about by themselves; nobody ever takes one up.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var others =
                        TestClouds.open(
                                CloudDefinition.at(
                                        DEMO, "http://127.0.0.1:" + silent.getLocalPort() + "/v3"),
                                brief,
                                clock)) {
            var door = door(others, sessions, database);

            assertThat(door.signIn(DEMO, "Default", "alice", "demo", ""))
                    .isEqualTo(new CloudDown(null));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void somethingElseThatAnswersIsNoOpenStack() throws Exception {
        byte[] page = "<html><h1>It works!</h1></html>".getBytes(StandardCharsets.UTF_8);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        server.start();
        try (var others = clouds("http://127.0.0.1:" + server.getAddress().getPort() + "/v3")) {
            var door = door(others, sessions, database);

            assertThat(door.signIn(DEMO, "Default", "alice", "demo", ""))
                    .isEqualTo(new NotOpenStack());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whoSignsOutIsOutAtTheCloudToo() {
        var alice = alice();
        Token token = sessions.token(alice.signIn(), SHOP);
        assertThat(cloud().validate(token).roles()).contains("member");

        sessions.end(alice.signIn());

        assertThat(sessions.find(alice.signIn())).isEmpty();
        assertThatThrownBy(() -> cloud().validate(token)).isInstanceOf(CloudFailure.class);
        assertThatThrownBy(() -> sessions.token(alice.signIn(), SHOP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoseLastRoleWasTakenIsOutAtTheNextCheck() {
        var alice = alice();
        takeRole("alice", "shop", "member");
        sessions.checkDue();
        assertThat(sessions.find(alice.signIn())).isPresent();

        clock.advance(SETTINGS.recheck());
        sessions.checkDue();

        assertThat(sessions.find(alice.signIn())).isEmpty();
    }

    @Test
    void whoseAccountWasClosedIsOutAtTheNextCheck() {
        var alice = alice();
        asAdministrator(
                Request.patch(Service.IDENTITY, "/users/{}", DemoCloud.userId("alice"))
                        .body(Map.of("user", Map.of("enabled", false))));

        clock.advance(SETTINGS.recheck());
        sessions.checkDue();

        assertThat(sessions.find(alice.signIn())).isEmpty();
    }

    @Test
    void aRoleLessIsARoleLessAtTheNextCheck() {
        var ada = ((SignedIn) signIn("Default", "ada", "demo")).person();
        assertThat(ada.viewer(SHOP).orElseThrow().admin()).isTrue();
        takeRole("ada", "shop", "admin");

        clock.advance(SETTINGS.recheck());
        sessions.checkDue();

        var now = sessions.find(ada.signIn()).orElseThrow();
        assertThat(now.membership(SHOP)).isEmpty();
        assertThat(now.isAdministrator()).isTrue();
    }

    @Test
    void aKeystoneThatCannotBeAskedEndsNobodyForAWhile() {
        var alice = alice();
        demo.faults().failFor("identity", "", "", new DemoFailure.Status(503), Duration.ofHours(3));

        for (int i = 0; i < 5; i++) {
            clock.advance(SETTINGS.recheck());
            sessions.visit(alice.signIn());
            sessions.checkDue();
            assertThat(sessions.find(alice.signIn())).isPresent();
        }
        clock.advance(SETTINGS.recheck().plusSeconds(1));
        sessions.checkDue();

        assertThat(sessions.find(alice.signIn())).isEmpty();
    }

    @Test
    void whoDoesNothingForAnHourIsOut() {
        var settings = SETTINGS.idle();
        var alice = alice();
        for (var passed = Duration.ZERO;
                passed.compareTo(settings) < 0;
                passed = passed.plus(SETTINGS.recheck())) {
            assertThat(sessions.find(alice.signIn())).isPresent();
            clock.advance(SETTINGS.recheck());
            sessions.checkDue();
        }

        assertThat(sessions.find(alice.signIn())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void aRestartEndsNoSignIn(String kind) {
        var database = kind.equals("H2") ? Databases.h2() : Databases.postgres();
        var before = sessions(database);
        signIns = door(clouds, before, database);
        var alice = alice();
        Token token = before.token(alice.signIn(), SHOP);

        var after = sessions(database);

        assertThat(after.find(alice.signIn())).contains(alice);
        assertThat(after.token(alice.signIn(), SHOP).id()).isEqualTo(token.id());
        after.end(alice.signIn());
        assertThat(before.find(alice.signIn())).isEmpty();
    }
}
