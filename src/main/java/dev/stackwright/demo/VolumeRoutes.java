package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One volume: make, change, delete, and what one may do with it. */
final class VolumeRoutes {

    private static final String NOT_NOW =
            "Invalid volume: Volume status must be available or error or error_restoring or"
                    + " error_extending or error_managing and must not be migrating, attached, belong"
                    + " to a group, have snapshots, awaiting a transfer, or be disassociated from"
                    + " snapshots after volume transfer.";

    private final World world;
    private final Map<String, ObjectNode> volumes;
    private final Map<String, ObjectNode> snapshots;
    private final Snapshots copies;
    private final VolumeTypes kinds;
    private final VolumeLife life;
    private final VolumeList lists;
    private final VolumeQuotas quotas;
    private final VolumeView shows;

    VolumeRoutes(
            World world,
            Snapshots copies,
            VolumeTypes kinds,
            VolumeLife life,
            VolumeList lists,
            VolumeQuotas quotas,
            VolumeView shows) {
        this.world = world;
        this.volumes = world.table("volume");
        this.snapshots = world.table("snapshot");
        this.copies = copies;
        this.kinds = kinds;
        this.life = life;
        this.lists = lists;
        this.quotas = quotas;
        this.shows = shows;
    }

    void volumeRoutes(Service service) {
        service.route(
                "GET", VolumeService.P + "/volumes", call -> lists.list(call, "volumes", false));
        service.route(
                "GET",
                VolumeService.P + "/volumes/detail",
                call -> lists.list(call, "volumes", true));
        service.route("GET", VolumeService.P + "/volumes/summary", this::summary);
        service.route("POST", VolumeService.P + "/volumes", this::create);
        service.route(
                "GET",
                VolumeService.P + "/volumes/{}",
                call ->
                        Reply.ok(
                                object("volume", shows.view(call, life.find(call, call.name(1))))));
        service.route("PUT", VolumeService.P + "/volumes/{}", this::update);
        service.route("DELETE", VolumeService.P + "/volumes/{}", this::delete);
        service.route("POST", VolumeService.P + "/volumes/{}/action", this::act);
        for (String kind : List.of("volumes", "snapshots")) {
            metadataRoutes(service, kind);
        }
    }

    private Reply summary(Call call) {
        int count = 0;
        int size = 0;
        for (ObjectNode volume : volumes.values()) {
            if (call.grant().owns(text(volume, "_project"))
                    || call.grant().admin() && call.asks("all_tenants")) {
                count++;
                size += Json.number(volume, "size", 0);
            }
        }
        return Reply.ok(
                object(
                        "volume-summary",
                        object("total_count", count, "total_size", size, "metadata", object())));
    }

