package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Snapshots of volumes. */
final class Snapshots {

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> snapshots;
    private final VolumeLife life;
    private final VolumeList lists;

    Snapshots(World world, Bus bus, VolumeLife life, VolumeList lists) {
        this.world = world;
        this.bus = bus;
        this.snapshots = world.table("snapshot");
        this.life = life;
        this.lists = lists;
    }

    void snapshotRoutes(Service service) {
        service.route(
                "GET",
                VolumeService.P + "/snapshots",
                call -> lists.list(call, "snapshots", false));
        service.route(
                "GET",
                VolumeService.P + "/snapshots/detail",
                call -> lists.list(call, "snapshots", true));
        service.route(
                "GET",
                VolumeService.P + "/snapshots/{}",
                call ->
                        Reply.ok(
                                object("snapshot", VolumeView.snapshotView(snapshot(call), true))));
        service.route("POST", VolumeService.P + "/snapshots", this::createSnapshot);
        service.route(
                "PUT",
                VolumeService.P + "/snapshots/{}",
                call -> {
                    Policy.VOLUME.mayChange(call, "volume:update_snapshot");
                    ObjectNode snapshot = snapshot(call);
                    JsonNode asked = call.body("snapshot");
                    for (String field : List.of("name", "description")) {
                        if (asked.has(field)) {
                            snapshot.set(field, asked.get(field));
                        }
                    }
                    return Reply.ok(object("snapshot", VolumeView.snapshotView(snapshot, true)));
                });
        service.route(
                "DELETE",
                VolumeService.P + "/snapshots/{}",
                call -> {
                    ObjectNode snapshot = snapshot(call);
                    Policy.VOLUME.mayChange(call, "volume:delete_snapshot");
                    deleteSnapshot(snapshot, Bus.Asker.of(call));
                    return Reply.empty(202);
                });
    }

    private ObjectNode snapshot(Call call) {
        return VolumeLife.found(
                call, snapshots, call.name(1), "Snapshot " + call.name(1) + " could not be found.");
    }

    private Reply createSnapshot(Call call) {
        Policy.VOLUME.mayChange(call, "volume:create_snapshot");
        ObjectNode asked = call.body("snapshot");
        ObjectNode volume = life.find(call, text(asked, "volume_id"));
        boolean forced = Json.truth(asked, "force", false) || call.since(66);
        if (!text(volume, "status").equals("available")
                && !(forced && text(volume, "status").equals("in-use"))) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume "
                            + text(volume, "id")
                            + " status must be available, but current status is: "
                            + text(volume, "status")
                            + ".");
        }
        ObjectNode snapshot = writeSnapshot(world.newId(), volume, text(asked, "name"));
        snapshot.set("metadata", asked.hasNonNull("metadata") ? asked.get("metadata") : object());
        snapshot.set("description", Json.of(asked.get("description")));
        tellSnapshot(snapshot, "snapshot.create.start", Bus.Asker.of(call));
        world.later(
                1, "snapshot.created", text(snapshot, "id"), VolumeLife.plan(Bus.Asker.of(call)));
        return Reply.of(202, object("snapshot", VolumeView.snapshotView(snapshot, false)));
    }

    ObjectNode writeSnapshot(String id, ObjectNode volume, String name) {
        ObjectNode snapshot =
                object(
                        "id",
                        id,
                        "created_at",
                        world.stampWithMicros(),
                        "updated_at",
                        null,
                        "name",
                        name.isEmpty() ? null : name,
                        "description",
                        null,
                        "volume_id",
                        text(volume, "id"),
                        "status",
                        "creating",
                        "size",
                        volume.path("size"),
                        "metadata",
                        object(),
                        "_project",
                        text(volume, "_project"));
        snapshots.put(id, snapshot);
        return snapshot;
    }

    void snapshotCreated(String id, ObjectNode plan) {
        ObjectNode snapshot = snapshots.get(id);
        if (snapshot != null) {
            snapshot.put("status", "available").put("updated_at", world.stampWithMicros());
            tellSnapshot(snapshot, "snapshot.create.end", ActionLog.asker(plan));
        }
    }

    void deleteSnapshot(ObjectNode snapshot, Bus.Asker asker) {
        snapshot.put("status", "deleting");
        tellSnapshot(snapshot, "snapshot.delete.start", asker);
        world.later(0.9, "snapshot.deleted", text(snapshot, "id"), VolumeLife.plan(asker));
    }

    void snapshotDeleted(String id, ObjectNode plan) {
        ObjectNode snapshot = snapshots.remove(id);
        if (snapshot != null) {
            tellSnapshot(snapshot, "snapshot.delete.end", ActionLog.asker(plan));
        }
    }

    private void tellSnapshot(ObjectNode snapshot, String event, Bus.@Nullable Asker asker) {
        bus.say(
                "cinder",
                "snapshot.storage1@fast",
                event,
                object(
                        "tenant_id",
                        text(snapshot, "_project"),
                        "user_id",
                        asker == null ? "" : asker.userId(),
                        "availability_zone",
                        "nova",
                        "volume_id",
                        text(snapshot, "volume_id"),
                        "volume_size",
                        snapshot.path("size"),
                        "snapshot_id",
                        text(snapshot, "id"),
                        "display_name",
                        text(snapshot, "name"),
                        "created_at",
                        VolumeLife.plus(text(snapshot, "created_at")),
                        "status",
                        text(snapshot, "status"),
                        "deleted",
                        "",
                        "metadata",
                        ""),
                asker);
    }
}
