package dev.stackwright.execution;

import dev.stackwright.MovableClock;
import dev.stackwright.execution.store.ExecutionStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A worker turned by hand: its steps run in the test's thread, one after the other, and time is the
 * test's.
 */
public final class HandTurned {

    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Worker worker;
    private final MovableClock clock;

    public HandTurned(
            ExecutionStore store,
            List<StepHandler> handlers,
            List<ExecutionListener> listeners,
            MovableClock clock,
            String replica) {
        this(store, handlers, listeners, clock, replica, _ -> {});
    }

    HandTurned(
            ExecutionStore store,
            List<StepHandler> handlers,
            List<ExecutionListener> listeners,
            MovableClock clock,
            String replica,
            Pause pause) {
        this.clock = clock;
        this.worker =
                new Worker(
                        store,
                        handlers,
                        listeners,
                        clock,
                        ExecutionSettings.defaults(),
                        replica,
                        queue::add,
                        pause,
                        () -> {});
    }

    /** One turn, with every step that it begins. */
    public void turn() {
        worker.turn();
        Runnable step;
        while ((step = queue.poll()) != null) {
            step.run();
        }
    }

    /** Turns until nothing is left that it owns, moving the clock on while all wait. */
    public void turnUntilIdle() {
        turnUntilIdle(Duration.ofHours(2));
    }

    public void turnUntilIdle(Duration atMost) {
        var end = clock.instant().plus(atMost);
        turn();
        while (worker.owns() > 0) {
            if (clock.instant().isAfter(end)) {
                throw new AssertionError("Still not idle after " + atMost);
            }
            clock.advance(Duration.ofSeconds(1));
            turn();
        }
    }

    void stop() {
        worker.stop();
    }

    int owns() {
        return worker.owns();
    }
}
