package dev.stackwright.cloud;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;

/** Clouds for the tests of every room: as in production, without Spring. */
public final class TestClouds {

    private TestClouds() {}

    public static Clouds open(CloudDefinition definition) {
        return open(definition, CloudSettings.STANDARD, Clock.systemUTC());
    }

    public static Clouds open(
            CloudDefinition definition,
            CloudSettings settings,
            Clock clock,
            CallObserver... observers) {
        return Clouds.open(
                List.of(definition),
                settings,
                clock,
                new SimpleMeterRegistry(),
                List.of(observers));
    }

    /** A clouds.yaml entry of this machine, for tests against a real cloud. */
    public static CloudDefinition real(String entry) {
        var places =
                CloudsYaml.Places.of(
                        System.getenv("OS_CLIENT_CONFIG_FILE"),
                        java.nio.file.Path.of("").toAbsolutePath(),
                        java.nio.file.Path.of(System.getProperty("user.home")));
        return CloudsYaml.read(places).clouds(entry, entry, null, entry).getFirst();
    }

    /** Who signs in to that entry. */
    public static CloudDefinition.SignIn signInOf(String entry) {
        var places =
                CloudsYaml.Places.of(
                        System.getenv("OS_CLIENT_CONFIG_FILE"),
                        java.nio.file.Path.of("").toAbsolutePath(),
                        java.nio.file.Path.of(System.getProperty("user.home")));
        return CloudsYaml.read(places).signIn(entry);
    }
}
