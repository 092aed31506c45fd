package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;

/** Executions that nobody is woken for: the test turns the worker. */
public final class ExecutionsForTests {

    private ExecutionsForTests() {}

    public static Executions on(ExecutionStore store, Clock clock) {
        return new DurableExecutions(store, clock, () -> {});
    }
}
