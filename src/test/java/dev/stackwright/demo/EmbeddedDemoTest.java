package dev.stackwright.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stackwright.cloud.ConfiguredClouds;
import dev.stackwright.notification.Delivery;
import dev.stackwright.notification.NotificationIntake;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class EmbeddedDemoTest {

    private static final ConfiguredClouds NONE = org.mockito.Mockito.mock(ConfiguredClouds.class);

    private static DemoSettings settings(String enabled) {
        var environment = new MockEnvironment().withProperty("stackwright.demo.enabled", enabled);
        return Binder.get(environment).bindOrCreate("stackwright.demo", DemoSettings.class);
    }

    private static EmbeddedDemo demo(String enabled, String url) {
        return new EmbeddedDemo(settings(enabled), NONE, url, Clock.systemUTC());
    }

    @Test
    void offersACloudWithAServiceAccountWhileThereIsNoOther() {
        try (var demo = demo("auto", "jdbc:h2:mem:x")) {
            var cloud = demo.clouds().getFirst();
            assertThat(cloud.name()).isEqualTo(EmbeddedDemo.NAME);
            assertThat(cloud.demo()).isTrue();
            assertThat(cloud.service()).isNotNull();
        }
    }

    @Test
    void staysAwayFromARealDatabaseAndWhenItIsNotWanted() {
        assertThat(demo("auto", "jdbc:postgresql://db/stackwright").clouds()).isEmpty();
        assertThat(demo("false", "jdbc:h2:mem:x").clouds()).isEmpty();
        assertThatThrownBy(() -> new DemoSettings("maybe", "", 0, 0, Duration.ofSeconds(1)))
                .hasMessageContaining("auto or false");
    }

    @Test
    void handsOverTheHistoryFirstAndOffersAgainWhatCouldNotBeStored() {
        List<Delivery> stored = new CopyOnWriteArrayList<>();
        var refusals = new java.util.concurrent.atomic.AtomicInteger(1);
        NotificationIntake intake =
                (cloud, batch) -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new IllegalStateException("the database is away");
                    }
                    stored.addAll(batch);
                };
        try (var demo = demo("auto", "jdbc:h2:mem:x")) {
            var cloud = demo.cloud().orElseThrow();
            int past = cloud.history().size();
            var ended = new AtomicBoolean();
            var messenger = new DemoMessenger(demo, intake, _ -> ended.set(true));
            messenger.start();
            Curl.as(cloud, "alice", "shop")
                    .post("network/v2.0/networks", "{\"network\": {\"name\": \"new\"}}");

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            stored.stream()
                                    .skip(past)
                                    .anyMatch(one -> one.exchange().equals("neutron")));
            messenger.stop();
            assertThat(ended).isTrue();

            assertThat(messenger.isRunning()).isFalse();
        }
    }
}
