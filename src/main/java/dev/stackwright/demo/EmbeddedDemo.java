package dev.stackwright.demo;

import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.CloudSource;
import dev.stackwright.cloud.ConfiguredClouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Scope;
import dev.stackwright.kernel.CloudName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo cloud as one of the clouds of this Stackwright; there is one only while nothing real is
 * configured.
 */
public final class EmbeddedDemo implements CloudSource, AutoCloseable {

    /** What stands in the addresses of its pages. */
    public static final CloudName NAME = new CloudName("demo");

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDemo.class);

    private final @Nullable DemoCloud cloud;

    EmbeddedDemo(
            DemoSettings settings, ConfiguredClouds configured, String databaseUrl, Clock clock) {
        cloud =
                allowed(settings, configured, databaseUrl)
                        ? new DemoCloud(options(settings, databaseUrl), clock)
                        : null;
        if (cloud != null) {
            log.info(
                    "The demo cloud answers at {}; sign in as alice, bob, charlie or ada with the"
                            + " password demo.",
                    cloud.authUrl());
        }
    }

    private static boolean allowed(
            DemoSettings settings, ConfiguredClouds configured, String databaseUrl) {
        if (!settings.wanted() || !configured.clouds().isEmpty()) {
            return false;
        }
        if (!databaseUrl.startsWith("jdbc:h2:")) {
            log.warn(
                    "No cloud is configured, and the demo cloud runs on the embedded database only."
                            + " Set OS_CLOUD to name a cloud of clouds.yaml.");
            return false;
        }
        return true;
    }

    private static DemoOptions options(DemoSettings settings, String databaseUrl) {
        DemoOptions options =
                new DemoOptions(true, settings.servers(), settings.step(), settings.port(), null);
        boolean passing =
                databaseUrl.startsWith("jdbc:h2:mem:")
                        || settings.file().isBlank()
                        || settings.servers() > 0;
        return passing ? options : options.withFile(Path.of(settings.file()));
    }

    /** The cloud itself, when there is one. */
    public Optional<DemoCloud> cloud() {
        return Optional.ofNullable(cloud);
    }

    @Override
    public List<CloudDefinition> clouds() {
        if (cloud == null) {
            return List.of();
        }
        Credentials.Domain domain = Credentials.Domain.named("Default");
        return List.of(
                CloudDefinition.at(NAME, cloud.authUrl())
                        .withService(
                                new Credentials.Password(
                                        DemoCloud.SERVICE_USER, domain, cloud.servicePassword()),
                                Scope.projectNamed(DemoCloud.SERVICE_PROJECT, domain))
                        .asDemo("Demo cloud"));
    }

    @Override
    public void close() {
        if (cloud != null) {
            cloud.close();
        }
    }
}
