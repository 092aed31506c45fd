package dev.stackwright.inventory.collect;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStateStore.State;
import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Tells a monitoring system how old the inventory is. Every replica says the same, whichever of
 * them collects.
 */
@Component
class InventoryMeters implements MeterBinder {

    /** One scrape asks for every kind; the database is asked once. */
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Clouds clouds;
    private final CollectorStateStore store;
    private final Clock clock;
    private final Map<CloudName, Read> read = new ConcurrentHashMap<>();

    InventoryMeters(Clouds clouds, CollectorStateStore store, Clock clock) {
        this.clouds = clouds;
        this.store = store;
        this.clock = clock;
    }

    private record Read(Instant at, Map<Kind, State> states) {}

    @Override
    public void bindTo(MeterRegistry meters) {
        for (var cloud : clouds.all()) {
            for (var kind : Kind.values()) {
                Gauge.builder("stackwright.inventory.age", () -> age(cloud, kind))
                        .description("How long ago everything of a kind was last read")
                        .baseUnit("seconds")
                        .tag("cloud", cloud.name().value())
                        .tag("kind", label(kind))
                        .register(meters);
                Gauge.builder("stackwright.inventory.objects", () -> count(cloud, kind))
                        .description("How many there were at that reading")
                        .tag("cloud", cloud.name().value())
                        .tag("kind", label(kind))
                        .register(meters);
            }
        }
    }

    static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private double age(Cloud cloud, Kind kind) {
        var state = states(cloud.name()).get(kind);
        var swept = state == null ? null : state.swept();
        return swept == null
                ? Double.NaN
                : Duration.between(swept, clock.instant()).toMillis() / 1000.0;
    }

    private double count(Cloud cloud, Kind kind) {
        var state = states(cloud.name()).get(kind);
        return state == null || state.swept() == null ? Double.NaN : state.count();
    }

    private Map<Kind, State> states(CloudName cloud) {
        var now = clock.instant();
        var known = read.get(cloud);
        if (known != null && known.at().plus(KEPT).isAfter(now)) {
            return known.states();
        }
        Map<Kind, State> states;
        try {
            states = store.states(cloud);
        } catch (DataAccessException | TransactionException e) {
            // The other figures are worth having; these are not a number until it is back.
            states = Map.of();
        }
        read.put(cloud, new Read(now, states));
        return states;
    }
}
