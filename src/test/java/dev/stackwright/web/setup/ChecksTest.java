package dev.stackwright.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.BusState;
import dev.stackwright.notification.Sources;
import dev.stackwright.notification.store.SourceStore;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.setup.store.DatabaseProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tests of the set-up page find, in the words that the administrator reads. */
class ChecksTest {

    private static final CloudName DEMO = new CloudName("demo");
    private static final Credentials.Domain DEFAULT = Credentials.Domain.named("Default");

    private final DemoCloud demo = DemoCloud.start();

    @AfterEach
    void close() {
        demo.close();
    }

    @Test
    void aGoodServiceAccountFindsAllItNeeds() throws Exception {
        var findings =
                check(
                        CloudDefinition.at(DEMO, demo.authUrl())
                                .withService(
                                        new Credentials.Password(
                                                DemoCloud.SERVICE_USER,
                                                DEFAULT,
                                                demo.servicePassword()),
                                        Scope.projectNamed(DemoCloud.SERVICE_PROJECT, DEFAULT)));

        assertThat(findings).extracting(Finding::tone).containsOnly(Tone.OK);
        assertThat(parts(findings))
                .containsExactly(
                        "Service account",
                        "Keystone",
                        "Nova",
                        "Neutron",
                        "Cinder",
                        "Glance",
                        "Placement");
        assertThat(said(findings.getFirst()))
                .startsWith("Signs in as stackwright in project service");
    }

    @Test
    void anAccountWithoutRightsIsToldWhatItMayNotRead() throws Exception {
        var findings = check(signingInAs("alice", "shop", DemoCloud.PASSWORD));

        assertThat(findings.getFirst().tone()).isEqualTo(Tone.WARN);
        assertThat(mend(findings.getFirst()))
                .endsWith("openstack role add --user alice --project shop admin");
        var nova =
                findings.stream().filter(one -> say(one.part()).equals("Nova")).toList().getFirst();
        assertThat(nova.tone()).isEqualTo(Tone.BAD);
        assertThat(said(nova))
                .contains("may not read the servers of all projects and 2 things more.");
        assertThat(mend(nova)).contains("change the policy of compute");
    }

    @Test
    void awayInThatDoesNotOpenIsToldApart() throws Exception {
        assertThat(said(check(signingInAs("alice", "shop", "wrong")).getLast()))
                .startsWith("Keystone refuses the service account.");
        assertThat(said(check(signingInAs("alice", "lab", DemoCloud.PASSWORD)).getLast()))
                .startsWith("The service account has no role in its project");
        assertThat(said(check(CloudDefinition.at(DEMO, demo.authUrl())).getLast()))
                .startsWith("No service account is configured");
        var nowhere =
                CloudDefinition.at(DEMO, "http://127.0.0.1:1")
                        .withService(new Credentials.PasswordOfId("u", "p"), Scope.UNSCOPED);
        assertThat(said(check(nowhere).getFirst()))
                .isEqualTo("Keystone: Nothing answers at http://127.0.0.1:1.");
    }

    @Test
    void aServiceOutsideTheCatalogIsMissed() throws Exception {
        var admin =
                new Credentials.Password(DemoCloud.SERVICE_USER, DEFAULT, demo.servicePassword());
        var other =
                new CloudDefinition(
                        DEMO,
                        "demo",
                        demo.authUrl(),
                        "Nowhere",
                        "public",
                        Map.of(),
                        CloudDefinition.Tls.STANDARD,
                        new CloudDefinition.SignIn(
                                admin, Scope.projectNamed(DemoCloud.SERVICE_PROJECT, DEFAULT)),
                        false);

        var nova =
                check(other).stream()
                        .filter(one -> say(one.part()).equals("Nova"))
                        .toList()
                        .getFirst();
        assertThat(said(nova)).contains("not as public endpoint in region Nowhere; it has");
        assertThat(mend(nova)).startsWith("Check region_name");
    }

