package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** Tells a monitoring system how much is being done, and how much nobody has taken up. */
final class ExecutionMeters implements MeterBinder {

    private final ExecutionStore store;

    ExecutionMeters(ExecutionStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "running", ExecutionStore::owned);
        gauge(meters, "waiting", ExecutionStore::unowned);
    }

    private void gauge(MeterRegistry meters, String state, ToLongFunction<ExecutionStore> count) {
        Gauge.builder("stackwright.executions", store, count::applyAsLong)
                .description("Executions that a worker walks, and those that wait for one")
                .tag("state", state)
                .strongReference(true)
                .register(meters);
    }
}
