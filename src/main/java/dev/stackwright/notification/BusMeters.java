package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a monitoring system reads about the buses. */
final class BusMeters {

    private final MeterRegistry meters;
    private final Function<CloudName, BusState> states;
    private final Function<Instant, Duration> age;
    private final Set<CloudName> clouds = ConcurrentHashMap.newKeySet();
    private final Set<String> exchanges = ConcurrentHashMap.newKeySet();

    BusMeters(
            MeterRegistry meters,
            Function<CloudName, BusState> states,
            Function<Instant, Duration> age) {
        this.meters = meters;
        this.states = states;
        this.age = age;
    }

    void known(CloudName cloud) {
        if (clouds.add(cloud)) {
            Gauge.builder(
                            "stackwright.bus.connected",
                            () -> states.apply(cloud).connected() ? 1 : 0)
                    .description("1 while the message bus of the cloud is connected")
                    .tag("cloud", cloud.value())
                    .register(meters);
            // So that a bus that never poisoned anything says 0 and not nothing.
            meters.counter("stackwright.bus.poisoned", "cloud", cloud.value());
        }
    }

    void heard(CloudName cloud, Notification notification, Instant kept) {
        var exchange = notification.exchange();
        meters.counter(
                        "stackwright.bus.notifications",
                        "cloud",
                        cloud.value(),
                        "exchange",
                        exchange)
                .increment();
        var lag = Duration.between(notification.timestamp(), kept);
        Timer.builder("stackwright.bus.lag")
                .description("From the time that a notification carries to its being stored")
                .tag("cloud", cloud.value())
                .register(meters)
                .record(lag.isNegative() ? Duration.ZERO : lag);
        if (exchanges.add(cloud + " " + exchange)) {
            Gauge.builder("stackwright.bus.silence", () -> silence(cloud, exchange))
                    .description("How long the exchange has said nothing")
                    .baseUnit("seconds")
                    .tag("cloud", cloud.value())
                    .tag("exchange", exchange)
                    .register(meters);
        }
    }

    private double silence(CloudName cloud, String exchange) {
        @Nullable Instant seen = states.apply(cloud).lastSeen().get(exchange);
        return seen == null ? Double.NaN : age.apply(seen).toMillis() / 1000.0;
    }

    void poisoned(CloudName cloud) {
        meters.counter("stackwright.bus.poisoned", "cloud", cloud.value()).increment();
    }
}
