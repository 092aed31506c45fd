package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server as Nova shows it: each microversion a little differently, and more to an administrator.
 */
final class ServerView {

    private final String base;
    private final String imageBase;
    private final Servers servers;
    private final Hosts hosts;
    private final NetworkService network;
    private final Map<String, String> hostIds = new ConcurrentHashMap<>();

    ServerView(
            String base, String imageBase, Servers servers, Hosts hosts, NetworkService network) {
        this.base = base;
        this.imageBase = imageBase;
        this.servers = servers;
        this.hosts = hosts;
        this.network = network;
    }

    static String status(ObjectNode server) {
        String task = text(server, "_task");
        return switch (text(server, "_vm")) {
            case "active" ->
                    switch (task) {
                        case "rebooting", "reboot_pending", "reboot_started" -> "REBOOT";
                        case "rebooting_hard", "reboot_pending_hard" -> "HARD_REBOOT";
                        case "rebuilding", "rebuild_spawning", "rebuild_block_device_mapping" ->
                                "REBUILD";
                        case "migrating" -> "MIGRATING";
                        case "resize_prep",
                                "resize_migrating",
                                "resize_migrated",
                                "resize_finish" ->
                                "RESIZE";
                        case "updating_password" -> "PASSWORD";
                        default -> "ACTIVE";
                    };
            case "building" -> "BUILD";
            case "stopped" ->
                    task.startsWith("resize_")
                            ? "RESIZE"
                            : task.startsWith("rebuild") ? "REBUILD" : "SHUTOFF";
            case "resized" -> task.equals("resize_reverting") ? "REVERT_RESIZE" : "VERIFY_RESIZE";
            case "paused" -> "PAUSED";
            case "suspended" -> "SUSPENDED";
            case "rescued" -> "RESCUE";
            case "error" -> task.startsWith("rebuild") ? "REBUILD" : "ERROR";
            case "deleted" -> "DELETED";
            case "soft-delete" -> "SOFT_DELETED";
            case "shelved" -> "SHELVED";
            case "shelved_offloaded" -> "SHELVED_OFFLOADED";
            default -> "UNKNOWN";
        };
    }

    ArrayNode links(String kind, String id) {
        return array(
                object("rel", "self", "href", base + "/v2.1/" + kind + "/" + id),
                object("rel", "bookmark", "href", base + "/" + kind + "/" + id));
    }

    ObjectNode brief(ObjectNode server) {
        return object(
                "id",
                text(server, "id"),
                "name",
                text(server, "name"),
                "links",
                links("servers", text(server, "id")));
    }

    ObjectNode full(Call call, ObjectNode server) {
        String id = text(server, "id");
        String image = text(server, "_image");
        boolean admin = call.grant().admin();
        ObjectNode shown =
                object(
                        "id",
                        id,
                        "name",
                        text(server, "name"),
                        "status",
                        status(server),
                        "tenant_id",
                        text(server, "tenant_id"),
                        "user_id",
                        text(server, "user_id"),
                        "metadata",
                        server.path("metadata"),
                        "hostId",
                        hostId(text(server, "tenant_id"), text(server, "_host")),
                        "image",
                        image.isEmpty()
                                ? ""
                                : object(
                                        "id",
                                        image,
                                        "links",
                                        array(
                                                object(
                                                        "rel",
                                                        "bookmark",
                                                        "href",
                                                        base + "/images/" + image))),
                        "flavor",
                        flavor(call, server.path("_flavor")),
                        "created",
                        text(server, "created"),
                        "updated",
                        text(server, "updated"),
                        "addresses",
                        addresses(server, true),
                        "accessIPv4",
                        "",
                        "accessIPv6",
                        "",
                        "links",
                        links("servers", id),
                        "OS-DCF:diskConfig",
                        "MANUAL");
        if (!text(server, "_vm").equals("deleted") && !text(server, "_vm").equals("error")) {
            shown.put("progress", 0);
        }
        if (server.hasNonNull("_fault")) {
            ObjectNode fault = Json.copy(server.get("_fault"));
            shown.set("fault", fault);
        }
        shown.put("OS-EXT-AZ:availability_zone", text(server, "_zone"))
                .put("config_drive", text(server, "_config_drive"));
        shown.set("key_name", Json.of(server.get("key_name")));
        shown.set("OS-SRV-USG:launched_at", Json.of(server.get("_launched")));
        shown.set("OS-SRV-USG:terminated_at", Json.of(server.get("_terminated")));
        if (admin) {
            String host = text(server, "_host");
            shown.set("OS-EXT-SRV-ATTR:host", Json.of(host.isEmpty() ? null : host));
            shown.put(
                    "OS-EXT-SRV-ATTR:instance_name",
                    "instance-%08x".formatted(Json.number(server, "_number", 0)));
            shown.set("OS-EXT-SRV-ATTR:hypervisor_hostname", Json.of(host.isEmpty() ? null : host));
            if (call.since(3)) {
                shown.put("OS-EXT-SRV-ATTR:reservation_id", text(server, "_reservation"))
                        .put("OS-EXT-SRV-ATTR:launch_index", 0);
                shown.put("OS-EXT-SRV-ATTR:hostname", text(server, "_hostname"))
                        .put("OS-EXT-SRV-ATTR:kernel_id", "");
                shown.put("OS-EXT-SRV-ATTR:ramdisk_id", "")
                        .put("OS-EXT-SRV-ATTR:root_device_name", "/dev/vda");
                shown.set("OS-EXT-SRV-ATTR:user_data", Json.of(server.get("_user_data")));
            }
        }
        if (!shown.path("addresses").isEmpty() && call.grant().owns(text(server, "tenant_id"))) {
            shown.set("security_groups", groups(server));
        }
        shown.set("OS-EXT-STS:task_state", Json.of(server.get("_task")));
        shown.put("OS-EXT-STS:vm_state", text(server, "_vm"))
                .put("OS-EXT-STS:power_state", Json.number(server, "_power", 0));
        shown.set("os-extended-volumes:volumes_attached", volumes(call, server));
        later(call, server, shown);
        return shown;
    }

