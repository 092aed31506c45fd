package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The volumes of a server. */
final class ServerDisks {

    private final World world;
    private final VolumeService volumes;
    private final ActionLog log;
    private final ServerStates states;

    ServerDisks(World world, VolumeService volumes, ActionLog log, ServerStates states) {
        this.world = world;
        this.volumes = volumes;
        this.log = log;
        this.states = states;
    }

    void prepare(ObjectNode server, ObjectNode wanted, ObjectNode plan) {
        String volumeId = text(wanted, "uuid");
        if (!text(wanted, "source_type").equals("volume")) {
            ObjectNode made =
                    volumes.life.makeFor(
                            ActionLog.asker(plan),
                            text(server, "tenant_id"),
                            text(server, "user_id"),
                            Json.number(
                                    wanted,
                                    "volume_size",
                                    Json.number(server.path("_flavor"), "disk", 1)),
                            wanted);
            volumeId = text(made, "id");
        }
        note(server, volumeId, wanted, Json.number(wanted, "boot_index", -1));
    }

    private ObjectNode note(ObjectNode server, String volumeId, JsonNode wanted, int bootIndex) {
        ArrayNode attached = Json.items(server, "_volumes");
        String device =
                wanted.hasNonNull("device")
                        ? text(wanted, "device")
                        : wanted.hasNonNull("device_name")
                                ? text(wanted, "device_name")
                                : freeDevice(attached, bootIndex == 0);
        ObjectNode entry =
                object(
                        "volume",
                        volumeId,
                        "device",
                        device,
                        "delete_on_termination",
                        Json.truth(wanted, "delete_on_termination", false),
                        "attachment",
                        world.newId(),
                        "bdm",
                        world.newId(),
                        "tag",
                        wanted.hasNonNull("tag") ? text(wanted, "tag") : null,
                        "attached",
                        false);
        attached.add(entry);
        volumes.life.reserve(volumeId, text(entry, "attachment"));
        return entry;
    }

    private static String freeDevice(ArrayNode attached, boolean root) {
        if (root) {
            return "/dev/vda";
        }
        for (char letter = 'b'; letter <= 'z'; letter++) {
            String device = "/dev/vd" + letter;
            boolean free = true;
            for (JsonNode each : attached) {
                free &= !text(each, "device").equals(device);
            }
            if (free) {
                return device;
            }
        }
        return "/dev/vdzz";
    }

    ObjectNode startAttach(ObjectNode server, String volumeId, JsonNode wanted, ObjectNode plan) {
        ObjectNode entry = note(server, volumeId, wanted, -1);
        log.action(server, "attach_volume", plan);
        world.later(0.5, "server.attached", text(server, "id"), plan.put("volume", volumeId));
        return entry;
    }

    void attached(ObjectNode server, ObjectNode plan) {
        for (JsonNode entry : server.path("_volumes")) {
            if (text(entry, "volume").equals(text(plan, "volume"))) {
                volumes.life.attach(ActionLog.asker(plan), server, (ObjectNode) entry);
                states.tell(
                        server,
                        "compute.instance.volume.attach",
                        ServerStates.publisher(server),
                        object("volume_id", text(plan, "volume")),
                        plan);
            }
        }
        log.event(server, plan, "compute_attach_volume", "Success");
    }

    void startDetach(ObjectNode server, String volumeId, ObjectNode plan) {
        volumes.life.status(volumeId, "detaching");
        log.action(server, "detach_volume", plan);
        world.later(1, "server.detached", text(server, "id"), plan.put("volume", volumeId));
    }

    void detached(ObjectNode server, ObjectNode plan) {
        ArrayNode entries = Json.items(server, "_volumes");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (text(entries.get(i), "volume").equals(text(plan, "volume"))) {
                entries.remove(i);
            }
        }
        volumes.life.detach(ActionLog.asker(plan), text(plan, "volume"), text(server, "id"));
        states.tell(
                server,
                "compute.instance.volume.detach",
                ServerStates.publisher(server),
                object("volume_id", text(plan, "volume")),
                plan);
        log.event(server, plan, "compute_detach_volume", "Success");
    }
}
