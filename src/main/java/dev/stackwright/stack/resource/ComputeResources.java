package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What Nova has. */
final class ComputeResources {

    private ComputeResources() {}

    static List<ResourceHandler> all() {
        return List.of(new ServerHandler(), new KeyPairHandler(), new ServerGroupHandler());
    }

    /** A server; its mark is in its metadata. */
    private static final class ServerHandler implements ResourceHandler {

        private static final String MARK = "stackwright";

        @Override
        public Set<String> types() {
            return Set.of("OS::Nova::Server");
        }

        @Override
        public StepOutcome create(Work work) {
            JsonNode server;
            if (work.exists()) {
                server = show(work).orElse(null);
            } else {
                var wanted = wanted(work);
                work.make(
                        wanted,
                        answer -> answer.path("server"),
                        made -> made.path("id").asString(),
                        () -> look(work));
                return Work.waiting("BUILD");
            }
            if (server == null) {
                return Work.failed("It was made, but is gone again: somebody deleted it");
            }
            return switch (server.path("status").asString("")) {
                case "ACTIVE", "SHUTOFF" -> work.done();
                case "ERROR" -> Work.failed(fault(server));
                case "DELETED", "SOFT_DELETED" -> Work.failed("Somebody deleted it");
                default -> Work.waiting(server.path("status").asString());
            };
        }

        private static String fault(JsonNode server) {
            var said = server.path("fault").path("message").asString("");
            return said.isEmpty() ? "Nova says ERROR and not why" : "Nova: " + said;
        }