    private void later(Call call, ObjectNode server, ObjectNode shown) {
        if (call.since(9)) {
            shown.put("locked", Json.truth(server, "_locked", false));
        }
        if (call.since(16) && call.grant().admin()) {
            String host = text(server, "_host");
            shown.put(
                    "host_status",
                    host.isEmpty()
                            ? ""
                            : !hosts.computeUp(host)
                                    ? "DOWN"
                                    : hosts.find(host) instanceof Hosts.Host known
                                                    && !hosts.enabled(known.serviceId())
                                            ? "MAINTENANCE"
                                            : "UP");
        }
        if (call.since(19)) {
            shown.set("description", Json.of(server.get("description")));
        }
        if (call.since(26)) {
            shown.set("tags", server.path("tags"));
        }
        if (call.since(63)) {
            shown.putNull("trusted_image_certificates");
        }
        if (call.since(71) && call.path().endsWith(text(server, "id"))) {
            shown.set(
                    "server_groups",
                    server.hasNonNull("_group") ? array(text(server, "_group")) : array());
        }
        if (call.since(73)) {
            shown.set("locked_reason", Json.of(server.get("_locked_reason")));
        }
        if (call.since(90)) {
            shown.put("OS-EXT-SRV-ATTR:hostname", text(server, "_hostname"));
        }
    }

    private ObjectNode flavor(Call call, JsonNode flavor) {
        if (!call.since(47)) {
            String id = text(flavor, "id");
            return object(
                    "id",
                    id,
                    "links",
                    array(object("rel", "bookmark", "href", base + "/flavors/" + id)));
        }
        return object(
                "vcpus",
                flavor.path("vcpus"),
                "ram",
                flavor.path("ram"),
                "disk",
                flavor.path("disk"),
                "ephemeral",
                flavor.path("ephemeral"),
                "swap",
                flavor.path("swap"),
                "original_name",
                text(flavor, "name"),
                "extra_specs",
                flavor.path("extra_specs"));
    }

    private static ArrayNode volumes(Call call, ObjectNode server) {
        ArrayNode attached = array();
        for (JsonNode each : server.path("_volumes")) {
            ObjectNode entry = object("id", text(each, "volume"));
            if (call.since(3)) {
                entry.set("delete_on_termination", each.get("delete_on_termination"));
            }
            attached.add(entry);
        }
        return attached;
    }

    ObjectNode addresses(ObjectNode server, boolean extended) {
        ObjectNode addresses = object();
        servers.payloads.eachAddress(
                server,
                (label, address, mac, floating) -> {
                    ArrayNode list = Json.items(addresses, label);
                    list.add(address(address, mac, "fixed", extended));
                    if (floating != null) {
                        list.add(address(floating, mac, "floating", extended));
                    }
                });
        return addresses;
    }

    private static ObjectNode address(String address, String mac, String type, boolean extended) {
        ObjectNode entry = object("version", address.contains(":") ? 6 : 4, "addr", address);
        if (extended) {
            entry.put("OS-EXT-IPS:type", type).put("OS-EXT-IPS-MAC:mac_addr", mac);
        }
        return entry;
    }

    ArrayNode groups(ObjectNode server) {
        Map<String, ObjectNode> groups = network.documents.table(NetworkKind.SECURITY_GROUP);
        ArrayNode names = array();
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.documents.table(NetworkKind.PORT).get(portId.asString(""));
            if (port != null) {
                for (JsonNode group : port.path("security_groups")) {
                    ObjectNode known = groups.get(group.asString(""));
                    names.add(
                            object(
                                    "name",
                                    known == null ? group.asString("") : text(known, "name")));
                }
            }
        }
        return names;
    }

    /** Nova hides the host's name from members but lets them see which servers share one. */
    String hostId(String project, String host) {
        return host.isEmpty() ? "" : hostIds.computeIfAbsent(project + host, ServerView::sha224);
    }

    private static String sha224(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-224")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String imageUrl(String id) {
        return imageBase + "/images/" + id;
    }
}
