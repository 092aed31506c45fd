package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A worker on real threads and in real time, for tests against a real cloud. It dies when a step
 * does.
 */
public final class LiveTurned {

    private final Worker worker;
    private final AtomicReference<@Nullable Throwable> death = new AtomicReference<>();

    public LiveTurned(
            ExecutionStore store,
            List<StepHandler> handlers,
            List<ExecutionListener> listeners,
            Clock clock,
            String replica) {
        worker =
                new Worker(
                        store,
                        handlers,
                        listeners,
                        clock,
                        ExecutionSettings.defaults(),
                        replica,
                        step -> Thread.startVirtualThread(() -> live(step)),
                        Pause.sleeping(),
                        () -> {});
    }

    private void live(Runnable step) {
        if (death.get() != null) {
            return;
        }
        try {
            step.run();
        } catch (Error e) {
            death.compareAndSet(null, e);
        }
    }

    /** Until nothing is left to do; false when the process died on the way. */
    public boolean turnUntilIdle(Duration atMost) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (death.get() != null) {
                        return true;
                    }
                    worker.turn();
                    return worker.owns() == 0;
                });
        return death.get() == null;
    }
}
