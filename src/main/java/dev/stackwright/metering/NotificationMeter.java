package dev.stackwright.metering;

import dev.stackwright.metering.sample.LifecycleEvents;
import dev.stackwright.metering.sample.MeterDefinitions;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.notification.Notification;
import dev.stackwright.notification.NotificationListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hears the notifications and stores the samples and facts in them. */
@Component
class NotificationMeter implements NotificationListener {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationMeter.class);

    private final MeterDefinitions definitions = MeterDefinitions.builtIn();
    private final MeteringStore store;
    private final MeteringSettings settings;
    private final Clock clock;

    NotificationMeter(MeteringStore store, MeteringSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void received(List<Notification> batch) {
        List<Sample> samples = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        for (var notification : batch) {
            samples.addAll(definitions.samplesOf(notification));
            LifecycleEvents.of(notification).ifPresent(facts::add);
        }
        var now = clock.instant();
        store.keep(
                between(now.minus(settings.keepSamples()), now, samples, Sample::at),
                between(Instant.EPOCH, now, facts, Fact::at));
    }

    /**
     * A sample older than what is kept would make the figures of its hour anew from itself alone;
     * one from the future comes from a wrong clock.
     */
    private <T> List<T> between(Instant from, Instant now, List<T> all, Function<T, Instant> time) {
        var to = now.plus(settings.futureTolerance());
        var good =
                all.stream()
                        .filter(each ->
                                !time.apply(each).isBefore(from) && !time.apply(each).isAfter(to))
                        .toList();
        if (good.size() < all.size()) {
            LOG.warn(
                    "Left out {} of {} readings: they are dated before {} or after {}, so a clock"
                            + " is wrong or they come too late",
                    all.size() - good.size(),
                    all.size(),
                    from,
                    to);
        }
        return good;
    }
}