    private Reply create(Call call) {
        Policy.VOLUME.mayChange(call, "volume:create");
        ObjectNode asked = call.body("volume");
        JsonNode size = asked.path("size");
        if (size.isString() && !size.stringValue().matches("[0-9]+")) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute size. Value: "
                            + text(asked, "size")
                            + ". '"
                            + text(asked, "size")
                            + "' does not match '^[0-9]+$'");
        }
        ObjectNode source = source(call, asked);
        int gigabytes =
                Json.number(asked, "size", source == null ? -1 : Json.number(source, "size", -1));
        if (gigabytes < 1) {
            throw new Refusal(
                    400,
                    size.isMissingNode() || size.isNull()
                            ? "The server could not comply with the request since it is either"
                                    + " malformed or otherwise incorrect."
                            : "Invalid input for field/attribute size. Value: "
                                    + gigabytes
                                    + ". "
                                    + gigabytes
                                    + " is less than the minimum of 1");
        }
        String type = asked.hasNonNull("volume_type") ? text(asked, "volume_type") : "standard";
        ObjectNode known = kinds.typeNamed(type);
        if (known == null || !VolumeTypes.sees(call.grant(), known)) {
            throw new Refusal(404, "Volume type with name " + type + " could not be found.");
        }
        if (asked.hasNonNull("availability_zone")
                && !text(asked, "availability_zone").equals("nova")) {
            throw new Refusal(
                    400,
                    "Availability zone '" + text(asked, "availability_zone") + "' is invalid.");
        }
        quotas.checkQuota(call.grant().project(), gigabytes);
        ObjectNode volume =
                life.write(
                        world.newId(),
                        text(asked, "name"),
                        call.grant().project(),
                        call.grant().userId(),
                        gigabytes,
                        text(known, "name"));
        for (String field : List.of("description", "metadata", "snapshot_id", "source_volid")) {
            if (asked.hasNonNull(field)) {
                volume.set(field, asked.get(field));
            }
        }
        if (asked.hasNonNull("name")) {
            volume.set("name", asked.get("name"));
        }
        if (asked.hasNonNull("imageRef")) {
            volume.put("bootable", "true");
        }
        volume.put("multiattach", Json.truth(asked, "multiattach", false));
        life.begin(volume, Bus.Asker.of(call), object());
        return Reply.of(202, object("volume", shows.view(call, volume)));
    }

    private @Nullable ObjectNode source(Call call, ObjectNode asked) {
        if (asked.hasNonNull("snapshot_id")) {
            String id = text(asked, "snapshot_id");
            return VolumeLife.found(call, snapshots, id, "Snapshot " + id + " could not be found.");
        }
        return asked.hasNonNull("source_volid")
                ? life.find(call, text(asked, "source_volid"))
                : null;
    }

    private Reply update(Call call) {
        Policy.VOLUME.mayChange(call, "volume:update");
        ObjectNode volume = life.find(call, call.name(1));
        JsonNode asked = call.body("volume");
        for (String field : List.of("name", "description", "metadata")) {
            if (asked.has(field)) {
                volume.set(field, asked.get(field));
            }
        }
        volume.put("updated_at", world.stampWithMicros());
        life.tell(volume, "volume.update.start", Bus.Asker.of(call), object());
        life.tell(volume, "volume.update.end", Bus.Asker.of(call), object());
        return Reply.ok(object("volume", shows.view(call, volume)));
    }

    private Reply delete(Call call) {
        ObjectNode volume = life.find(call, call.name(1));
        Policy.VOLUME.mayChange(call, "volume:delete");
        refuseWhenBusy(volume, call.asks("cascade"));
        for (ObjectNode snapshot : List.copyOf(snapshots.values())) {
            if (text(snapshot, "volume_id").equals(text(volume, "id"))) {
                copies.deleteSnapshot(snapshot, Bus.Asker.of(call));
            }
        }
        life.startDelete(Bus.Asker.of(call), text(volume, "id"));
        return Reply.empty(202);
    }

    private void refuseWhenBusy(ObjectNode volume, boolean cascade) {
        boolean snapshotted =
                snapshots.values().stream()
                        .anyMatch(each -> text(each, "volume_id").equals(text(volume, "id")));
        boolean ready =
                Set.of("available", "error", "error_extending").contains(text(volume, "status"));
        if (!ready || !volume.path("_attachments").isEmpty() || snapshotted && !cascade) {
            throw new Refusal(400, NOT_NOW);
        }
    }

    private Reply act(Call call) {
        ObjectNode volume = life.find(call, call.name(1));
        ObjectNode body = call.body();
        String action = body.propertyNames().iterator().next();
        JsonNode asked = body.path(action);
        String id = text(volume, "id");
        switch (action) {
            case "os-extend" -> {
                Policy.VOLUME.mayChange(call, "volume:extend");
                extend(call, volume, Json.number(asked, "new_size", 0));
            }
            case "os-set_bootable" -> {
                Policy.VOLUME.mayChange(call, "volume_extension:volume_actions:set_bootable");
                volume.put("bootable", Boolean.toString(Json.truth(asked, "bootable", false)));
                return Reply.empty(200);
            }
            case "os-update_readonly_flag" -> {
                Policy.VOLUME.mayChange(call, "volume:update_readonly_flag");
                ((ObjectNode) volume.get("metadata")).put("readonly", text(asked, "readonly"));
            }
            case "os-retype" -> {
                Policy.VOLUME.mayChange(call, "volume_extension:volume_actions:retype");
                if (kinds.typeNamed(text(asked, "new_type")) == null) {
                    throw new Refusal(
                            404,
                            "Volume type with name "
                                    + text(asked, "new_type")
                                    + " could not be found.");
                }
                String before = text(volume, "status");
                life.status(id, "retyping");
                volume.put("volume_type", text(asked, "new_type"));
                world.later(1, "volume.retyped", id, object("status", before));
            }
            case "os-reset_status" -> {
                Policy.VOLUME.needAdmin(call, "volume_extension:volume_admin_actions:reset_status");
                life.status(id, text(asked, "status"));
            }
            case "os-force_delete" -> {
                Policy.VOLUME.needAdmin(call, "volume_extension:volume_admin_actions:force_delete");
                life.startDelete(Bus.Asker.of(call), id);
            }
            default -> throw new Refusal(400, "There is no such action: " + action);
        }
        return Reply.empty(202);
    }

    private void extend(Call call, ObjectNode volume, int size) {
        int now = Json.number(volume, "size", 0);
        if (size <= now) {
            throw new Refusal(
                    400,
                    "Invalid input received: New size for extend must be greater than current size."
                            + " (current: "
                            + now
                            + ", extended: "
                            + size
                            + ").");
        }
        if (!Set.of("available", "in-use").contains(text(volume, "status"))) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume "
                            + text(volume, "id")
                            + " status must be '('available', 'in-use')' to extend, currently "
                            + text(volume, "status")
                            + ".");
        }
        quotas.checkQuota(text(volume, "_project"), size - now);
        String before = text(volume, "status");
        life.status(text(volume, "id"), "extending");
        life.tell(volume, "volume.resize.start", Bus.Asker.of(call), object());
        world.later(
                1,
                "volume.extended",
                text(volume, "id"),
                VolumeLife.plan(Bus.Asker.of(call)).put("size", size).put("status", before));
    }

    private void metadataRoutes(Service service, String kind) {
        Map<String, ObjectNode> table = kind.equals("volumes") ? volumes : snapshots;
        String rule = kind.equals("volumes") ? "volume" : "volume";
        String path = VolumeService.P + "/" + kind + "/{}/metadata";
        String one = kind.equals("volumes") ? "Volume " : "Snapshot ";
        service.route(
                "GET",
                path,
                call ->
                        Reply.ok(
                                object(
                                        "metadata",
                                        VolumeLife.found(
                                                        call,
                                                        table,
                                                        call.name(1),
                                                        one + call.name(1) + " could not be found.")
                                                .path("metadata"))));
        for (String method : List.of("POST", "PUT")) {
            service.route(
                    method,
                    path,
                    call -> {
                        Policy.VOLUME.mayChange(call, rule + ":create_volume_metadata");
                        ObjectNode document =
                                VolumeLife.found(
                                        call,
                                        table,
                                        call.name(1),
                                        one + call.name(1) + " could not be found.");
                        ObjectNode metadata =
                                method.equals("PUT")
                                        ? document.putObject("metadata")
                                        : (ObjectNode) document.get("metadata");
                        metadata.setAll(call.body("metadata"));
                        return Reply.ok(object("metadata", metadata));
                    });
        }
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    Policy.VOLUME.mayChange(call, rule + ":delete_volume_metadata");
                    ObjectNode document =
                            VolumeLife.found(
                                    call,
                                    table,
                                    call.name(1),
                                    one + call.name(1) + " could not be found.");
                    ((ObjectNode) document.get("metadata")).remove(call.name(2));
                    return Reply.empty(200);
                });
    }
}
