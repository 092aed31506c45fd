package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Executions as rows; the worker of this replica is woken once they are committed. */
final class DurableExecutions implements Executions {

    private final ExecutionStore store;
    private final Clock clock;
    private final Runnable wake;

    DurableExecutions(ExecutionStore store, Clock clock, Runnable wake) {
        this.store = store;
        this.clock = clock;
        this.wake = wake;
    }

    @Override
    public ExecutionId start(ExecutionRequest request) {
        store.insert(request, clock.instant());
        wakeOnceCommitted();
        return request.id();
    }

    @Override
    public Optional<ExecutionView> find(ExecutionId id) {
        return store.find(id);
    }

    @Override
    public Optional<ExecutionState> state(ExecutionId id) {
        return store.state(id);
    }

    @Override
    public void cancel(ExecutionId id) {
        store.requestCancel(id);
        wakeOnceCommitted();
    }

    private void wakeOnceCommitted() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        wake.run();
                    }
                });
    }
}
