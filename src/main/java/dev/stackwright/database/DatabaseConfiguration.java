package dev.stackwright.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.stackwright.database.store.PatientPool;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Prepares the pool before anybody uses it, and makes who asks it patient. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Bean
    static BeanPostProcessor carefulPool() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    Pool.prepare(pool);
                }
                return bean;
            }

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool
                        ? new PatientPool(pool, PATIENCE)
                        : bean;
            }
        };
    }
}
