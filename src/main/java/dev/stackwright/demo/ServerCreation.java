package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Nova checks before it builds a server. */
final class ServerCreation {

    private final String base;
    private final World world;
    private final Servers servers;
    private final ServerView views;
    private final ComputeCatalog catalog;
    private final NetworkService network;
    private final VolumeService volumes;
    private final ImageService images;
    private final ServerAttachments attachments;
    private final ServerDocuments documents;

    ServerCreation(
            String base,
            World world,
            Servers servers,
            ServerView views,
            ComputeCatalog catalog,
            NetworkService network,
            VolumeService volumes,
            ImageService images,
            ServerAttachments attachments,
            ServerDocuments documents) {
        this.base = base;
        this.world = world;
        this.servers = servers;
        this.views = views;
        this.catalog = catalog;
        this.network = network;
        this.volumes = volumes;
        this.images = images;
        this.attachments = attachments;
        this.documents = documents;
    }

    Reply create(Call call) {
        Policy.COMPUTE.mayChange(call, "servers:create");
        ObjectNode asked = call.body("server");
        require(call, asked, "name");
        require(call, asked, "flavorRef");
        if (call.since(37)) {
            require(call, asked, "networks");
        }
        if (text(asked, "name").isBlank() || text(asked, "name").length() > 255) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute name. Value: "
                            + text(asked, "name")
                            + ". '"
                            + text(asked, "name")
                            + "' "
                            + (text(asked, "name").isBlank() ? "is too short" : "is too long"));
        }
        String flavorRef = text(asked, "flavorRef");
        ObjectNode flavor =
                catalog.kinds.flavorFor(
                        call.grant(), flavorRef.substring(flavorRef.lastIndexOf('/') + 1));
        if (flavor == null) {
            throw new Refusal(400, "Flavor " + flavorRef + " could not be found.");
        }
        ArrayNode devices = devices(call, asked);
        String image = image(call, asked, devices, flavor);
        checkKey(call, asked);
        int count = Math.max(1, Json.number(asked, "min_count", 1));
        count = Math.max(count, Json.number(asked, "max_count", count));
        ObjectNode plan = servers.log.plan(call);
        plan.set("networks", networks(call, asked));
        plan.set("security_groups", groups(call, asked));
        plan.set("block_devices", devices);
        String zone = text(asked, "availability_zone");
        if (!zone.isEmpty() && !zone.equals("nova") && !zone.startsWith("nova:")) {
            throw new Refusal(400, "The requested availability zone is not available");
        }
        plan.put(
                "host",
                zone.startsWith("nova:") ? zone.substring(5).split(":")[0] : text(asked, "host"));
        catalog.quotas.checkQuota(
                call.grant().project(),
                count,
                count * Json.number(flavor, "vcpus", 0),
                count * Json.number(flavor, "ram", 0));
        ObjectNode first = null;
        for (int i = 1; i <= count; i++) {
            String name = text(asked, "name") + (count > 1 ? "-" + i : "");
            ObjectNode server =
                    servers.write(
                            world.newId(),
                            name,
                            call.grant().project(),
                            call.grant().userId(),
                            catalog.kinds.frozen(flavor),
                            image);
            adorn(call, server, asked);
            servers.build(server, Json.copy(plan));
            first = first == null ? server : first;
        }
        if (first == null || Json.truth(asked, "return_reservation_id", false)) {
            return Reply.of(202, object("reservation_id", text(first, "_reservation")));
        }
        String id = text(first, "id");
        return Reply.of(
                        202,
                        object(
                                "server",
                                object(
                                        "id",
                                        id,
                                        "links",
                                        views.links("servers", id),
                                        "OS-DCF:diskConfig",
                                        "MANUAL",
                                        "security_groups",
                                        groupNames(asked),
                                        "adminPass",
                                        asked.hasNonNull("adminPass")
                                                ? text(asked, "adminPass")
                                                : documents.password())))
                .with("Location", base + "/v2.1/servers/" + id);
    }

    private static void require(Call call, ObjectNode asked, String field) {
        if (!asked.has(field)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server. Value: "
                            + asked.toString().replace('"', '\'')
                            + ". '"
                            + field
                            + "' is a required property");
        }
    }

    private static ArrayNode groupNames(ObjectNode asked) {
        ArrayNode names = array();
        asked.path("security_groups")
                .forEach(group -> names.add(object("name", text(group, "name"))));
        return names.isEmpty() ? array(object("name", "default")) : names;
    }

    private void adorn(Call call, ObjectNode server, ObjectNode asked) {
        for (String field : List.of("metadata", "key_name")) {
            if (asked.hasNonNull(field)) {
                server.set(field, asked.get(field).deepCopy());
            }
        }
        server.set(
                "description",
                call.since(19) && asked.has("description")
                        ? asked.get("description")
                        : Json.of(call.since(19) ? null : text(asked, "name")));
        if (!asked.has("description")) {
            server.put("description", text(asked, "name"));
        }
        if (call.since(52) && asked.hasNonNull("tags")) {
            server.set("tags", Json.list(new TreeSet<>(Json.texts(asked.get("tags")))));
        }
        if (asked.hasNonNull("hostname") && call.since(90)) {
            server.put("_hostname", text(asked, "hostname"));
        }
        if (asked.hasNonNull("user_data")) {
            server.set("_user_data", asked.get("user_data"));
        }
        server.put("_config_drive", Json.truth(asked, "config_drive", false) ? "True" : "");
        JsonNode hints = call.body().path("os:scheduler_hints");
        if (hints.hasNonNull("group")) {
            server.put("_group", text(hints, "group"));
            catalog.serverGroups.join(text(hints, "group"), text(server, "id"));
        }
    }

    private ArrayNode devices(Call call, ObjectNode asked) {
        ArrayNode devices = array();
        JsonNode wanted = asked.path("block_device_mapping_v2");
        for (JsonNode each : wanted) {
            ObjectNode device = Json.copy(each);
            String source = text(each, "source_type");
            String target =
                    each.hasNonNull("destination_type")
                            ? text(each, "destination_type")
                            : source.equals("volume") ? "volume" : "local";
            if (source.equals("volume")) {
                ObjectNode volume = volumes.life.volumeFor(call.grant(), text(each, "uuid"));
                if (volume == null) {
                    throw new Refusal(
                            400,
                            "Block Device Mapping is Invalid: failed to get volume "
                                    + text(each, "uuid")
                                    + ".");
                }
                if (!text(volume, "status").equals("available")) {
                    throw new Refusal(
                            400,
                            "Invalid volume: volume '"
                                    + text(volume, "id")
                                    + "' status must be 'available'. Currently in '"
                                    + text(volume, "status")
                                    + "'");
                }
                devices.add(device);
            } else if (target.equals("volume")) {
                if (!each.hasNonNull("volume_size")
                        && !source.equals("image")
                        && !source.equals("snapshot")) {
                    throw new Refusal(
                            400,
                            "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero"
                                    + " size");
                }
                devices.add(device);
            }
        }
        return devices;
    }

    private String image(Call call, ObjectNode asked, ArrayNode devices, ObjectNode flavor) {
        String ref = text(asked, "imageRef");
        String id = ref.substring(ref.lastIndexOf('/') + 1);
        if (id.isEmpty()) {
            for (JsonNode device : devices) {
                if (Json.number(device, "boot_index", -1) == 0) {
                    return "";
                }
            }
            throw new Refusal(400, "Missing imageRef attribute");
        }
        ObjectNode image = images.life.imageFor(call.grant(), id);
        if (image == null) {
            throw new Refusal(400, "Can not find requested image");
        }
        if (!text(image, "status").equals("active")) {
            throw new Refusal(400, "Image " + id + " is not active.");
        }
        if (Json.number(image, "min_ram", 0) > Json.number(flavor, "ram", 0)) {
            throw new Refusal(400, "Flavor's memory is too small for requested image.");
        }
        if (Json.number(image, "min_disk", 0) > Json.number(flavor, "disk", 0)
                && Json.number(flavor, "disk", 0) > 0) {
            throw new Refusal(
                    400,
                    "Flavor's disk is smaller than the minimum size specified in image metadata."
                            + " Flavor disk is "
                            + ((long) Json.number(flavor, "disk", 0) << 30)
                            + " bytes, minimum size is "
                            + ((long) Json.number(image, "min_disk", 0) << 30)
                            + " bytes.");
        }
        return id;
    }

    private void checkKey(Call call, ObjectNode asked) {
        if (asked.hasNonNull("key_name")
                && catalog.keys.keypair(call.grant().userId(), text(asked, "key_name")) == null) {
            throw new Refusal(400, "Invalid key_name provided.");
        }
    }

    private ArrayNode networks(Call call, ObjectNode asked) {
        ArrayNode wanted = array();
        JsonNode networks = asked.path("networks");
        if (networks.isString() && text(asked, "networks").equals("none")) {
            return wanted;
        }
        if (networks.isString() || networks.isEmpty()) {
            List<ObjectNode> own = network.networks.networksOf(call.grant());
            if (own.size() > 1) {
                throw new Refusal(
                        409,
                        "Multiple possible networks found, use a Network ID to be more specific.");
            }
            own.forEach(each -> wanted.add(object("uuid", text(each, "id"))));
            return wanted;
        }
        for (JsonNode each : networks) {
            if (each.hasNonNull("port")) {
                attachments.checkPort(call, text(each, "port"), 400);
                wanted.add(object("port", text(each, "port")));
            } else {
                String id = text(each, "uuid");
                ObjectNode known = network.networks.networkFor(call.grant(), id);
                if (known == null) {
                    throw new Refusal(400, "Network " + id + " could not be found.");
                }
                if (known.path("subnets").isEmpty()) {
                    throw new Refusal(
                            400,
                            "Network " + id + " requires a subnet in order to boot instances on.");
                }
                wanted.add(each);
            }
        }
        return wanted;
    }

    private ArrayNode groups(Call call, ObjectNode asked) {
        ArrayNode ids = array();
        for (JsonNode each : asked.path("security_groups")) {
            String name = text(each, "name");
            ObjectNode group = network.groups.groupFor(call.grant(), name);
            if (group == null && !name.equals("default")) {
                throw new Refusal(
                        400, "Unable to find security_group with name or id '" + name + "'");
            }
            if (group != null) {
                ids.add(text(group, "id"));
            }
        }
        return ids;
    }
}
