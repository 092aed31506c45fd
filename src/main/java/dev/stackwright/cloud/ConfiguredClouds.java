package dev.stackwright.cloud;

import java.util.List;

/** The clouds that the settings and {@code clouds.yaml} name; none on a fresh machine. */
public final class ConfiguredClouds implements CloudSource {

    private final List<CloudDefinition> clouds;

    ConfiguredClouds(List<CloudDefinition> clouds) {
        this.clouds = List.copyOf(clouds);
    }

    @Override
    public List<CloudDefinition> clouds() {
        return clouds;
    }
}
