package dev.stackwright.stack.resource;

import java.util.List;

/** What Nova has. */
final class ComputeResources {

    private ComputeResources() {}

    static List<ResourceHandler> all() {
        return List.of(
                new ServerHandler(),
                new KeyPairHandler(),
                new ServerGroupHandler(),
                new FlavorHandler(),
                new HostAggregateHandler(),
                QuotaHandler.COMPUTE);
    }
}
