package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Turns the worker for as long as the application lives, each step on a virtual thread of its own.
 */
@Component
class ExecutionRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionRunner.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final ExecutionStore store;
    private final ObjectProvider<StepHandler> handlers;
    private final ObjectProvider<ExecutionListener> listeners;
    private final Clock clock;
    private final ExecutionSettings settings;
    private final Semaphore bell = new Semaphore(0);
    private @Nullable Replica replica;
    private @Nullable Worker worker;
    private volatile boolean running;
    private volatile boolean news = true;

    ExecutionRunner(
            ExecutionStore store,
            ObjectProvider<StepHandler> handlers,
            ObjectProvider<ExecutionListener> listeners,
            Clock clock,
            ExecutionSettings settings) {
        this.store = store;
        this.handlers = handlers;
        this.listeners = listeners;
        this.clock = clock;
        this.settings = settings;
    }

    /** There is something new in the database. */
    void wake() {
        news = true;
        bell.release();
    }

    @Override
    public void start() {
        if (!settings.enabled()) {
            return;
        }
        replica = Replica.named(settings.identityFile());
        var worker =
                new Worker(
                        store,
                        handlers.stream().toList(),
                        listeners.stream().toList(),
                        clock,
                        settings,
                        replica.name(),
                        Thread::startVirtualThread,
                        Pause.sleeping(),
                        bell::release);
        this.worker = worker;
        running = true;
        Thread.ofPlatform().name("executions").daemon().start(() -> turn(worker));
    }

    private void turn(Worker worker) {
        var nextLook = clock.instant();
        while (running) {
            try {
                if (news || !clock.instant().isBefore(nextLook)) {
                    news = false;
                    nextLook = clock.instant().plus(settings.lookAround());
                    worker.lookAround();
                }
                var due = worker.goOn();
                listen(Duration.between(clock.instant(), due.isBefore(nextLook) ? due : nextLook));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("A turn of the worker failed; the next one follows in a second", e);
                rest();
            }
        }
    }

    /** Until the bell rings, but not longer than that. */
    private void listen(Duration atMost) throws InterruptedException {
        var millis = Math.clamp(atMost.toMillis(), 1, settings.lookAround().toMillis());
        if (bell.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    private void rest() {
        try {
            Thread.sleep(AFTER_TROUBLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        // Never by an interrupt: H2 closes its file when one hits a thread that writes.
        bell.release();
        if (worker != null) {
            worker.stop();
        }
        if (replica != null) {
            replica.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the pool of the database does, starts after it. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1000;
    }
}
