package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers, for this process, how each bus does. */
@Component
class BusStates implements Bus {

    private final Map<CloudName, BusState> states = new ConcurrentHashMap<>();
    private final Clock clock;
    private final BusMeters meters;

    BusStates(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters =
                new BusMeters(meters, this::state, seen -> Duration.between(seen, clock.instant()));
    }

    @Override
    public BusState state(CloudName cloud) {
        return states.getOrDefault(cloud, BusState.NONE);
    }

    void connected(CloudName cloud) {
        change(cloud, now -> with(now, clock.instant(), null));
    }

    void disconnected(CloudName cloud, String trouble) {
        change(cloud, now -> with(now, null, trouble));
    }

    /** Connected, and yet something is not as it should be; null when it is again. */
    void troubled(CloudName cloud, @Nullable String trouble) {
        change(cloud, now -> with(now, now.connectedSince(), trouble));
    }

    void heard(CloudName cloud, List<Notification> batch) {
        var arrived = clock.instant();
        batch.forEach(each -> meters.heard(cloud, each, arrived));
        var newest =
                batch.stream().map(Notification::timestamp).max(Instant::compareTo).orElse(arrived);
        var lag = Duration.between(newest, arrived);
        change(
                cloud,
                now -> {
                    var lastSeen = new HashMap<>(now.lastSeen());
                    batch.forEach(each -> lastSeen.put(each.exchange(), arrived));
                    return new BusState(
                            true,
                            // A cloud inside this process is connected by being there.
                            now.configured() ? now.connectedSince() : arrived,
                            lastSeen,
                            lag.isNegative() ? Duration.ZERO : lag,
                            now.received() + batch.size(),
                            now.poison(),
                            now.trouble());
                });
    }

    void poisoned(CloudName cloud) {
        meters.poisoned(cloud);
        change(
                cloud,
                now ->
                        new BusState(
                                now.configured(),
                                now.connectedSince(),
                                now.lastSeen(),
                                now.lag(),
                                now.received(),
                                now.poison() + 1,
                                now.trouble()));
    }

    private void change(CloudName cloud, UnaryOperator<BusState> change) {
        meters.known(cloud);
        states.compute(cloud, (_, known) -> change.apply(known == null ? BusState.NONE : known));
    }

    private static BusState with(
            BusState now, @Nullable Instant connectedSince, @Nullable String trouble) {
        return new BusState(
                true,
                connectedSince,
                now.lastSeen(),
                now.lag(),
                now.received(),
                now.poison(),
                trouble);
    }
}
