package dev.stackwright.cloud;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the clouds together from every source that there is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CloudSettings.class)
class CloudConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CloudConfiguration.class);

    @Bean
    ConfiguredClouds configuredClouds(CloudSettings settings, Environment environment) {
        var configured =
                ConfiguredClouds.from(
                        settings,
                        environment.getProperty("OS_CLOUD"),
                        environment.getProperty("STACKWRIGHT_SERVICE_CLOUD"),
                        CloudsYaml.Places.of(
                                environment.getProperty("OS_CLIENT_CONFIG_FILE"),
                                Path.of("").toAbsolutePath(),
                                Path.of(System.getProperty("user.home"))));
        if (!configured.unused().isEmpty()) {
            LOG.info(
                    "{} has clouds {}, and none of them is asked for; set OS_CLOUD to use one.",
                    configured.file().orElseThrow(),
                    configured.unused());
        }
        return configured;
    }

    @Bean
    Clouds clouds(
            List<CloudSource> sources,
            CloudSettings settings,
            Clock clock,
            MeterRegistry meters,
            ObjectProvider<CallObserver> observers) {
        var definitions = sources.stream().flatMap(source -> source.clouds().stream()).toList();
        for (var cloud : definitions) {
            LOG.info(
                    "Cloud {} is at {}{}; it is collected {}.",
                    cloud.name(),
                    cloud.authUrl(),
                    cloud.region() == null ? "" : ", region " + cloud.region(),
                    cloud.service() == null ? "by nobody" : "as " + cloud.service().credentials());
        }
        return Clouds.open(
                definitions, settings, clock, meters, observers.orderedStream().toList());
    }
}
