package dev.stackwright.execution;

import dev.stackwright.execution.store.ExecutionStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {

    @Bean
    ExecutionMeters executionMeters(ExecutionStore store) {
        return new ExecutionMeters(store);
    }

    @Bean
    Executions executions(ExecutionStore store, Clock clock, ExecutionRunner runner) {
        return new DurableExecutions(store, clock, runner::wake);
    }
}
