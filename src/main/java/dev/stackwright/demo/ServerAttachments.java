package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The volumes and ports of servers. */
final class ServerAttachments {

    private final Servers servers;
    private final NetworkService network;
    private final VolumeService volumes;
    private final ServerDocuments documents;

    ServerAttachments(
            Servers servers,
            NetworkService network,
            VolumeService volumes,
            ServerDocuments documents) {
        this.servers = servers;
        this.network = network;
        this.volumes = volumes;
        this.documents = documents;
    }

    /** {@code missing} is the status when it is not there, which Nova varies. */
    void checkPort(Call call, String id, int missing) {
        ObjectNode port = network.ports.portFor(call.grant(), id);
        if (port == null) {
            throw new Refusal(missing, "Port id " + id + " could not be found.");
        }
        boolean promised =
                servers.table().values().stream()
                        .anyMatch(server -> Json.texts(server.path("_wanted_ports")).contains(id));
        if (!text(port, "device_id").isEmpty() || promised) {
            throw new Refusal(409, "Port " + id + " is still in use.");
        }
    }

    void attachmentRoutes(Service service) {
        String path = "/v2.1/servers/{}/os-volume_attachments";
        service.route(
                "GET",
                path,
                call -> {
                    ArrayNode shown = array();
                    ObjectNode server = documents.find(call);
                    server.path("_volumes")
                            .forEach(entry -> shown.add(attachmentView(call, server, entry)));
                    return Reply.ok(object("volumeAttachments", shown));
                });
        service.route(
                "GET",
                path + "/{}",
                call ->
                        Reply.ok(
                                object(
                                        "volumeAttachment",
                                        attachmentView(
                                                call, documents.find(call), attachment(call)))));
        service.route("POST", path, this::attachVolume);
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-volumes-attachments:delete");
                    JsonNode entry = attachment(call);
                    if (text(entry, "device").equals("/dev/vda")
                            && text(server, "_image").isEmpty()) {
                        throw new Refusal(403, "Cannot detach a root device volume");
                    }
                    ObjectNode volume = volumes.life.volumeFor(call.grant(), text(entry, "volume"));
                    if (volume == null || !text(volume, "status").equals("in-use")) {
                        throw new Refusal(
                                400,
                                "Invalid volume: Invalid input received: Invalid volume: Unable to"
                                        + " detach volume. Volume status must be 'in-use' and"
                                        + " attach_status must be 'attached' to detach.");
                    }
                    servers.disks.startDetach(
                            server, text(entry, "volume"), servers.log.plan(call));
                    return Reply.empty(202);
                });
        String ports = "/v2.1/servers/{}/os-interface";
        service.route(
                "GET",
                ports,
                call -> {
                    ArrayNode shown = array();
                    for (JsonNode id : documents.find(call).path("_ports")) {
                        ObjectNode port =
                                network.documents.table(NetworkKind.PORT).get(id.asString(""));
                        if (port != null) {
                            shown.add(portView(call, port));
                        }
                    }
                    return Reply.ok(object("interfaceAttachments", shown));
                });
        service.route(
                "GET",
                ports + "/{}",
                call -> {
                    ObjectNode port = network.documents.table(NetworkKind.PORT).get(call.name(1));
                    if (port == null
                            || !Json.texts(documents.find(call).path("_ports"))
                                    .contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Instance "
                                        + call.name(0)
                                        + " does not have port with id "
                                        + call.name(1));
                    }
                    return Reply.ok(object("interfaceAttachment", portView(call, port)));
                });
        service.route("POST", ports, this::attachPort);
        service.route(
                "DELETE",
                ports + "/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-attach-interfaces:delete");
                    if (!Json.texts(server.path("_ports")).contains(call.name(1))) {
                        throw new Refusal(404, "Port id " + call.name(1) + " could not be found.");
                    }
                    Json.removeText(Json.items(server, "_ports"), call.name(1));
                    network.ports.unplug(Bus.Asker.of(call), call.name(1));
                    servers.log.instantly(server, "detach_interface", servers.log.plan(call));
                    return Reply.empty(202);
                });
    }

    private JsonNode attachment(Call call) {
        for (JsonNode entry : documents.find(call).path("_volumes")) {
            if (text(entry, "volume").equals(call.name(1))) {
                return entry;
            }
        }
        throw new Refusal(
                404, "Instance " + call.name(0) + " is not attached to volume " + call.name(1));
    }

    private static ObjectNode attachmentView(Call call, ObjectNode server, JsonNode entry) {
        String volume = text(entry, "volume");
        ObjectNode shown = object();
        if (!call.since(89)) {
            shown.put("id", volume);
        }
        shown.put("volumeId", volume)
                .put("serverId", text(server, "id"))
                .put("device", text(entry, "device"));
        if (call.since(70)) {
            shown.set("tag", Json.of(entry.get("tag")));
        }
        if (call.since(79)) {
            shown.set("delete_on_termination", entry.get("delete_on_termination"));
        }
        if (call.since(89)) {
            shown.put("attachment_id", text(entry, "attachment"))
                    .put("bdm_uuid", text(entry, "bdm"));
        }
        return shown;
    }

    private Reply attachVolume(Call call) {
        ObjectNode server = documents.find(call);
        Policy.COMPUTE.mayChange(call, "os-volumes-attachments:create");
        ObjectNode asked = call.body("volumeAttachment");
        if (!asked.has("volumeId")) {
            throw NovaBody.invalid("volumeAttachment", "{}", "'volumeId' is a required property");
        }
        String id = text(asked, "volumeId");
        ObjectNode volume = volumes.life.volumeFor(call.grant(), id);
        if (volume == null) {
            throw new Refusal(404, "Volume " + id + " could not be found.");
        }
        Set<String> from =
                Set.of(
                        "active",
                        "paused",
                        "stopped",
                        "suspended",
                        "resized",
                        "soft-delete",
                        "shelved",
                        "shelved_offloaded");
        if (!from.contains(text(server, "_vm"))) {
            throw new Refusal(
                    409,
                    "Cannot 'attach_volume' instance "
                            + text(server, "id")
                            + " while it is in vm_state "
                            + text(server, "_vm"));
        }
        for (JsonNode entry : server.path("_volumes")) {
            if (text(entry, "volume").equals(id)) {
                throw new Refusal(
                        400,
                        "Invalid volume: volume "
                                + id
                                + " is already attached to instances: "
                                + text(server, "id"));
            }
        }
        if (!text(volume, "status").equals("available")) {
            throw new Refusal(
                    400,
                    "Invalid volume: volume '"
                            + id
                            + "' status must be 'available'. Currently in '"
                            + text(volume, "status")
                            + "' status");
        }
        ObjectNode entry = servers.disks.startAttach(server, id, asked, servers.log.plan(call));
        ObjectNode shown =
                object(
                        "id",
                        id,
                        "serverId",
                        text(server, "id"),
                        "volumeId",
                        id,
                        "device",
                        text(entry, "device"));
        if (call.since(70)) {
            shown.set("tag", Json.of(entry.get("tag")));
        }
        if (call.since(79)) {
            shown.set("delete_on_termination", entry.get("delete_on_termination"));
        }
        return Reply.ok(object("volumeAttachment", shown));
    }

    private ObjectNode portView(Call call, ObjectNode port) {
        ObjectNode shown =
                object(
                        "net_id",
                        text(port, "network_id"),
                        "port_id",
                        text(port, "id"),
                        "mac_addr",
                        text(port, "mac_address"),
                        "port_state",
                        text(port, "status"),
                        "fixed_ips",
                        port.path("fixed_ips"));
        if (call.since(70)) {
            shown.putNull("tag");
        }
        return shown;
    }

    private Reply attachPort(Call call) {
        ObjectNode server = documents.find(call);
        Policy.COMPUTE.mayChange(call, "os-attach-interfaces:create");
        ObjectNode asked = call.body("interfaceAttachment");
        if (!Set.of("active", "paused", "stopped").contains(text(server, "_vm"))) {
            throw new Refusal(
                    409,
                    "Cannot 'attach_interface' instance "
                            + text(server, "id")
                            + " while it is in vm_state "
                            + text(server, "_vm"));
        }
        ObjectNode wanted = object();
        if (asked.hasNonNull("port_id")) {
            checkPort(call, text(asked, "port_id"), 404);
            wanted.put("port", text(asked, "port_id"));
        } else if (network.networks.networkFor(call.grant(), text(asked, "net_id")) != null) {
            wanted.put("uuid", text(asked, "net_id"));
            JsonNode fixed = asked.path("fixed_ips").path(0);
            if (fixed.hasNonNull("ip_address")) {
                wanted.put("fixed_ip", text(fixed, "ip_address"));
            }
        } else {
            throw new Refusal(400, "Network " + text(asked, "net_id") + " could not be found.");
        }
        ObjectNode plan = servers.log.plan(call);
        servers.plugOne(server, wanted, plan);
        servers.log.instantly(server, "attach_interface", plan);
        String id = Json.texts(server.path("_ports")).getLast();
        ObjectNode port = network.documents.table(NetworkKind.PORT).get(id);
        return Reply.ok(
                object("interfaceAttachment", port == null ? object() : portView(call, port)));
    }
}
