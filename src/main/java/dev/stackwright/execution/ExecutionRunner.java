package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Turns the worker for as long as the application lives, each step on a virtual thread of its own. */
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
    private @Nullable Thread thread;
    private volatile boolean running;

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

    /** There may be something to do. */
    void wake() {
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
                        this::wake);
        this.worker = worker;
        running = true;
        thread = Thread.ofPlatform().name("executions").daemon().start(() -> turn(worker));
    }

    private void turn(Worker worker) {
        while (running) {
            try {
                var next = worker.turn();
                listen(Duration.between(clock.instant(), next));
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
        if (thread != null) {
            thread.interrupt();
        }
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

    /** When the clock says that is; for the log. */
    Instant now() {
        return clock.instant();
    }
}
