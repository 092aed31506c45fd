package dev.stackwright.inventory.collect;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.inventory.OwnReadings;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Viewer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Collects every cloud, as long as this process holds the cloud's lease. */
@Component
class Collector implements SmartLifecycle, OwnReadings {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration REFRESH_PAUSE = Duration.ofMillis(500);
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(1);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration TIDYING = Duration.ofHours(1);

    private final Clouds clouds;
    private final CollectorStore store;
    private final CollectorStateStore states;
    private final InventorySettings settings;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private final Map<CloudName, CloudCollector> collectors = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Collector(
            Clouds clouds,
            CollectorStore store,
            CollectorStateStore states,
            InventorySettings settings,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.clouds = clouds;
        this.store = store;
        this.states = states;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (running || !settings.collect()) {
            return;
        }
        running = true;
        for (var cloud : clouds.all()) {
            var work = new Work(collectorOf(cloud));
            threads.add(Thread.ofVirtual().name("refresh-" + cloud.name()).start(work::refresh));
            threads.add(Thread.ofVirtual().name("sweep-" + cloud.name()).start(work::sweep));
        }
    }

    private CloudCollector collectorOf(Cloud cloud) {
        return collectors.computeIfAbsent(
                cloud.name(),
                _ ->
                        new CloudCollector(
                                cloud,
                                store,
                                states,
                                settings,
                                transaction,
                                events,
                                meters,
                                clock));
    }

    @Override
    public void read(Viewer viewer, OpenStack os) {
        clouds.find(viewer.cloud())
                .ifPresent(cloud -> collectorOf(cloud).readOwn(os, viewer.project().value()));
    }

    @Override
    public synchronized void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        clouds.all().forEach(cloud -> release(cloud));
    }

    private void release(Cloud cloud) {
        try {
            states.release(cloud.name(), owner);
        } catch (RuntimeException e) {
            LOG.info("The lease of {} stays until it runs out: {}", cloud.name(), e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server stops and after the database is there. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 10;
    }

    /** The two loops of one cloud; only the one that refreshes deals with the lease. */
    private final class Work {

        private final CloudCollector collector;
        private volatile boolean mine;
        private long leasedAt = Long.MIN_VALUE;
        private long tidiedAt = Long.MIN_VALUE;

        Work(CloudCollector collector) {
            this.collector = collector;
        }

        void refresh() {
            loop(
                    REFRESH_PAUSE,
                    () -> {
                        if (isOlder(leasedAt, RENEWAL)) {
                            mine = states.lease(collector.name(), owner);
                            leasedAt = System.nanoTime();
                        }
                        if (mine) {
                            collector.refreshTouched();
                            collector.readQuotas();
                        }
                    });
        }

        void sweep() {
            loop(
                    SWEEP_PAUSE,
                    () -> {
                        if (mine) {
                            collector.sweepWhatIsDue();
                            if (isOlder(tidiedAt, TIDYING)) {
                                collector.forgetOldTombstones();
                                tidiedAt = System.nanoTime();
                            }
                        }
                    });
        }

        private void loop(Duration pause, Runnable round) {
            while (running) {
                var next = pause;
                try {
                    round.run();
                } catch (RuntimeException e) {
                    if (!running) {
                        return;
                    }
                    complain(e);
                    next = AFTER_TROUBLE;
                }
                try {
                    Thread.sleep(next);
                } catch (InterruptedException _) {
                    return;
                }
            }
        }

        /** One place for what nobody expected. A database that is away is no news each time. */
        private void complain(RuntimeException e) {
            if (DatabaseTrouble.of(e).isPresent()) {
                LOG.warn(
                        "Collecting {} waits for the database and looks again in {} s: {}",
                        collector.name(),
                        AFTER_TROUBLE.toSeconds(),
                        e.getMessage());
                return;
            }
            LOG.error(
                    "Collecting {} failed and goes on in {} s",
                    collector.name(),
                    AFTER_TROUBLE.toSeconds(),
                    e);
        }

        private static boolean isOlder(long since, Duration age) {
            return since == Long.MIN_VALUE || System.nanoTime() - since > age.toNanos();
        }
    }
}
