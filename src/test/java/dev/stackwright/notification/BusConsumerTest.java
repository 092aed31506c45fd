package dev.stackwright.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.stackwright.TestBroker;
import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusConsumerTest {

    private static final CloudName NORTH = new CloudName("north-1");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestBroker broker = TestBroker.shared();
    private final String name = "test" + COUNT.incrementAndGet();
    private final String exchange = "nova-" + name;
    private final BusStates states = new BusStates(Clock.systemUTC(), new SimpleMeterRegistry());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile NotificationIntake intake = this::hear;
    private final BusConsumers consumers =
            new BusConsumers(settings(), (cloud, batch) -> intake.deliver(cloud, batch), states);
    private Connection connection;

    @BeforeEach
    void openAConnection() throws Exception {
        connection = broker.connect();
    }

    @AfterEach
    void leaveNothing() throws Exception {
        consumers.stop();
        if (connection.isOpen()) {
            try (var channel = connection.createChannel()) {
                channel.queueDelete("stackwright." + name);
            }
            connection.close();
        }
    }

    @Test
    void hearsWhatAServicePublishesToItsExchange() throws Exception {
        declareAsOsloDoes();
        start();

        publish("notifications.info", "one");
        publish("notifications.error", "two");
        publish("notifications.debug", "never");

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() >= 2);
        assertThat(heard).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void takesNothingFromTheQueueOfOthers() throws Exception {
        declareAsOsloDoes();
        try (var channel = connection.createChannel()) {
            channel.queueDeclare(exchange + ".info", false, false, true, null);
            channel.queueBind(exchange + ".info", exchange, "notifications.info");
            start();

            publish("notifications.info", "one");

            await().atMost(Duration.ofSeconds(60)).until(() -> heard.contains("one"));
            assertThat(channel.basicGet(exchange + ".info", true)).isNotNull();
        }
    }

    @Test
    void makesAnExchangeThatIsNotThereAsItsServiceWould() throws Exception {
        start();

        // Would be refused if it had been made in any other way.
        declareAsOsloDoes();
        publish("notifications.info", "one");

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.contains("one"));
    }

    @Test
    void acknowledgesOnlyWhatWasStored() throws Exception {
        declareAsOsloDoes();
        var attempts = new AtomicInteger();
        intake =
                (cloud, batch) -> {
                    if (attempts.getAndIncrement() == 0) {
                        throw new IllegalStateException("the database is away");
                    }
                    hear(cloud, batch);
                };
        start();

        publish("notifications.info", "one");

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.contains("one"));
        consumers.stop();
        assertThat(leftInTheQueue()).isNull();
        assertThat(attempts.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void keepsWhatCameWhileItWasAway() throws Exception {
        declareAsOsloDoes();
        start();
        consumers.stop();

        publish("notifications.info", "meanwhile");
        start();

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.contains("meanwhile"));
    }

    @Test
    void comesBackAfterTheBrokerLostEveryExchange() throws Exception {
        declareAsOsloDoes();
        start();
        connection.close();

        broker.stop();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    assertThat(states.state(NORTH).connected()).isFalse();
                    assertThat(states.state(NORTH).trouble())
                            .contains("does not serve")
                            .doesNotContain("guest:");
                });
        broker.start();

        connection = broker.connect();
        await().atMost(Duration.ofSeconds(60)).until(() -> states.state(NORTH).connected());
        declareAsOsloDoes();
        publish("notifications.info", "after");
        await().atMost(Duration.ofSeconds(60)).until(() -> heard.contains("after"));
        assertThat(states.state(NORTH).trouble()).isNull();
    }

    @Test
    void takesThousandsInBatches() throws Exception {
        declareAsOsloDoes();
        start();

        for (var i = 0; i < 3000; i++) {
            publish("notifications.info", "message-" + i);
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 3000);
        assertThat(heard).doesNotHaveDuplicates();
    }

    private void start() {
        consumers.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> states.state(NORTH).connected());
    }

    private void hear(CloudName cloud, List<Delivery> batch) {
        batch.forEach(each -> heard.add(new String(each.body(), StandardCharsets.UTF_8)));
    }

    private void declareAsOsloDoes() throws Exception {
        try (var channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, "topic", false, false, null);
        }
    }

    private void publish(String key, String body) throws Exception {
        try (var channel = connection.createChannel()) {
            channel.basicPublish(exchange, key, null, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private GetResponse leftInTheQueue() throws Exception {
        try (var channel = connection.createChannel()) {
            return channel.basicGet("stackwright." + name, true);
        }
    }

    private NotificationSettings settings() {
        return new NotificationSettings(
                broker.url(),
                NORTH.value(),
                Map.of(),
                name,
                List.of(exchange),
                List.of("notifications"),
                true,
                false,
                500,
                200,
                1_073_741_824);
    }
}
