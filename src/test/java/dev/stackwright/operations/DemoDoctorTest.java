package dev.stackwright.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoFailure;
import dev.stackwright.demo.DemoFaults;
import dev.stackwright.demo.DemoOptions;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.TestInventory;
import dev.stackwright.inventory.collect.HandCollector;
import dev.stackwright.inventory.store.SurveyStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.notification.BusState;
import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.store.HostFactStore;
import dev.stackwright.operations.store.VerdictStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The faults of the demo cloud, from what its APIs say to what is written down. */
@ParameterizedClass
@ValueSource(strings = {"h2", "postgresql"})
class DemoDoctorTest {

    private static final CloudName DEMO = new CloudName("demo");
    private static final Viewer ADA = viewer("admin", "ada", true);

    private final MovableClock clock = MovableClock.at("2026-11-22T12:00:00Z");
    private final DemoCloud demo = new DemoCloud(DemoOptions.bare(), clock);
    private final DataSource database;
    private final Clouds clouds;
    private final Cloud cloud;
    private final TestInventory house;
    private final HandCollector collector;
    private final Verdicts verdicts;
    private final Rounds rounds;

    DemoDoctorTest(String kind) {
        var domain = Credentials.Domain.named("Default");
        database = kind.equals("h2") ? Databases.h2() : Databases.postgres();
        clouds =
                TestClouds.open(
                        CloudDefinition.at(DEMO, demo.authUrl())
                                .withService(
                                        new Credentials.Password(
                                                DemoCloud.SERVICE_USER,
                                                domain,
                                                demo.servicePassword()),
                                        Scope.projectNamed(DemoCloud.SERVICE_PROJECT, domain)),
                        CloudSettings.STANDARD,
                        clock,
                        call -> {});
        cloud = clouds.all().getFirst();
        house = new TestInventory(database, clock);
        collector = new HandCollector(cloud, house, clock);
        var jdbc = JdbcClient.create(database);
        var store = new VerdictStore(jdbc, new JdbcTemplate(database));
        store.lease(DEMO, "test", Duration.ofHours(1));
        verdicts = new Verdicts(store);
        rounds =
                new Rounds(
                        clouds,
                        house.inventory,
                        new SurveyStore(jdbc),
                        _ -> BusState.NONE,
                        store,
                        new HostFactStore(jdbc, new JdbcTemplate(database)),
                        new OperationsSettings(
                                false, Duration.ofSeconds(15), Duration.ofDays(30), "admin"),
                        clock);
    }

    @BeforeEach
    void build() {
        for (var i = 1; i <= 6; i++) {
            launch("web-" + i);
        }
        clock.advance(Duration.ofMinutes(2));
        collect();
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
        demo.close();
    }

    @Test
    void aHealthyCloudIsLeftInPeaceForADay() {
        for (var hour = 0; hour < 24; hour++) {
            if (hour % 6 == 3) {
                launch("night-" + hour);
            }
            if (hour == 12) {
                act("web-1", Map.of("os-stop", Map.of()));
            }
            for (var quarter = 0; quarter < 4; quarter++) {
                clock.advance(Duration.ofSeconds(10));
                examine();
                clock.advance(Duration.ofMinutes(15).minusSeconds(10));
            }
        }

        assertThat(verdicts.current(ADA)).isEmpty();
        assertThat(verdicts.history(ADA, 100)).isEmpty();
        assertThat(verdicts.examined(DEMO)).isPresent();
    }

