package dev.stackwright.metering.poll;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.database.DatabaseTrouble;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.metering.Diagnostics;
import dev.stackwright.metering.MeteredResource;
import dev.stackwright.metering.MeteringSettings;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.metering.store.MeteringStore;
import dev.stackwright.metering.store.Packer;
import dev.stackwright.metering.store.PollStore;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Goes round the clouds and does what is due. Each poll of each cloud is leased in the database, so
 * of several replicas one does it; when that one dies, another takes over after the lease.
 */
@Component
class Polling implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofMinutes(10);

    /** Hours are packed when nothing is expected to change them any more. */
    private static final Duration HOURS_REST = Duration.ofHours(3);

    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    /** The stack writes down what it made soon after the cloud says that it is made. */
    private static final Duration STACK_MAY_COME = Duration.ofDays(1);

    private final Clouds clouds;
    private final MeteringStore store;
    private final PollStore polls;
    private final Packer packer;
    private final MeteringSettings settings;
    private final Clock clock;
    private final ObjectProvider<StackMembership> stacks;
    private final List<Pollster> pollsters = new ArrayList<>();
    private final String owner = UUID.randomUUID().toString();
    private volatile @Nullable Thread thread;

    Polling(
            Clouds clouds,
            MeteringStore store,
            Diagnostics diagnostics,
            PollStore polls,
            Packer packer,
            MeteringSettings settings,
            Clock clock,
            ObjectProvider<StackMembership> stacks) {
        this.clouds = clouds;
        this.store = store;
        this.polls = polls;
        this.packer = packer;
        this.settings = settings;
        this.clock = clock;
        this.stacks = stacks;
        Arrays.stream(Existence.values())
                .map(e -> new ExistencePollster(e, store, settings.existenceEvery()))
                .forEach(pollsters::add);
        pollsters.add(new DiagnosticsPollster(diagnostics, settings.diagnosticsEvery()));
    }

    /** Does everything that is due, and that nobody else is doing. */
    void round() {
        for (var cloud : clouds.all()) {
            cloud.serviceAccount().ifPresent(account -> poll(cloud, account));
            joinStacks(cloud.name());
        }
        pack();
        if (polls.claim("", "retention", owner, Duration.ofHours(1))) {
            var now = clock.instant();
            var forgotten =
                    store.forget(
                            // A day more than is taken in, so that no hour is made of half of it.
                            now.minus(settings.keepSamples()).minus(Duration.ofDays(1)),
                            now.minus(settings.keepRollups()));
            polls.done("", "retention", owner, Duration.ofHours(6), null);
            LOG.debug("Forgot {} rows that are past their time", forgotten);
        }
    }

    private void pack() {
        if (polls.claim("", "packing", owner, Duration.ofHours(1))) {
            var now = clock.instant();
            var packed =
                    packer.pack(
                            now.minus(settings.packAfter()).truncatedTo(ChronoUnit.DAYS),
                            now.minus(HOURS_REST).truncatedTo(ChronoUnit.HOURS));
            polls.done("", "packing", owner, Duration.ofMinutes(15), null);
            LOG.debug("Packed {} samples and {} hours", packed.samples(), packed.hours());
        }
    }

    private void poll(Cloud cloud, Account account) {
        var name = cloud.name().value();
        for (var pollster : pollsters) {
            if (!polls.claim(name, pollster.name(), owner, LEASE)) {
                continue;
            }
            var at = clock.instant();
            try {
                pollster.poll(
                        cloud.name(),
                        account,
                        at,
                        polls.lastBegun(name, pollster.name()).orElse(null));
                polls.begun(name, pollster.name(), owner, at);
                polls.done(name, pollster.name(), owner, pollster.every(), null);
            } catch (CloudFailure failure) {
                polls.done(name, pollster.name(), owner, AFTER_TROUBLE, failure.getMessage());
                LOG.warn(
                        "Metering could not poll {} of {}: {}; it tries again in a minute",
                        pollster.name(),
                        name,
                        failure.getMessage());
            }
        }
    }

    /** Looks up the stacks of resources that are new. */
    private void joinStacks(CloudName cloud) {
        stacks.ifAvailable(membership ->
                store.withoutStack(cloud, clock.instant().minus(STACK_MAY_COME)).stream()
                        .collect(
                                Collectors.groupingBy(
                                        MeteredResource::project,
                                        Collectors.mapping(
                                                MeteredResource::id, Collectors.toSet())))
                        .forEach((project, resources) ->
                                store.belongTo(
                                        cloud,
                                        project.value(),
                                        membership.stacksOf(cloud, project, resources))));
    }

    @Override
    public void start() {
        if (settings.collect()) {
            thread = Thread.ofVirtual().name("metering").start(this::run);
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                round();
            } catch (RuntimeException e) {
                if (DatabaseTrouble.of(e).isPresent()) {
                    LOG.warn("Metering waits for the database: {}", e.getMessage());
                } else {
                    LOG.error("A round of metering failed; the next begins in {}", PAUSE, e);
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