    @Test
    void theBusIsSaidAsItStands() {
        var now = Instant.parse("2026-11-22T10:00:00Z");
        assertThat(said(bus(BusState.NONE))).startsWith("No message bus is configured");
        assertThat(said(bus(new BusState(true, null, Map.of(), null, 0, 0, "Refused."))))
                .isEqualTo("There is no connection to the message bus. Refused.");
        assertThat(bus(new BusState(true, now, Map.of(), null, 0, 0, null)).tone())
                .isEqualTo(Tone.WARN);
        assertThat(
                        said(
                                bus(
                                        new BusState(
                                                true,
                                                now,
                                                Map.of("nova", now),
                                                Duration.ZERO,
                                                12_000,
                                                0,
                                                null))))
                .isEqualTo(
                        "Connected; 12\u202f000 messages since the start, the last one at 22 Nov"
                                + " 2026, 10:00.");
    }

    private static Finding bus(BusState state) {
        var sources =
                new Sources(new SourceStore(JdbcClient.create(Databases.h2())), Clock.systemUTC());
        return new BusCheck(_ -> state, sources, Clock.systemUTC()).check(DEMO).getFirst();
    }

    @Test
    void theDatabaseSaysWhatItIs() {
        assertThat(database(new JdbcTemplate(Databases.h2()), Clock.systemUTC()))
                .singleElement()
                .satisfies(one -> assertThat(said(one)).startsWith("The embedded H2 database"));
        assertThat(database(new JdbcTemplate(Databases.postgres()), Clock.systemUTC()))
                .singleElement()
                .satisfies(one -> assertThat(said(one)).startsWith("PostgreSQL "));
        assertThat(
                        database(
                                new JdbcTemplate(Databases.h2()),
                                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5))))
                .hasSize(2);
    }

    private static List<Finding> database(JdbcTemplate jdbc, Clock clock) {
        return new DatabaseCheck(new DatabaseProbe(jdbc), clock).check(DEMO);
    }

    @Test
    void theAnswerCountsWhatNeedsSomebody() {
        var fine =
                Finding.fine(
                        dev.stackwright.web.frame.Words.of("setup.bus"), "setup.keystone.fine");
        var worth =
                Finding.worth(dev.stackwright.web.frame.Words.of("setup.bus"), "setup.bus.none");
        var broken =
                Finding.broken(
                        dev.stackwright.web.frame.Words.of("setup.bus"), "setup.bus.away", "");

        assertThat(answer()).isEqualTo("Everything that Stackwright needs is in place.");
        assertThat(answer(fine, worth))
                .isEqualTo("All that Stackwright needs works; one part could be better.");
        assertThat(answer(fine, worth, broken)).isEqualTo("One part does not work.");
        assertThat(answer(broken, broken)).isEqualTo("2 parts do not work.");
        assertThat(say(SetupPage.of(null, "").answer())).startsWith("Nothing has been tested");
    }

    private static String answer(Finding... findings) {
        return say(
                SetupPage.of(new Examinations.Examination(Instant.EPOCH, List.of(findings)), "")
                        .answer());
    }

    private CloudDefinition signingInAs(String user, String project, String password) {
        return CloudDefinition.at(DEMO, demo.authUrl())
                .withService(
                        new Credentials.Password(user, DEFAULT, password),
                        Scope.projectNamed(project, DEFAULT));
    }

    private static List<Finding> check(CloudDefinition definition) throws Exception {
        try (Clouds clouds = TestClouds.open(definition)) {
            return new CloudCheck(clouds).check(DEMO);
        }
    }

    private static List<String> parts(List<Finding> findings) {
        return findings.stream().map(one -> say(one.part())).toList();
    }

    private static String said(Finding finding) {
        return say(finding.says());
    }

    private static String mend(Finding finding) {
        return say(finding.mend());
    }

    private static String say(
            dev.stackwright.web.frame.@org.jspecify.annotations.Nullable Words words) {
        var messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages.setup", "messages.frame");
        messages.setDefaultEncoding("UTF-8");
        return new Format(ZoneOffset.UTC, Locale.UK, Clock.systemUTC(), messages).say(words);
    }
}
