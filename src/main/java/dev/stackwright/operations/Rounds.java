package dev.stackwright.operations;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Survey;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Bus;
import dev.stackwright.operations.doctor.Doctor;
import dev.stackwright.operations.gather.Gathering;
import dev.stackwright.operations.gather.HostReadings;
import dev.stackwright.operations.store.HostFactStore;
import dev.stackwright.operations.store.VerdictStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Examines every cloud every few seconds, as long as this process holds the cloud's lease. */
@Component
class Rounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration HOSTS_EVERY = Duration.ofSeconds(45);
    private static final Duration TIDYING = Duration.ofHours(1);

    private final Clouds clouds;
    private final Inventory inventory;
    private final Survey survey;
    private final Bus bus;
    private final VerdictStore store;
    private final HostFactStore hostFacts;
    private final OperationsSettings settings;
    private final Clock clock;
    private final Doctor doctor = new Doctor();
    private final CaseBook book;
    private final String owner = UUID.randomUUID().toString();
    private final Map<CloudName, Instant> hostsRead = new ConcurrentHashMap<>();
    private final Map<CloudName, Gathering> gatherings = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;
    private volatile long tidied = Long.MIN_VALUE;

    Rounds(
            Clouds clouds,
            Inventory inventory,
            Survey survey,
            Bus bus,
            VerdictStore store,
            HostFactStore hostFacts,
            OperationsSettings settings,
            Clock clock) {
        this.clouds = clouds;
        this.inventory = inventory;
        this.survey = survey;
        this.bus = bus;
        this.store = store;
        this.hostFacts = hostFacts;
        this.settings = settings;
        this.clock = clock;
        this.book = new CaseBook(store);
    }

    @Override
    public synchronized void start() {
        if (running || !settings.examine()) {
            return;
        }
        running = true;
        for (var cloud : clouds.all()) {
            threads.add(Thread.ofVirtual().name("doctor-" + cloud.name()).start(() -> run(cloud)));
        }
    }

    private void run(Cloud cloud) {
        while (running) {
            var began = System.nanoTime();
            try {
                if (store.lease(cloud.name(), owner, LEASE)) {
                    examine(cloud);
                    readHosts(cloud);
                    tidy();
                }
            } catch (RuntimeException e) {
                if (!running) {
                    return;
                }
                if (DatabaseTrouble.of(e).isPresent()) {
                    LOG.warn(
                            "The doctor of {} waits for the database: {}",
                            cloud.name(),
                            e.getMessage());
                } else {
                    LOG.error(
                            "{} could not be examined; the next round is in {} s",
                            cloud.name(),
                            settings.every().toSeconds(),
                            e);
                }
            }
            var left = settings.every().toNanos() - (System.nanoTime() - began);
            try {
                Thread.sleep(Duration.ofNanos(Math.max(left, 1_000_000_000L)));
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** One examination, from the questions to the book. */
    void examine(Cloud cloud) {
        var account = cloud.serviceAccount();
        if (account.isEmpty()) {
            return;
        }
        var gathering =
                gatherings.computeIfAbsent(
                        cloud.name(),
                        name -> new Gathering(name, account.get(), inventory, survey, bus, clock));
        var facts = gathering.facts();
        book.write(cloud.name(), doctor.examine(facts), facts.now());
    }

    /** What hosts have to give changes slowly; a plan is made of this. */
    private void readHosts(Cloud cloud) {
        var account = cloud.serviceAccount();
        var last = hostsRead.get(cloud.name());
        var now = clock.instant();
        if (account.isEmpty() || last != null && last.plus(HOSTS_EVERY).isAfter(now)) {
            return;
        }
        try {
            hostFacts.replace(cloud.name(), new HostReadings(account.get()).read(), now);
            hostsRead.put(cloud.name(), now);
        } catch (CloudFailure failure) {
            LOG.debug("What the hosts of {} have to give: {}", cloud.name(), failure.getMessage());
        }
    }

    private void tidy() {
        if (tidied == Long.MIN_VALUE || System.nanoTime() - tidied > TIDYING.toNanos()) {
            store.forget(clock.instant().minus(settings.keep()));
            tidied = System.nanoTime();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
        for (var cloud : clouds.all()) {
            try {
                store.release(cloud.name(), owner);
            } catch (RuntimeException e) {
                LOG.info("The lease of {} runs out by itself: {}", cloud.name(), e.getMessage());
            }
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
}
