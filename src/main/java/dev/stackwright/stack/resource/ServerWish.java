package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server as Nova is asked for it. */
final class ServerWish {

    /** The key of the metadata that has our mark. */
    static final String MARK = "stackwright";

    private ServerWish() {}

    static Request request(Work work) {
        var server = RestHandler.object();
        server.put("name", work.wantedName());
        server.put("flavorRef", Names.id(work, "flavor", work.required("flavor")));
        var image = work.given("image");
        server.put("imageRef", image.map(one -> Names.id(work, "image", one)).orElse(""));
        for (var same : List.of("key_name", "availability_zone")) {
            work.given(same).ifPresent(given -> server.put(same, given));
        }
        work.given("admin_pass").ifPresent(given -> server.put("adminPass", given));
        work.given("diskConfig").ifPresent(given -> server.put("OS-DCF:diskConfig", given));
        if (work.json("config_drive").asBoolean(false)) {
            server.put("config_drive", true);
        }
        work.given("user_data")
                .ifPresent(given -> server.put("user_data", base64(work.config(given))));
        var personality = work.json("personality");
        if (personality.isObject() && !personality.isEmpty()) {
            var files = server.putArray("personality");
            personality
                    .properties()
                    .forEach(file ->
                            files.addObject()
                                    .put("path", file.getKey())
                                    .put("contents", base64(file.getValue().asString())));
        }
        work.given("reservation_id").ifPresent(given -> server.put("reservation_id", given));

        server.set("metadata", metadata(work));
        networks(work).ifPresent(networks -> server.set("networks", networks));
        var groups = work.json("security_groups");
        if (groups.isArray() && !groups.isEmpty()) {
            var named = server.putArray("security_groups");
            groups.forEach(group -> named.addObject().put("name", group.asString()));
        }
        disks(work).ifPresent(disks -> server.set("block_device_mapping_v2", disks));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("server", server);
        var hints = work.json("scheduler_hints");
        if (hints.isObject() && !hints.isEmpty()) {
            body.put("os:scheduler_hints", hints);
        }
        var tags = work.json("tags");
        if (tags.isArray() && !tags.isEmpty()) {
            server.set("tags", tags);
        }
        var request = Request.post(Service.COMPUTE, "/servers").body(body);
        var version = microversion(server);
        return version.isEmpty() ? request : request.microversion(version);
    }

    /** The oldest version of the API that knows all that is wanted. */
    private static String microversion(ObjectNode server) {
        for (var disk : server.path("block_device_mapping_v2")) {
            if (disk.has("volume_type")) {
                return "2.67";
            }
        }
        if (server.has("tags")) {
            return "2.52";
        }
        for (var network : server.path("networks")) {
            if (network.has("tag")) {
                return "2.42";
            }
        }
        return server.path("networks").isString() ? "2.37" : "";
    }

    static ObjectNode metadata(Work work) {
        var metadata = RestHandler.object();
        work.json("metadata")
                .properties()
                .forEach(e ->
                        metadata.put(
                                e.getKey(),
                                e.getValue().isContainer()
                                        ? e.getValue().toString()
                                        : e.getValue().asString()));
        return metadata.put(MARK, work.mark());
    }

    private static Optional<JsonNode> networks(Work work) {
        var given = work.json("networks");
        if (!given.isArray() || given.isEmpty()) {
            return Optional.empty();
        }
        var automatic = given.get(0).path("allocate_network").asString("");
        if (!automatic.isEmpty()) {
            if (given.size() > 1) {
                throw new Impossible("allocate_network stands alone: leave the other networks out");
            }
            return Optional.of(JsonNodeFactory.instance.stringNode(automatic));
        }
        var sent = JsonNodeFactory.instance.arrayNode();
        network(work).forEach(sent::add);
        return Optional.of(sent);
    }

    /** Each entry of networks as Nova takes it. */
    static List<ObjectNode> network(Work work) {
        var all = new ArrayList<ObjectNode>();
        for (var given : work.json("networks")) {
            all.add(network(work, given, all.size()));
        }
        return all;
    }

    private static ObjectNode network(Work work, JsonNode given, int place) {
        var sent = RestHandler.object();
        var tag = given.path("tag").asString("");
        if (!tag.isEmpty()) {
            sent.put("tag", tag);
        }
        var port = given.path("port").asString("");
        if (!port.isEmpty()) {
            return sent.put("port", Names.id(work, "port", port));
        }
        if (ServerPorts.wantsOwn(given)) {
            return sent.put("port", ServerPorts.bring(work, given, place));
        }
        var network = given.path("network").asString(given.path("uuid").asString(""));
        if (network.isEmpty()) {
            throw new Impossible("Each entry of networks needs a port, a network or a subnet");
        }
        sent.put("uuid", Names.id(work, "network", network));
        var address = given.path("fixed_ip").asString("");
        if (!address.isEmpty()) {
            sent.put("fixed_ip", address);
        }
        return sent;
    }

    private static Optional<JsonNode> disks(Work work) {
        var sent = JsonNodeFactory.instance.arrayNode();
        for (var disk : work.json("block_device_mapping_v2")) {
            sent.add(disk(work, disk));
        }
        for (var disk : work.json("block_device_mapping")) {
            var one = sent.addObject();
            one.put("device_name", disk.path("device_name").asString("vda"));
            one.put("boot_index", sent.size() == 1 ? 0 : -1);
            one.put("destination_type", "volume");
            var snapshot = disk.path("snapshot_id").asString("");
            one.put("source_type", snapshot.isEmpty() ? "volume" : "snapshot");
            one.put("uuid", snapshot.isEmpty() ? disk.path("volume_id").asString("") : snapshot);
            one.put("delete_on_termination", disk.path("delete_on_termination").asBoolean(false));
            if (disk.path("volume_size").isNumber()) {
                one.set("volume_size", disk.path("volume_size"));
            }
        }
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent);
    }

    private static ObjectNode disk(Work work, JsonNode disk) {
        var one = RestHandler.object();
        var sources =
                Map.of(
                        "volume_id", "volume",
                        "snapshot_id", "snapshot",
                        "image", "image",
                        "image_id", "image");
        for (var source : sources.entrySet()) {
            var id = disk.path(source.getKey()).asString("");
            if (!id.isEmpty()) {
                one.put("source_type", source.getValue());
                one.put(
                        "uuid",
                        source.getValue().equals("image") ? Names.id(work, "image", id) : id);
            }
        }
        if (!one.has("source_type")) {
            one.put("source_type", "blank");
            one.put("destination_type", "local");
        } else {
            one.put("destination_type", "volume");
        }
        for (var same :
                List.of(
                        "device_name",
                        "device_type",
                        "disk_bus",
                        "boot_index",
                        "delete_on_termination",
                        "volume_size",
                        "volume_type")) {
            var value = disk.path(same);
            if (!value.isMissingNode() && !value.isNull()) {
                one.set(same, value);
            }
        }
        var swap = disk.path("swap_size");
        if (swap.isNumber()) {
            one.put("guest_format", "swap").set("volume_size", swap);
        }
        if (!one.has("boot_index")) {
            one.put("boot_index", -1);
        }
        return one;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
