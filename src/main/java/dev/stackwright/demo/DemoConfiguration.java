package dev.stackwright.demo;

import dev.stackwright.cloud.ConfiguredClouds;
import dev.stackwright.metering.Diagnostics;
import dev.stackwright.notification.NotificationIntake;
import dev.stackwright.rating.PriceBooks;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the demo cloud to a Stackwright that has no other. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoSettings.class)
class DemoConfiguration {

    @Bean
    EmbeddedDemo embeddedDemo(
            DemoSettings settings,
            ConfiguredClouds configured,
            @Value("${spring.datasource.url:}") String databaseUrl,
            Clock clock) {
        return new EmbeddedDemo(settings, configured, databaseUrl, clock);
    }

    @Bean
    DemoPrices demoPrices(EmbeddedDemo demo, PriceBooks books, Clock clock) {
        return new DemoPrices(demo, books, clock);
    }

    @Bean
    DemoCounters demoCounters(DemoSettings settings, Diagnostics diagnostics) {
        return new DemoCounters(settings, diagnostics);
    }

    @Bean
    DemoMessenger demoMessenger(
            EmbeddedDemo demo, NotificationIntake intake, DemoCounters counters) {
        return new DemoMessenger(demo, intake, counters::begin);
    }
}
