package dev.stackwright.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.ChildApp;
import dev.stackwright.Client;
import dev.stackwright.OutsideCloud;
import dev.stackwright.Stacking;
import dev.stackwright.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two replicas on one PostgreSQL, of which one is killed. */
class ReplicasTest {

    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void oneTakesOverFromTheOtherAndNobodyHasToSignInAgain() {
        try (var cloud = new OutsideCloud(folder);
                var postgres = new TestPostgres()) {
            var settings =
                    cloud.and(
                            "--spring.datasource.url=" + postgres.create("replicas"),
                            "--stackwright.access.key-file=" + folder.resolve("vault.keys"),
                            "--stackwright.execution.lease=15s",
                            "--stackwright.execution.look-around=1s");
            try (var first = ChildApp.start(folder, settings);
                    var second = App.fresh(settings)) {
                bothCountWrongPasswords(first, second);
                var alice = new Client(first.url());
                alice.signIn("alice", "demo");
                var onSecond = alice.at(second.url());
                assertThat(onSecond.get(cloud.project("shop")).status()).isEqualTo(200);
                onlyOneCollects(second);

                Stacking.begin(alice, cloud.project("shop"), "twice");
                await().atMost(LONG).until(() -> !cloud.demo().state("twice-").isEmpty());
                first.kill();

                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(Stacking.status(second, "twice"))
                                        .isEqualTo("CREATE_COMPLETE"));
                assertThat(cloud.demo().state("twice-")).isEqualTo(Stacking.COMPLETE);
                assertThat(onSecond.get(cloud.project("shop") + "/stacks").body())
                        .contains("twice");
            }
        }
    }

    @Test
    void theOtherIsThereWithinHalfAMinute() {
        var usual = ExecutionSettings.defaults();

        assertThat(usual.lease().plus(usual.lookAround()))
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private static void bothCountWrongPasswords(ChildApp first, App second) {
        for (int i = 0; i < 5; i++) {
            assertThat(new Client(first.url()).signIn("mallory", "no").status()).isEqualTo(422);
            assertThat(new Client(second.url()).signIn("mallory", "no").status()).isEqualTo(422);
        }
        assertThat(new Client(first.url()).signIn("mallory", "no").status()).isEqualTo(429);
        assertThat(new Client(second.url()).signIn("mallory", "no").status()).isEqualTo(429);
    }

    /**
     * The first one began and holds the leases: the second asks nothing that nobody asked of it.
     */
    private static void onlyOneCollects(App second) {
        assertThat(second.calls())
                .filteredOn(call -> call.request() == null)
                .filteredOn(call -> call.call().path().contains("servers"))
                .isEmpty();
        var rows = second.bean(JdbcTemplate.class);
        assertThat(rows.queryForObject("select count(*) from collector_lease", Integer.class))
                .isEqualTo(1);
        assertThat(
                        rows.queryForObject(
                                "select count(distinct owner) from metering_poll", Integer.class))
                .isEqualTo(1);
    }
}
