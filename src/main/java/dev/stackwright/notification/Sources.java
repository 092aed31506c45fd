package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.store.SourceStore;
import dev.stackwright.notification.store.SourceStore.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who speaks on the bus of each cloud, for all replicas and beyond a restart. A pause is measured
 * by the times that the messages carry, so that a Stackwright that was away makes no gap.
 */
@Component
public class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

    /** A source that speaks all the time is written down this often. */
    private static final Duration STEP = Duration.ofSeconds(10);

    /** Everybody on the bus may call themselves what they like. */
    private static final int MOST = 200;

    private final SourceStore store;
    private final Clock clock;
    private final Map<Key, Instant> written = new ConcurrentHashMap<>();

    public Sources(SourceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By exchange and service. */
    public List<Source> list(CloudName cloud) {
        return store.list(cloud, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).stream()
                .map(each ->
                        new Source(
                                each.key().exchange(),
                                each.key().service(),
                                each.firstSeen(),
                                each.lastSeen(),
                                each.days(),
                                each.longestPause()))
                .toList();
    }

    /** What is lost of this when the database is away, is no loss. */
    void heard(CloudName cloud, List<Notification> batch) {
        var now = clock.instant();
        Map<Key, TreeSet<Instant>> times = new HashMap<>();
        for (var each : batch) {
            var at = each.timestamp().isAfter(now) ? now : each.timestamp();
            times.computeIfAbsent(key(cloud, each), _ -> new TreeSet<>()).add(at);
        }
        times.forEach((key, spoke) -> {
            var known = written.get(key);
            if (known == null ? written.size() >= MOST : isRecent(known, spoke.last())) {
                return;
            }
            try {
                store.heard(key, spoke);
                written.put(key, spoke.last());
            } catch (RuntimeException e) {
                LOG.debug("That {} spoke is not written down", key, e);
            }
        });
    }

    private static boolean isRecent(Instant known, Instant spoke) {
        return spoke.isBefore(known.plus(STEP));
    }

    private static Key key(CloudName cloud, Notification notification) {
        var publisher = notification.publisherId();
        var dot = publisher.indexOf('.');
        return new Key(
                cloud.value(),
                notification.exchange(),
                dot < 0 ? publisher : publisher.substring(0, dot));
    }
}
