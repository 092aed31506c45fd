package dev.stackwright.execution.store;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The store on the application's database. */
@Configuration(proxyBeanMethods = false)
class ExecutionStoreConfiguration {

    @Bean
    ExecutionStore executionStore(
            JdbcTemplate rows, PlatformTransactionManager transactions, JsonMapper json) {
        return new ExecutionStore(rows, transactions, json);
    }
}
