package dev.stackwright.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.ChildApp;
import dev.stackwright.Client;
import dev.stackwright.Stacking;
import dev.stackwright.demo.DemoCloud;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Somebody stops the application (SIGTERM) while a stack is being made, and starts it again. */
class ShutdownTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void givesItsWorkBackAndTheNextStartGoesOnAtOnce() {
        // Slow enough there to be stopped in the middle, however slow it is here.
        try (var app = ChildApp.start(folder, "--stackwright.demo.step=5s")) {
            var alice = new Client(app.url());
            alice.signIn("alice", "demo");
            Stacking.begin(alice, SHOP, "stopped");
            // The network is there and the server is not yet: it is in the middle.
            await().atMost(LONG)
                    .until(() -> alice.get(SHOP + "/stacks").body().contains("stopped"));

            assertThat(app.stop()).isEqualTo(143);
            assertThat(app.log())
                    .doesNotContain("stays until it runs out")
                    .doesNotContain("will run out by itself")
                    .doesNotContain("ERROR");
        }
        var rows = new JdbcTemplate(new DriverManagerDataSource(url(), "", ""));
        assertThat(rows.queryForList("select state from execution", String.class))
                .containsExactly("RUNNING");
        assertThat(rows.queryForList("select owner from execution where owner is not null"))
                .as("whoever still owns the work")
                .isEmpty();
        assertThat(rows.queryForList("select owner from collector_lease")).isEmpty();

        try (var again =
                App.fresh(
                        "--spring.datasource.url=" + url(),
                        "--stackwright.demo.file=" + folder.resolve("data/demo-cloud.json"),
                        "--stackwright.access.key-file=" + folder.resolve("data/vault.keys"))) {
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(Stacking.status(again, "stopped"))
                                    .isEqualTo("CREATE_COMPLETE"));
            assertThat(again.demo().state("stopped-")).isEqualTo(Stacking.COMPLETE);
        }
    }

    private String url() {
        return "jdbc:h2:async:" + folder.resolve("data/stackwright") + ";WRITE_DELAY=0";
    }
}
