package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Cinder shows a volume and a snapshot to one caller. */
final class VolumeView {

    private final String base;
    private final Map<String, ObjectNode> volumes;
    private final VolumeTypes kinds;

    VolumeView(World world, String base, VolumeTypes kinds) {
        this.base = base;
        this.volumes = world.table("volume");
        this.kinds = kinds;
    }

    ObjectNode view(Call call, ObjectNode volume) {
        ObjectNode shown = Json.open(volume);
        shown.set("links", links(call, "volumes", text(volume, "id")));
        ArrayNode attachments = shown.putArray("attachments");
        for (JsonNode each : volume.path("_attachments")) {
            if (Json.truth(each, "attached", false)) {
                attachments.add(
                        object(
                                "id",
                                text(volume, "id"),
                                "attachment_id",
                                text(each, "id"),
                                "volume_id",
                                text(volume, "id"),
                                "server_id",
                                text(each, "server"),
                                "host_name",
                                null,
                                "device",
                                text(each, "device"),
                                "attached_at",
                                text(each, "since")));
            }
        }
        if (call.since(13)) {
            shown.putNull("group_id");
        }
        if (call.since(48)) {
            shown.put("shared_targets", false)
                    .put("service_uuid", World.idOf("service cinder-volume fast"));
        }
        if (call.since(61)) {
            shown.putNull("cluster_name");
            if (!call.grant().admin()) {
                shown.remove("cluster_name");
            }
        }
        if (call.since(63)) {
            ObjectNode type = kinds.typeNamed(text(volume, "volume_type"));
            shown.set("volume_type_id", Json.of(type == null ? null : text(type, "id")));
        }
        if (call.since(65)) {
            shown.put("consumes_quota", true);
        }
        shown.put("os-vol-tenant-attr:tenant_id", text(volume, "_project"));
        if (call.grant().admin()) {
            shown.putNull("migration_status")
                    .putNull("os-vol-mig-status-attr:migstat")
                    .putNull("os-vol-mig-status-attr:name_id");
            shown.put("os-vol-host-attr:host", text(volume, "_host"));
        }
        return shown;
    }

    ArrayNode links(Call call, String kind, String id) {
        return array(
                object("rel", "self", "href", base + "/v3/" + call.name(0) + "/" + kind + "/" + id),
                object(
                        "rel",
                        "bookmark",
                        "href",
                        base + "/" + call.name(0) + "/" + kind + "/" + id));
    }

    static ObjectNode snapshotView(ObjectNode snapshot, boolean detailed) {
        ObjectNode shown = Json.copy(snapshot);
        shown.remove("_project");
        if (detailed) {
            shown.put("os-extended-snapshot-attributes:project_id", text(snapshot, "_project"));
            shown.put(
                    "os-extended-snapshot-attributes:progress",
                    text(snapshot, "status").equals("available") ? "100%" : "0%");
        }
        return shown;
    }
}
