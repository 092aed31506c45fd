package dev.stackwright.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the vault. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    Vault vault(AccessSettings settings) {
        return Vault.at(settings.keyFile());
    }
}
