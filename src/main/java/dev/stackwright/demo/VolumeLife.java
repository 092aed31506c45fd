package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of volumes, step by step, and what Cinder says about it on the bus. */
final class VolumeLife {

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> volumes;
    private final VolumeTypes kinds;
    private final VolumeQuotas quotas;

    VolumeLife(World world, Bus bus, VolumeTypes kinds, VolumeQuotas quotas) {
        this.world = world;
        this.bus = bus;
        this.volumes = world.table("volume");
        this.kinds = kinds;
        this.quotas = quotas;
    }

    ObjectNode find(Call call, String id) {
        return found(call, volumes, id, "Volume " + id + " could not be found.");
    }

    static ObjectNode found(Call call, Map<String, ObjectNode> table, String id, String missing) {
        ObjectNode document = table.get(id);
        if (document == null || !call.grant().sees(text(document, "_project"))) {
            throw new Refusal(404, missing);
        }
        return document;
    }

    ObjectNode write(String id, String name, String project, String user, int size, String type) {
        ObjectNode volume = document(id, name, project, user, size, type, world.now());
        volumes.put(id, volume);
        return volume;
    }

    ObjectNode document(
            String id,
            String name,
            String project,
            String user,
            int size,
            String type,
            Instant created) {
        ObjectNode volume =
                object(
                        "id",
                        id,
                        "status",
                        "creating",
                        "size",
                        size,
                        "availability_zone",
                        "nova",
                        "created_at",
                        World.stampWithMicros(created),
                        "updated_at",
                        null,
                        "name",
                        name.isEmpty() ? null : name,
                        "description",
                        null,
                        "volume_type",
                        type,
                        "snapshot_id",
                        null,
                        "source_volid",
                        null,
                        "metadata",
                        object(),
                        "user_id",
                        user,
                        "bootable",
                        "false",
                        "encrypted",
                        false,
                        "replication_status",
                        null,
                        "consistencygroup_id",
                        null,
                        "multiattach",
                        false,
                        "_project",
                        project,
                        "_host",
                        "storage1@" + (type.equals("slow") ? "slow#slow" : "fast#fast"),
                        "_attachments",
                        array());
        return volume;
    }

    void begin(ObjectNode volume, Bus.@Nullable Asker asker, ObjectNode more) {
        tell(volume, "volume.create.start", asker, object());
        world.later(1, "volume.created", text(volume, "id"), plan(asker).setAll(more));
    }

    static ObjectNode plan(Bus.@Nullable Asker asker) {
        return asker == null
                ? object()
                : object(
                        "user",
                        asker.userId(),
                        "user_name",
                        asker.userName(),
                        "project",
                        asker.projectId(),
                        "request",
                        asker.requestId(),
                        "admin",
                        asker.admin());
    }

    void created(String id, ObjectNode plan) {
        ObjectNode volume = volumes.get(id);
        if (volume != null && text(volume, "status").equals("creating")) {
            status(id, "available");
            volume.put("_launched", world.stampWithMicros());
            tell(volume, "volume.create.end", ActionLog.asker(plan), object());
        }
    }

    /** Nova wants a volume for a server that boots from it. */
    ObjectNode makeFor(
            Bus.@Nullable Asker asker, String project, String user, int size, JsonNode wanted) {
        quotas.checkQuota(project, Math.max(1, size));
        String type = wanted.hasNonNull("volume_type") ? text(wanted, "volume_type") : "standard";
        ObjectNode volume = write(world.newId(), "", project, user, Math.max(1, size), type);
        volume.put("bootable", "true")
                .put("status", "available")
                .put("_launched", world.stampWithMicros());
        volume.put("updated_at", world.stampWithMicros());
        tell(volume, "volume.create.start", asker, object());
        tell(volume, "volume.create.end", asker, object());
        return volume;
    }