        private static Request wanted(Work work) {
            var server = RestHandler.object();
            server.put("name", work.wantedName());
            server.put("flavorRef", Names.id(work, "flavor", work.required("flavor")));
            var image = work.text("image").filter(given -> !given.isEmpty());
            server.put("imageRef", image.map(one -> Names.id(work, "image", one)).orElse(""));
            for (var same : List.of("key_name", "availability_zone")) {
                work.text(same)
                        .filter(given -> !given.isEmpty())
                        .ifPresent(given -> server.put(same, given));
            }
            work.text("admin_pass")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> server.put("adminPass", given));
            work.text("diskConfig")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> server.put("OS-DCF:diskConfig", given));
            if (work.json("config_drive").asBoolean(false)) {
                server.put("config_drive", true);
            }
            work.text("user_data")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given ->
                            server.put(
                                    "user_data",
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    given.getBytes(StandardCharsets.UTF_8))));
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
            var request = Request.post(Service.COMPUTE, "/servers").body(body);
            var tags = work.json("tags");
            if (tags.isArray() && !tags.isEmpty()) {
                server.set("tags", tags);
                return request.microversion("2.52");
            }
            return request;
        }

        private static ObjectNode metadata(Work work) {
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
            var sent = JsonNodeFactory.instance.arrayNode();
            for (var one : given) {
                sent.add(network(work, one));
            }
            return Optional.of(sent);
        }

        private static ObjectNode network(Work work, JsonNode given) {
            var sent = RestHandler.object();
            var port = given.path("port").asString("");
            if (!port.isEmpty()) {
                return sent.put("port", Names.id(work, "port", port));
            }
            var network = given.path("network").asString(given.path("uuid").asString(""));
            var subnet = given.path("subnet").asString("");
            if (!subnet.isEmpty()) {
                throw new Impossible(
                        "A server cannot be given a subnet directly yet: define an"
                                + " OS::Neutron::Port in that subnet and give the server the port");
            }
            if (network.isEmpty()) {
                throw new Impossible("Each entry of networks needs a port or a network");
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
                one.put(
                        "uuid",
                        snapshot.isEmpty() ? disk.path("volume_id").asString("") : snapshot);
                one.put(
                        "delete_on_termination",
                        disk.path("delete_on_termination").asBoolean(false));
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
                            "volume_size")) {
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

        @Override
        public StepOutcome update(Work work) {
            var changed = work.changed();
            if (changed.containsKey("name")) {
                work.once(
                        "rename",
                        () ->
                                Request.put(Service.COMPUTE, "/servers/{}", work.physicalId())
                                        .body(Map.of("server", Map.of("name", work.wantedName()))));
            }
            if (changed.containsKey("metadata")) {
                work.once(
                        "metadata",
                        () ->
                                Request.put(
                                                Service.COMPUTE,
                                                "/servers/{}/metadata",
                                                work.physicalId())
                                        .body(Map.of("metadata", metadata(work))));
            }
            if (changed.containsKey("tags")) {
                var tags = work.json("tags");
                work.once(
                        "tag",
                        () ->
                                Request.put(Service.COMPUTE, "/servers/{}/tags", work.physicalId())
                                        .microversion("2.26")
                                        .body(Map.of("tags", tags.isArray() ? tags : List.of())));
            }
            if (changed.containsKey("security_groups")) {
                work.once("groups", () -> groups(work));
            }
            if (changed.containsKey("networks")) {
                work.once("interfaces", () -> interfaces(work));
            }
            if (changed.containsKey("flavor")) {
                var outcome = resize(work);
                if (!(outcome instanceof StepOutcome.Done)) {
                    return outcome;
                }
            }
            if (changed.containsKey("image")) {
                return rebuild(work);
            }
            return work.done();
        }

        private static void groups(Work work) {
            var now = texts(work.json("security_groups"));
            var before = texts(work.jsonBefore("security_groups"));
            for (var group : now) {
                if (!before.contains(group)) {
                    work.change(
                            "add group " + group,
                            action(work, "addSecurityGroup", Map.of("name", group)));
                }
            }
            for (var group : before) {
                if (!now.contains(group)) {
                    try {
                        work.change(
                                "remove group " + group,
                                action(work, "removeSecurityGroup", Map.of("name", group)));
                    } catch (ChangeRefused e) {
                        if (!NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                            throw e;
                        }
                    }
                }
            }
        }

        private static List<String> texts(JsonNode list) {
            var texts = new ArrayList<String>();
            list.forEach(one -> texts.add(one.asString()));
            return texts;
        }

        /**
         * Takes away the interfaces that are not wanted any more and adds those that are missing.
         */
        private static void interfaces(Work work) {
            var there =
                    work.list(
                            Request.get(
                                    Service.COMPUTE, "/servers/{}/os-interface", work.physicalId()),
                            "interfaceAttachments");
            var left = new ArrayList<>(there);
            var missing = new ArrayList<ObjectNode>();
            for (var wanted : work.json("networks")) {
                var network = network(work, wanted);
                var match =
                        left.stream().filter(one -> isAt(one, network)).findFirst().orElse(null);
                if (match == null) {
                    missing.add(network);
                } else {
                    left.remove(match);
                }
            }
            for (var surplus : left) {
                var port = surplus.path("port_id").asString();
                try {
                    work.change(
                            "detach " + port,
                            Request.delete(
                                    Service.COMPUTE,
                                    "/servers/{}/os-interface/{}",
                                    work.physicalId(),
                                    port));
                } catch (ChangeRefused e) {
                    if (!NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                        throw e;
                    }
                }
            }
            for (var network : missing) {
                var wanted = RestHandler.object();
                if (network.has("port")) {
                    wanted.set("port_id", network.path("port"));
                } else {
                    wanted.set("net_id", network.path("uuid"));
                    if (network.has("fixed_ip")) {
                        wanted.putArray("fixed_ips")
                                .addObject()
                                .set("ip_address", network.path("fixed_ip"));
                    }
                }
                work.change(
                        "attach " + network.path("port").asString(network.path("uuid").asString()),
                        Request.post(Service.COMPUTE, "/servers/{}/os-interface", work.physicalId())
                                .body(Map.of("interfaceAttachment", wanted)));
            }
        }

        private static boolean isAt(JsonNode attached, ObjectNode network) {
            if (network.has("port")) {
                return attached.path("port_id").equals(network.path("port"));
            }
            if (!attached.path("net_id").equals(network.path("uuid"))) {
                return false;
            }
            if (!network.has("fixed_ip")) {
                return true;
            }
            for (var address : attached.path("fixed_ips")) {
                if (address.path("ip_address").equals(network.path("fixed_ip"))) {
                    return true;
                }
            }
            return false;
        }

        /** Nova resizes, we look, Nova confirms. */
        private static StepOutcome resize(Work work) {
            var flavor = Names.id(work, "flavor", work.required("flavor"));
            var server = show(work).orElseThrow(() -> new Impossible("The server is gone"));
            var status = server.path("status").asString("");
            boolean hasIt = server.path("flavor").path("id").asString("").equals(flavor);
            return switch (status) {
                case "VERIFY_RESIZE" -> {
                    work.once("confirm", () -> confirm(work));
                    yield Work.waiting("Confirming the new flavor");
                }
                case "RESIZE", "REVERT_RESIZE", "MIGRATING" -> Work.waiting(status);
                case "ACTIVE", "SHUTOFF" -> {
                    if (hasIt) {
                        yield work.done();
                    }
                    if (busy(server)) {
                        yield Work.waiting("Resizing");
                    }
                    work.change("resize", action(work, "resize", Map.of("flavorRef", flavor)));
                    yield Work.waiting("RESIZE");
                }
                case "ERROR" -> Work.failed(fault(server));
                default -> Work.failed("A server in status %s cannot be resized".formatted(status));
            };
        }

        /** It stands in VERIFY_RESIZE for a while after it was confirmed, and then says no. */
        private static void confirm(Work work) {
            try {
                work.change(
                        "confirm",
                        Request.post(Service.COMPUTE, "/servers/{}/action", work.physicalId())
                                .body(nothing("confirmResize")));
            } catch (ChangeRefused e) {
                if (!NetworkResources.isKind(e, CloudFailure.Kind.CONFLICT)
                        && !NetworkResources.isKind(e, CloudFailure.Kind.BAD_REQUEST)) {
                    throw e;
                }
            }
        }

        private static ObjectNode nothing(String action) {
            return RestHandler.object().putNull(action);
        }

        private static StepOutcome rebuild(Work work) {
            var image = Names.id(work, "image", work.required("image"));
            var server = show(work).orElseThrow(() -> new Impossible("The server is gone"));
            var status = server.path("status").asString("");
            boolean hasIt = server.path("image").path("id").asString("").equals(image);
            return switch (status) {
                case "REBUILD" -> Work.waiting("REBUILD");
                case "ACTIVE", "SHUTOFF" -> {
                    if (hasIt && !busy(server)) {
                        yield work.done();
                    }
                    if (busy(server)) {
                        yield Work.waiting("REBUILD");
                    }
                    work.change("rebuild", action(work, "rebuild", Map.of("imageRef", image)));
                    yield Work.waiting("REBUILD");
                }
                case "ERROR" -> Work.failed(fault(server));
                default -> Work.failed("A server in status %s cannot be rebuilt".formatted(status));
            };
        }

        private static boolean busy(JsonNode server) {
            return !server.path("OS-EXT-STS:task_state").asString("").isEmpty();
        }

        @Override
        public StepOutcome delete(Work work) {
            if (!work.exists()) {
                var found = look(work);
                if (found.isEmpty()) {
                    return work.done();
                }
                work.is(found.get().path("id").asString());
            }
            var server = show(work);
            if (server.isEmpty()
                    || server.get().path("status").asString("").matches("(SOFT_)?DELETED")) {
                return work.done();
            }
            if (server.get().path("OS-EXT-STS:task_state").asString("").equals("deleting")) {
                return Work.waiting("Being deleted");
            }
            if (work.phase().equals("deleting")
                    && server.get().path("status").asString("").equals("ERROR")) {
                return Work.failed("It could not be deleted: " + fault(server.get()));
            }
            try {
                work.change(
                        "delete",
                        Request.delete(Service.COMPUTE, "/servers/{}", work.physicalId()),
                        "deleting");
            } catch (ChangeRefused e) {
                if (NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    return work.done();
                }
                throw e;
            }
            return Work.waiting("Being deleted");
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            var server = work.live().filter(live -> live.has("addresses")).or(() -> show(work));
            var live = server.orElse(RestHandler.object());
            var attributes = new LinkedHashMap<String, Value>();
            attributes.put("show", Properties.value(live));
            for (var same : List.of("name", "accessIPv4", "accessIPv6")) {
                attributes.put(same, Properties.value(live.path(same)));
            }
            attributes.put(
                    "instance_name", Properties.value(live.path("OS-EXT-SRV-ATTR:instance_name")));
            attributes.put("tags", Properties.value(work.json("tags")));
            addresses(work, live, attributes);
            return attributes;
        }

        /** By network name and by network id, as templates ask for them. */
        private static void addresses(Work work, JsonNode live, Map<String, Value> attributes) {
            var ids = new LinkedHashMap<String, String>();
            var ports = new LinkedHashMap<String, String>();
            if (!live.path("addresses").isEmpty()) {
                for (var one :
                        work.list(
                                Request.get(
                                        Service.COMPUTE,
                                        "/servers/{}/os-interface",
                                        work.physicalId()),
                                "interfaceAttachments")) {
                    for (var address : one.path("fixed_ips")) {
                        var ip = address.path("ip_address").asString("");
                        ids.put(ip, one.path("net_id").asString(""));
                        ports.put(ip, one.path("port_id").asString(""));
                    }
                }
            }
            var addresses = new LinkedHashMap<String, Value>();
            var networks = new LinkedHashMap<String, Value>();
            var first = "";
            for (var network : live.path("addresses").properties()) {
                var full = JsonNodeFactory.instance.arrayNode();
                var short_ = JsonNodeFactory.instance.arrayNode();
                var id = "";
                for (var address : network.getValue()) {
                    var ip = address.path("addr").asString("");
                    var one = (ObjectNode) address.deepCopy();
                    one.put("port", ports.getOrDefault(ip, ""));
                    full.add(one);
                    short_.add(ip);
                    id = ids.getOrDefault(ip, id);
                    first = first.isEmpty() ? ip : first;
                }
                addresses.put(network.getKey(), Properties.value(full));
                networks.put(network.getKey(), Properties.value(short_));
                if (!id.isEmpty()) {
                    addresses.put(id, Properties.value(full));
                    networks.put(id, Properties.value(short_));
                }
            }
            attributes.put("addresses", new Value.Entries(addresses));
            attributes.put("networks", new Value.Entries(networks));
            attributes.put("first_address", Value.of(first));
        }

        private static Optional<JsonNode> show(Work work) {
            return work.find(Request.get(Service.COMPUTE, "/servers/{}", work.physicalId()))
                    .map(answer -> work.seen(answer.path("server")));
        }

        private static Optional<JsonNode> look(Work work) {
            return work.list(Request.get(Service.COMPUTE, "/servers/detail"), "servers").stream()
                    .filter(one -> one.path("metadata").path(MARK).asString("").equals(work.mark()))
                    .findFirst();
        }

        private static Request action(Work work, String action, Map<String, ?> arguments) {
            return Request.post(Service.COMPUTE, "/servers/{}/action", work.physicalId())
                    .body(Map.of(action, arguments));
        }
    }

    /** A key pair: its name is its id. One that is there before we begin is somebody else's. */
    private static final class KeyPairHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Nova::KeyPair");
        }

        @Override
        public StepOutcome create(Work work) {
            if (work.exists()) {
                return work.done();
            }
            var name = work.required("name");
            boolean keep = work.json("save_private_key").asBoolean(false);
            if (work.mayHaveBeenMade()) {
                // Nothing had this name when we began. Its private key is lost with the answer.
                gone(work, name);
            } else if (show(work, name).isPresent()) {
                return Work.failed(
                        "You have a key pair named %s already; give this one another name"
                                .formatted(name));
            }
            var wanted = RestHandler.object().put("name", name);
            work.text("public_key")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> wanted.put("public_key", given));
            var request =
                    Request.post(Service.COMPUTE, "/os-keypairs").body(Map.of("keypair", wanted));
            var type = work.text("type").filter(given -> !given.isEmpty());
            if (type.isPresent()) {
                wanted.put("type", type.get());
                request = request.microversion("2.2");
            }
            var answer =
                    work.journaled(
                            "make",
                            request,
                            made -> {
                                var memory = work.memory().put("id", name);
                                var secret =
                                        made.body()
                                                .path("keypair")
                                                .path("private_key")
                                                .asString("");
                                return keep && !secret.isEmpty()
                                        ? memory.put("private_key", work.sealed(secret))
                                        : memory;
                            });
            work.seen(answer.body().path("keypair"));
            return work.done();
        }

        @Override
        public StepOutcome update(Work work) {
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            if (work.exists()) {
                gone(work, work.physicalId());
            }
            return work.done();
        }

        private static void gone(Work work, String name) {
            try {
                work.change("delete", Request.delete(Service.COMPUTE, "/os-keypairs/{}", name));
            } catch (ChangeRefused e) {
                if (!NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    throw e;
                }
            }
        }

        private static Optional<JsonNode> show(Work work, String name) {
            return work.find(Request.get(Service.COMPUTE, "/os-keypairs/{}", name))
                    .map(answer -> answer.path("keypair"));
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            var live = work.live().or(() -> show(work, work.physicalId()));
            var attributes = new LinkedHashMap<String, Value>();
            attributes.put(
                    "public_key",
                    Properties.value(live.orElse(RestHandler.object()).path("public_key")));
            var secret = work.memory().path("private_key").asString("");
            attributes.put("private_key", Value.of(secret.isEmpty() ? "" : work.opened(secret)));
            return attributes;
        }
    }

    /** A server group: it carries no mark, so what was there before is written down first. */
    private static final class ServerGroupHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Nova::ServerGroup");
        }

        @Override
        public StepOutcome create(Work work) {
            if (work.exists()) {
                return work.done();
            }
            if (!work.memory().has("before")) {
                var before = JsonNodeFactory.instance.arrayNode();
                named(work).forEach(group -> before.add(group.path("id").asString()));
                work.remember((ObjectNode) work.memory().set("before", before));
            }
            var wanted = RestHandler.object().put("name", work.wantedName());
            wanted.set("policies", work.json("policies"));
            work.make(
                    Request.post(Service.COMPUTE, "/os-server-groups")
                            .microversion("2.15")
                            .body(Map.of("server_group", wanted)),
                    answer -> answer.path("server_group"),
                    made -> made.path("id").asString(),
                    () -> look(work));
            return work.done();
        }

        private static List<JsonNode> named(Work work) {
            return work
                    .list(Request.get(Service.COMPUTE, "/os-server-groups"), "server_groups")
                    .stream()
                    .filter(group -> group.path("name").asString("").equals(work.wantedName()))
                    .toList();
        }

        private static Optional<JsonNode> look(Work work) {
            var before = new ArrayList<String>();
            work.memory().path("before").forEach(id -> before.add(id.asString()));
            return named(work).stream()
                    .filter(group -> !before.contains(group.path("id").asString()))
                    .findFirst();
        }

        @Override
        public StepOutcome update(Work work) {
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            if (!work.exists()) {
                return work.done();
            }
            try {
                work.change(
                        "delete",
                        Request.delete(Service.COMPUTE, "/os-server-groups/{}", work.physicalId()));
            } catch (ChangeRefused e) {
                if (!NetworkResources.isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    throw e;
                }
            }
            return work.done();
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of();
        }
    }
}
