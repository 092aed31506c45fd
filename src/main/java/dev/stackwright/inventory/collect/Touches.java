package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.notification.Notification;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which objects a notification is about. What it says of them is not believed but looked up, except
 * where that cannot be done: {@link ToldGroups}.
 */
final class Touches {

    /** The id that stands for all of a kind. */
    static final String ALL = "*";

    private Touches() {}

    /** An object that may be different now. */
    record Touched(Kind kind, String id) {}

    static Set<Touched> of(Notification notification) {
        var touched = new LinkedHashSet<Touched>();
        var event = notification.eventType();
        var payload = notification.payload();
        if (event.startsWith("compute.instance.")) {
            if (!event.endsWith(".exists")) {
                add(touched, Kind.SERVER, payload.path("instance_id"));
            }
        } else if (event.startsWith("keypair.")) {
            add(touched, Kind.KEYPAIR, payload.path("user_id"));
        } else if (event.startsWith("servergroup.")) {
            add(touched, Kind.SERVER_GROUP, payload.path("server_group_id"));
        } else if (event.startsWith("image.")) {
            var member = payload.path("image_id");
            add(touched, Kind.IMAGE, member.isMissingNode() ? payload.path("id") : member);
        } else if (event.startsWith("volume_type.")) {
            touched.add(new Touched(Kind.VOLUME_TYPE, ALL));
        } else if (event.startsWith("volume.")) {
            add(touched, Kind.VOLUME, payload.path("volume_id"));
        } else if (event.startsWith("snapshot.")) {
            add(touched, Kind.VOLUME_SNAPSHOT, payload.path("snapshot_id"));
        } else if (event.startsWith("identity.project.")) {
            add(touched, Kind.PROJECT, payload.path("resource_info"));
        } else {
            ofNetwork(touched, event, payload);
        }
        return touched;
    }

    private static void ofNetwork(Set<Touched> touched, String event, JsonNode payload) {
        if (event.endsWith(".start")) {
            return;
        }
        var resource = event.substring(0, Math.max(0, event.indexOf('.')));
        switch (resource) {
            case "network" -> all(touched, Kind.NETWORK, payload, resource);
            case "subnet" -> all(touched, Kind.SUBNET, payload, resource);
            case "port" -> all(touched, Kind.PORT, payload, resource);
            case "floatingip" -> all(touched, Kind.FLOATING_IP, payload, resource);
            case "security_group" -> all(touched, Kind.SECURITY_GROUP, payload, resource);
            case "security_group_rule" -> {
                add(touched, Kind.SECURITY_GROUP, payload.path(resource).path("security_group_id"));
                for (var rule : payload.path("security_group_rules")) {
                    add(touched, Kind.SECURITY_GROUP, rule.path("security_group_id"));
                }
                if (event.endsWith("delete.end")) {
                    touched.add(new Touched(Kind.SECURITY_GROUP, ALL));
                }
            }
            case "router" -> {
                all(touched, Kind.ROUTER, payload, resource);
                add(touched, Kind.ROUTER, payload.path("router_interface").path("id"));
                add(touched, Kind.PORT, payload.path("router_interface").path("port_id"));
            }
            case "rbac_policy" -> {
                touched.add(new Touched(Kind.NETWORK, ALL));
                touched.add(new Touched(Kind.SECURITY_GROUP, ALL));
            }
            default -> {
                // Not about anything that the inventory has.
            }
        }
    }

    /** Neutron says {@code port}, {@code ports} or, of what is gone, {@code port_id}. */
    private static void all(Set<Touched> touched, Kind kind, JsonNode payload, String resource) {
        add(touched, kind, payload.path(resource).path("id"));
        add(touched, kind, payload.path(resource + "_id"));
        for (var each : payload.path(resource + "s")) {
            add(touched, kind, each.path("id"));
        }
    }

    private static void add(Set<Touched> touched, Kind kind, JsonNode id) {
        if (id.isString() && !id.asString().isBlank() && id.asString().length() <= 255) {
            touched.add(new Touched(kind, id.asString()));
        }
    }
}