    void status(String id, String status) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            volume.put("status", status).put("updated_at", world.stampWithMicros());
        }
    }

    @Nullable ObjectNode volumeFor(Grant grant, String id) {
        ObjectNode volume = volumes.get(id);
        return volume != null && grant.sees(text(volume, "_project")) ? volume : null;
    }

    void reserve(String volumeId, String attachment) {
        ObjectNode volume = volumes.get(volumeId);
        if (volume != null) {
            status(volumeId, "reserved");
            Json.items(volume, "_attachments").add(object("id", attachment, "attached", false));
        }
    }

    void attach(Bus.@Nullable Asker asker, ObjectNode server, ObjectNode entry) {
        ObjectNode volume = volumes.get(text(entry, "volume"));
        if (volume == null) {
            return;
        }
        entry.put("attached", true);
        for (JsonNode each : volume.path("_attachments")) {
            if (text(each, "id").equals(text(entry, "attachment"))) {
                ((ObjectNode) each)
                        .put("attached", true)
                        .put("server", text(server, "id"))
                        .put("device", text(entry, "device"))
                        .put("since", world.stampWithMicros())
                        .put("host", text(server, "_host"));
            }
        }
        status(text(volume, "id"), "in-use");
        tell(volume, "volume.attach.start", asker, object());
        tell(volume, "volume.attach.end", asker, object());
    }

    void detach(Bus.@Nullable Asker asker, String volumeId, String serverId) {
        ObjectNode volume = volumes.get(volumeId);
        if (volume == null) {
            return;
        }
        ArrayNode attachments = Json.items(volume, "_attachments");
        for (int i = attachments.size() - 1; i >= 0; i--) {
            if (!attachments.get(i).hasNonNull("server")
                    || text(attachments.get(i), "server").equals(serverId)) {
                attachments.remove(i);
            }
        }
        if (attachments.isEmpty()) {
            status(volumeId, "available");
        }
        tell(volume, "volume.detach.start", asker, object());
        tell(volume, "volume.detach.end", asker, object());
    }

    void startDelete(Bus.@Nullable Asker asker, String id) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            status(id, "deleting");
            tell(volume, "volume.delete.start", asker, object());
            world.later(1, "volume.deleted", id, plan(asker));
        }
    }

    void deleted(String id, ObjectNode plan) {
        ObjectNode volume = volumes.remove(id);
        if (volume != null) {
            tell(volume, "volume.delete.end", ActionLog.asker(plan), object());
        }
    }

    void extended(String id, ObjectNode plan) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            volume.put("size", Json.number(plan, "size", 1));
            status(id, text(plan, "status"));
            tell(volume, "volume.resize.end", ActionLog.asker(plan), object());
        }
    }

    static String plus(String stamp) {
        return stamp.isEmpty() ? "" : stamp.substring(0, 19) + "+00:00";
    }

    void tell(ObjectNode volume, String event, Bus.@Nullable Asker asker, ObjectNode more) {
        bus.say(
                "cinder",
                "volume." + text(volume, "_host"),
                event,
                payload(volume).setAll(more),
                asker);
    }

    ObjectNode payload(ObjectNode volume) {
        ArrayNode metadata = array();
        volume.path("metadata")
                .properties()
                .forEach(each ->
                        metadata.add(object("key", each.getKey(), "value", each.getValue())));
        ArrayNode attachments = array();
        for (JsonNode each : volume.path("_attachments")) {
            if (Json.truth(each, "attached", false)) {
                attachments.add(
                        object(
                                "id",
                                text(each, "id"),
                                "volume_id",
                                text(volume, "id"),
                                "instance_uuid",
                                text(each, "server"),
                                "attached_host",
                                text(each, "host"),
                                "mountpoint",
                                text(each, "device"),
                                "attach_time",
                                text(each, "since"),
                                "attach_status",
                                "attached",
                                "attach_mode",
                                "rw"));
            }
        }
        ObjectNode type = kinds.typeNamed(text(volume, "volume_type"));
        return object(
                "tenant_id",
                text(volume, "_project"),
                "host",
                text(volume, "_host"),
                "user_id",
                text(volume, "user_id"),
                "availability_zone",
                "nova",
                "volume_id",
                text(volume, "id"),
                "volume_type",
                type == null ? "" : text(type, "id"),
                "display_name",
                text(volume, "name"),
                "launched_at",
                plus(text(volume, "_launched")),
                "created_at",
                plus(text(volume, "created_at")),
                "status",
                text(volume, "status"),
                "snapshot_id",
                volume.get("snapshot_id"),
                "size",
                volume.path("size"),
                "replication_status",
                null,
                "replication_extended_status",
                null,
                "replication_driver_data",
                null,
                "metadata",
                metadata,
                "volume_attachment",
                attachments);
    }

    /** The audit that Cinder's usage script sends for each volume. */
    void audit(Instant from, Instant to) {
        for (ObjectNode volume : volumes.values()) {
            tell(
                    volume,
                    "volume.exists",
                    null,
                    object(
                            "audit_period_beginning", World.stampWithSpace(from).substring(0, 19),
                            "audit_period_ending", World.stampWithSpace(to).substring(0, 19)));
        }
    }
}
