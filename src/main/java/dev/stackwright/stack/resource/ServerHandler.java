package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server; its mark is in its metadata. */
final class ServerHandler implements ResourceHandler {

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
            var wanted = ServerWish.request(work);
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
            case "ACTIVE", "SHUTOFF" -> {
                ServerPorts.giveAddresses(work);
                yield work.done();
            }
            case "ERROR" -> Work.failed(fault(server));
            case "DELETED", "SOFT_DELETED" -> Work.failed("Somebody deleted it");
            default -> Work.waiting(server.path("status").asString());
        };
    }

    private static String fault(JsonNode server) {
        var said = server.path("fault").path("message").asString("");
        return said.isEmpty() ? "Nova says ERROR and not why" : "Nova: " + said;
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
                            Request.put(Service.COMPUTE, "/servers/{}/metadata", work.physicalId())
                                    .body(Map.of("metadata", ServerWish.metadata(work))));
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
            work.once("addresses", () -> ServerPorts.giveAddresses(work));
            work.once("left ports", () -> ServerPorts.dropLeft(work));
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
                work.drop(
                        "remove group " + group,
                        action(work, "removeSecurityGroup", Map.of("name", group)));
            }
        }
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    /** Takes away the interfaces that are not wanted any more and adds those that are missing. */
    private static void interfaces(Work work) {
        var there =
                work.list(
                        Request.get(Service.COMPUTE, "/servers/{}/os-interface", work.physicalId()),
                        "interfaceAttachments");
        var left = new ArrayList<>(there);
        var missing = new ArrayList<ObjectNode>();
        for (var network : ServerWish.network(work)) {
            var match = left.stream().filter(one -> isAt(one, network)).findFirst().orElse(null);
            if (match == null) {
                missing.add(network);
            } else {
                left.remove(match);
            }
        }
        for (var surplus : left) {
            var port = surplus.path("port_id").asString();
            work.drop(
                    "detach " + port,
                    Request.delete(
                            Service.COMPUTE,
                            "/servers/{}/os-interface/{}",
                            work.physicalId(),
                            port));
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

    static boolean isAt(JsonNode attached, ObjectNode network) {
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
            if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)
                    && !Work.wasRefusedAs(e, CloudFailure.Kind.BAD_REQUEST)) {
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
        if (!work.wasMade(() -> look(work))) {
            return gone(work);
        }
        var server = show(work);
        if (server.isEmpty() || isDeleted(server.get())) {
            return gone(work);
        }
        if (server.get().path("OS-EXT-STS:task_state").asString("").equals("deleting")) {
            return Work.waiting("Being deleted");
        }
        if (work.phase().equals("deleting")
                && server.get().path("status").asString("").equals("ERROR")) {
            return Work.failed("It could not be deleted: " + fault(server.get()));
        }
        boolean there =
                work.drop(
                        "delete",
                        Request.delete(Service.COMPUTE, "/servers/{}", work.physicalId()),
                        "deleting");
        return there ? Work.waiting("Being deleted") : gone(work);
    }

    private static boolean isDeleted(JsonNode server) {
        return server.path("status").asString("").matches("(SOFT_)?DELETED");
    }

    private static StepOutcome gone(Work work) {
        ServerPorts.dropAll(work);
        return work.done();
    }

    /** An image of it, in the project's images. */
    @Override
    public StepOutcome snapshot(Work work) {
        if (!work.wasMade(() -> look(work))) {
            return work.done();
        }
        var server = show(work);
        if (server.isEmpty() || isDeleted(server.get())) {
            return work.done();
        }
        if (!work.memory().has("snapshot")) {
            var found = work.isUnsure("snapshot") ? ownImage(work) : Optional.<String>empty();
            if (found.isPresent()) {
                work.settle("snapshot", work.memory().put("snapshot", found.get()));
                return Work.waiting("Being copied to an image");
            }
            work.journaled(
                    "snapshot",
                    action(
                                    work,
                                    "createImage",
                                    Map.of(
                                            "name",
                                            work.physicalName() + "-snapshot",
                                            "metadata",
                                            Map.of(ServerWish.MARK, work.mark())))
                            .microversion("2.45"),
                    answer ->
                            work.memory()
                                    .put("snapshot", answer.body().path("image_id").asString()));
        }
        var image = work.memory().path("snapshot").asString();
        var status =
                work.find(Request.get(Service.IMAGE, "/images/{}", image))
                        .map(answer -> answer.path("status").asString(""))
                        .orElse("gone");
        return switch (status) {
            case "active" -> work.done();
            case "queued", "saving", "importing" -> Work.waiting("Being copied to an image");
            default ->
                    Work.failed(
                            "The image that was to keep it is %s, so it was not deleted"
                                    .formatted(status));
        };
    }

    private static Optional<String> ownImage(Work work) {
        return work
                .list(
                        Request.get(Service.IMAGE, "/images")
                                .query("name", work.physicalName() + "-snapshot"),
                        "images")
                .stream()
                .filter(image -> image.path(ServerWish.MARK).asString("").equals(work.mark()))
                .map(image -> image.path("id").asString())
                .findFirst();
    }

    @Override
    public boolean sleeps() {
        return true;
    }

    @Override
    public StepOutcome suspend(Work work) {
        return brought(work, "SUSPENDED", "suspend");
    }

    @Override
    public StepOutcome resume(Work work) {
        return brought(work, "ACTIVE", "resume");
    }

    private static StepOutcome brought(Work work, String wanted, String action) {
        var server = show(work).orElseThrow(() -> new Impossible("The server is gone"));
        var status = server.path("status").asString("");
        if (status.equals(wanted) || (action.equals("resume") && !status.equals("SUSPENDED"))) {
            return work.done();
        }
        if (status.equals("ERROR")) {
            return Work.failed(fault(server));
        }
        if (busy(server)) {
            return Work.waiting("Being brought to " + wanted);
        }
        work.once(
                action,
                () ->
                        Request.post(Service.COMPUTE, "/servers/{}/action", work.physicalId())
                                .body(nothing(action)));
        return Work.waiting("Being brought to " + wanted);
    }

    @Override
    public StepOutcome check(Work work) {
        return work.verdict(show(work).filter(server -> !isDeleted(server)));
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
        ServerAddresses.put(work, live, attributes);
        return attributes;
    }

    private static Optional<JsonNode> show(Work work) {
        return work.find(Request.get(Service.COMPUTE, "/servers/{}", work.physicalId()))
                .map(answer -> work.seen(answer.path("server")));
    }

    private static Optional<JsonNode> look(Work work) {
        return work.list(Request.get(Service.COMPUTE, "/servers/detail"), "servers").stream()
                .filter(one ->
                        one.path("metadata").path(ServerWish.MARK).asString("").equals(work.mark()))
                .findFirst();
    }

    private static Request action(Work work, String action, Map<String, ?> arguments) {
        return Request.post(Service.COMPUTE, "/servers/{}/action", work.physicalId())
                .body(Map.of(action, arguments));
    }
}
