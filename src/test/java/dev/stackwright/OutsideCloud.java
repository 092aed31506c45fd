package dev.stackwright;

import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A bare demo cloud that an application finds by clouds.yaml, as it finds a real one. */
public final class OutsideCloud implements AutoCloseable {

    private final DemoCloud cloud = new DemoCloud(DemoOptions.bare(), Clock.systemUTC());
    private final Path yaml;

    public OutsideCloud(Path folder) {
        yaml = folder.resolve("clouds.yaml");
        try {
            Files.writeString(
                    yaml,
                    """
                    clouds:
                      outside:
                        region_name: %1$s
                        auth: {auth_url: "%2$s", username: nobody, password: nothing, project_name: shop, user_domain_name: Default, project_domain_name: Default}
                      outside-service:
                        region_name: %1$s
                        auth: {auth_url: "%2$s", username: %3$s, password: "%4$s", project_name: %5$s, user_domain_name: Default, project_domain_name: Default}
                    """
                            .formatted(
                                    DemoCloud.REGION,
                                    cloud.authUrl(),
                                    DemoCloud.SERVICE_USER,
                                    cloud.servicePassword(),
                                    DemoCloud.SERVICE_PROJECT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an application has to be told. */
    public String[] and(String... more) {
        var all = new java.util.ArrayList<String>();
        all.add("--OS_CLIENT_CONFIG_FILE=" + yaml);
        all.add("--OS_CLOUD=outside");
        all.add("--STACKWRIGHT_SERVICE_CLOUD=outside-service");
        all.addAll(java.util.List.of(more));
        return all.toArray(String[]::new);
    }

    public DemoCloud demo() {
        return cloud;
    }

    /** The front page of a project. */
    public String project(String name) {
        return "/c/outside/p/" + DemoCloud.projectId(name);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