    @Test
    void aSchedulerThatFellSilentIsNamedWithWhatWaitsForIt() {
        demo.faults().turnOn(DemoFaults.SCHEDULER_SILENT);
        var stuck = launch("stuck");
        clock.advance(Duration.ofSeconds(80));

        examine();

        assertThat(codes())
                .containsExactly(
                        "nova-scheduler-down SERVICE nova-scheduler@control1",
                        "nova-scheduler-down SERVER " + stuck);
        assertThat(verdicts.ofProject(viewerOfAlice()))
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.verdict().subject().id()).isEqualTo(stuck);
                    assertThat(known.verdict().symptom()).isNotNull();
                });
        assertThat(verdicts.current(viewerOfAlice())).isEmpty();
        assertThat(verdicts.count(ADA)).isEqualTo(1);

        demo.faults().turnOff(DemoFaults.SCHEDULER_SILENT);
        clock.advance(Duration.ofSeconds(50));
        examine();

        assertThat(verdicts.current(ADA)).isEmpty();
        assertThat(verdicts.history(ADA, 10)).hasSize(2);
    }

    @Test
    void aComputeThatFellSilentIsNamedForAllThatRunsOnItsHost() {
        var host = String.valueOf(server("web-1").host());
        demo.faults().turnOn(DemoFaults.COMPUTE_SILENT, host);
        clock.advance(Duration.ofSeconds(80));

        examine();

        assertThat(codes()).containsExactly("nova-compute-down SERVICE nova-compute@" + host);
        assertThat(verdicts.ofServer(viewerOfAlice(), server("web-1")))
                .get()
                .satisfies(known ->
                        assertThat(known.verdict().subject().kind())
                                .isEqualTo(Subject.Kind.SERVICE));

        act("web-1", Map.of("os-stop", Map.of()));
        clock.advance(Duration.ofSeconds(90));
        examine();

        assertThat(verdicts.ofServer(viewerOfAlice(), server("web-1")))
                .get()
                .satisfies(known -> {
                    assertThat(known.verdict().code()).isEqualTo(Code.NOVA_COMPUTE_DOWN);
                    assertThat(known.verdict().subject().kind()).isEqualTo(Subject.Kind.SERVER);
                });
    }

    @Test
    void aHostThatCameBackWithEverythingShutOffIsNamed() {
        var host = String.valueOf(server("web-1").host());
        var onIt =
                house.inventory.servers(ADA, everything()).rows().stream()
                        .filter(row -> host.equals(row.host()))
                        .map(ServerRow::id)
                        .toList();
        demo.faults().turnOn(DemoFaults.COMPUTE_SILENT, host);
        clock.advance(Duration.ofMinutes(5));
        examine();
        demo.faults().turnOn(DemoFaults.HOST_RETURNED, host);
        clock.advance(Duration.ofSeconds(70));

        examine();

        var expected = new ArrayList<String>();
        expected.add("host-returned HOST " + host);
        onIt.stream().sorted().forEach(id -> expected.add("host-returned SERVER " + id));
        assertThat(codes()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(onIt).hasSizeGreaterThan(1);
    }

    @Test
    void anApiThatAnswersNobodyIsNamedAfterTheSecondTime() {
        demo.faults().failFor("image", "", "", new DemoFailure.Status(503), Duration.ofMinutes(10));

        examine();
        assertThat(verdicts.current(ADA)).isEmpty();
        clock.advance(Duration.ofSeconds(15));
        examine();

        assertThat(codes()).containsExactly("glance-down API Glance");
    }

    @Test
    void aStrangerFindsNothing() {
        demo.faults().turnOn(DemoFaults.SCHEDULER_SILENT);
        launch("stuck");
        clock.advance(Duration.ofSeconds(80));
        examine();

        var charlie = viewer(project("charlie", "lab"), "charlie", false);

        assertThat(verdicts.ofProject(charlie)).isEmpty();
        assertThat(verdicts.current(charlie)).isEmpty();
        assertThat(verdicts.history(charlie, 10)).isEmpty();
        assertThat(verdicts.count(charlie)).isZero();
    }

    private void examine() {
        demo.advance();
        collect();
        rounds.examine(cloud);
    }

    private void collect() {
        demo.advance();
        collector.sweep(
                Kind.IMAGE,
                Kind.FLAVOR,
                Kind.HYPERVISOR,
                Kind.SERVER,
                Kind.PORT,
                Kind.VOLUME,
                Kind.SERVER_GROUP);
        collector.look(
                house.inventory.servers(ADA, everything()).rows().stream()
                        .map(ServerRow::id)
                        .toList());
    }

    private List<String> codes() {
        return verdicts.current(ADA).stream()
                .map(known ->
                        known.verdict().code().key()
                                + " "
                                + known.verdict().subject().kind()
                                + " "
                                + known.verdict().subject().id())
                .toList();
    }

    private static ServerQuery everything() {
        return new ServerQuery(
                null, null, null, null, null, null, ServerQuery.Sort.NAME, false, 100, null, true);
    }

    private ServerRow server(String name) {
        return house.inventory.servers(ADA, everything()).rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String launch(String name) {
        return cloud.as(
                signIn("alice", "shop"),
                os -> {
                    var image =
                            os.list(
                                            Request.get(Service.IMAGE, "/images")
                                                    .query("name", "cirros"),
                                            "images")
                                    .getFirst()
                                    .path("id")
                                    .asString();
                    var flavor =
                            os.list(Request.get(Service.COMPUTE, "/flavors"), "flavors")
                                    .getFirst()
                                    .path("id")
                                    .asString();
                    return os.call(
                                    Request.post(Service.COMPUTE, "/servers")
                                            .microversion("2.37")
                                            .body(
                                                    Map.of(
                                                            "server",
                                                            Map.of(
                                                                    "name", name,
                                                                    "imageRef", image,
                                                                    "flavorRef", flavor,
                                                                    "networks", "none"))))
                            .body()
                            .path("server")
                            .path("id")
                            .asString();
                });
    }

    private void act(String name, Map<String, ?> action) {
        var id = server(name).id();
        cloud.as(
                signIn("alice", "shop"),
                os ->
                        os.call(
                                Request.post(Service.COMPUTE, "/servers/{}/action", id)
                                        .body(action)));
    }

    private Token signIn(String user, String project) {
        var domain = Credentials.Domain.named("Default");
        return cloud.authenticate(
                new Credentials.Password(user, domain, DemoCloud.PASSWORD),
                Scope.projectNamed(project, domain));
    }

    private String project(String user, String name) {
        var token = signIn(user, name);
        return String.valueOf(token.project() == null ? "" : token.project().value());
    }

    private Viewer viewerOfAlice() {
        return viewer(project("alice", "shop"), "alice", false);
    }

    private static Viewer viewer(String project, String user, boolean admin) {
        return new Viewer(DEMO, new ProjectId(project), new UserId(user), Set.of("member"), admin);
    }
}
