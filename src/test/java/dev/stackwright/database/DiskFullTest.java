package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.Stacking;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole application on an H2 file whose disk fills up while a stack is made. */
class DiskFullTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final Duration LONG = Duration.ofSeconds(90);

    private App app;
    private Client alice;

    @BeforeEach
    void start() {
        FullDisk.mount();
        app =
                App.fresh(
                        "--spring.datasource.url=jdbc:h2:filling:async:{folder}/db;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        "--stackwright.demo.servers=5");
        alice = Client.of(app, "alice");
    }

    @AfterEach
    void stop() {
        FullDisk.empty();
        app.close();
    }

    @Test
    void saysSoWhileItIsFullAndGoesOnByItselfAfterwards() {
        var anybody = new Client(app.url());
        var before = app.demo().state("disk-");
        var stack = Stacking.begin(alice, SHOP, "disk");
        await().atMost(LONG).until(() -> !app.demo().state("disk-").equals(before));

        FullDisk.fill();
        // Between two writes H2 opens its file again, and whatever only reads is answered.
        assertThat(answer(alice, SHOP + "/stacks", 503).page().text())
                .contains("no space left", "docs/operations.md");
        assertThat(anybody.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(answer(anybody, "/actuator/health", 503).body())
                .contains("The disk of the database is full");
        assertThat(answer(anybody, "/sign-in", 503).page().text()).contains("no space left");
        Stacking.rename(app, "web-1", "named-while-full");

        FullDisk.empty();

        answer(anybody, "/actuator/health", 200);
        answer(alice, SHOP + "/stacks", 200);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(Stacking.status(app, stack)).isEqualTo("CREATE_COMPLETE"));
        assertThat(app.demo().state("disk-")).isEqualTo(Stacking.COMPLETE);
        await().atMost(LONG)
                .until(() ->
                        alice.get(SHOP + "/instances?name=named-while-full")
                                .body()
                                .contains("named-while-full</a>"));
        var rows = app.bean(JdbcTemplate.class);
        assertThat(rows.queryForObject("select count(*) from notification_poison", Long.class))
                .isZero();
        assertThat(Client.of(app, "bob").get(SHOP + "/stacks").status()).isEqualTo(200);
    }

    /** The first answer of this status. */
    private static Client.Answered answer(Client who, String path, int status) {
        return await().atMost(LONG).until(() -> who.get(path), it -> it.status() == status);
    }
}
