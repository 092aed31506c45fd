package dev.stackwright.stack.store;

import dev.stackwright.access.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The store on the application's database, with the application's vault. */
@Configuration(proxyBeanMethods = false)
class StackStoreConfiguration {

    @Bean
    StackStore stackStore(
            JdbcTemplate rows,
            PlatformTransactionManager transactions,
            JsonMapper json,
            Vault vault) {
        return new StackStore(
                rows,
                transactions,
                json,
                secret -> vault.seal(secret, "stack"),
                sealed -> vault.open(sealed, "stack"));
    }

    @Bean
    OriginStore originStore(JdbcTemplate rows) {
        return new OriginStore(rows);
    }

    @Bean
    HookStore hookStore(JdbcTemplate rows) {
        return new HookStore(rows);
    }

    @Bean
    SignalStore signalStore(JdbcTemplate rows, JsonMapper json, Vault vault) {
        return new SignalStore(
                rows,
                json,
                secret -> vault.seal(secret, "stack"),
                sealed -> vault.open(sealed, "stack"));
    }

    @Bean
    DraftStore drafts(JdbcTemplate rows, JsonMapper json, Vault vault) {
        return new DraftStore(
                rows,
                json,
                secret -> vault.seal(secret, "stack"),
                sealed -> vault.open(sealed, "stack"));
    }
}
