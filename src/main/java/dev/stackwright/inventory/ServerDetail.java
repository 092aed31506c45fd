package dev.stackwright.inventory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything known about one server.
 *
 * @param facts what Nova answered, field by field
 * @param seen when Nova answered that
 * @param volumes attached volumes, as far as the viewer may see them
 * @param ports its ports, with addresses and security groups
 * @param actions the newest first
 */
public record ServerDetail(
        ServerRow row,
        String userId,
        @Nullable String keypair,
        @Nullable String imageId,
        String flavorId,
        boolean locked,
        JsonNode facts,
        Instant seen,
        List<CloudObject> volumes,
        List<CloudObject> ports,
        List<CloudObject> securityGroups,
        List<ServerAction> actions) {

    public ServerDetail {
        volumes = List.copyOf(volumes);
        ports = List.copyOf(ports);
        securityGroups = List.copyOf(securityGroups);
        actions = List.copyOf(actions);
    }
}
