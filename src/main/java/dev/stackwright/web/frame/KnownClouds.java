package dev.stackwright.web.frame;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.kernel.CloudName;
import org.springframework.stereotype.Component;

/** What the configured clouds are called. */
@Component
class KnownClouds implements CloudLabels {

    private final Clouds clouds;

    KnownClouds(Clouds clouds) {
        this.clouds = clouds;
    }

    @Override
    public String label(CloudName cloud) {
        return clouds.find(cloud).map(Cloud::label).orElse(cloud.value());
    }

    @Override
    public boolean isDemo(CloudName cloud) {
        return clouds.find(cloud).map(Cloud::demo).orElse(false);
    }
}
