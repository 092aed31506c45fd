package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.OutsideCloud;
import dev.stackwright.Stacking;
import dev.stackwright.TestBroker;
import dev.stackwright.TestPostgres;
import dev.stackwright.demo.DemoEnvelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The whole application on a PostgreSQL that is stopped while a stack is made, with notifications
 * from a RabbitMQ. How long it is away makes no difference to it; that ten minutes pass, {@code
 * WorkerTest} tries with a clock.
 */
class DatabaseAwayTest {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final String QUEUE = "stackwright.away";

    @TempDir Path folder;

    @Test
    void saysSoAndGoesOnWhenItIsBack() throws Exception {
        var broker = TestBroker.shared();
        try (var bus = broker.connect();
                var cloud = new OutsideCloud(folder);
                var postgres = new TestPostgres();
                var app =
                        App.fresh(
                                cloud.and(
                                        "--spring.datasource.url=" + postgres.create("away"),
                                        "--stackwright.notification.url=" + broker.url(),
                                        "--stackwright.notification.name=away"))) {
            cloud.demo().listen(envelope -> publish(bus, envelope));
            var anybody = new Client(app.url());
            var alice = new Client(app.url());
            alice.signIn("alice", "demo");
            var shop = cloud.project("shop");
            await().atMost(LONG).until(() -> consumers(bus) == 1);
            Stacking.begin(alice, shop, "away");
            await().atMost(LONG).until(() -> cloud.demo().state("away-").containsKey("server"));

            // Another test of this process may have filled a disk a moment ago.
            await().atMost(LONG).until(() -> !DatabaseTrouble.fullLately());
            postgres.stop();

            var page = alice.get(shop + "/stacks");
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.page().select("h1").text()).contains("does not answer");
            assertThat(anybody.get("/actuator/health").status()).isEqualTo(503);
            assertThat(anybody.get("/actuator/health").body()).contains("does not answer");
            assertThat(anybody.get("/actuator/health/liveness").status()).isEqualTo(200);
            Stacking.rename(app, "away-server", "named-meanwhile");
            await().atMost(LONG).until(() -> waiting(bus) > 0);

            postgres.start();

            await().atMost(LONG).until(() -> anybody.get("/actuator/health").status() == 200);
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(Stacking.status(app, "away")).isEqualTo("CREATE_COMPLETE"));
            assertThat(cloud.demo().state())
                    .containsEntry("server", 1L)
                    .containsEntry("volume", 1L);
            assertThat(alice.get(shop + "/stacks").status()).isEqualTo(200);
            await().atMost(LONG).until(() -> waiting(bus) == 0);
            await().atMost(LONG)
                    .until(() -> alice.get(shop + "/instances").body().contains("named-meanwhile"));
            assertThat(
                            app.bean(JdbcTemplate.class)
                                    .queryForObject(
                                            "select count(*) from notification_poison", Long.class))
                    .isZero();
            try (var channel = bus.createChannel()) {
                channel.queueDelete(QUEUE);
            }
        }
    }

    private static void publish(Connection bus, DemoEnvelope envelope) {
        try (var channel = bus.createChannel()) {
            channel.basicPublish(envelope.exchange(), envelope.routingKey(), null, envelope.body());
        } catch (IOException | TimeoutException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static long consumers(Connection bus) throws Exception {
        try (var channel = bus.createChannel()) {
            return channel.queueDeclarePassive(QUEUE).getConsumerCount();
        } catch (IOException notThereYet) {
            return 0;
        }
    }

    /** What the broker holds for us, as far as nobody has it in hand. */
    private static long waiting(Connection bus) throws Exception {
        try (var channel = bus.createChannel()) {
            return channel.messageCount(QUEUE);
        }
    }
}
