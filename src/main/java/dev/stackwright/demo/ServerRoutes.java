package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One server: show, change, delete, its metadata and tags. */
final class ServerRoutes {

    private final String base;
    private final World world;
    private final Servers servers;
    private final ServerView views;
    private final NetworkService network;
    private final ServerCreation creation;
    private final ServerDocuments documents;
    private final ServerList lists;

    ServerRoutes(
            String base,
            World world,
            Servers servers,
            ServerView views,
            NetworkService network,
            ServerCreation creation,
            ServerDocuments documents,
            ServerList lists) {
        this.base = base;
        this.world = world;
        this.servers = servers;
        this.views = views;
        this.network = network;
        this.creation = creation;
        this.documents = documents;
        this.lists = lists;
    }

    void serverRoutes(Service service) {
        String path = "/v2.1/servers";
        service.route("GET", path, call -> lists.list(call, false));
        service.route("GET", path + "/detail", call -> lists.list(call, true));
        service.route("POST", path, creation::create);
        service.route("GET", path + "/{}", this::show);
        service.route("PUT", path + "/{}", this::update);
        service.route("DELETE", path + "/{}", this::delete);
        service.route("GET", path + "/{}/ips", this::addresses);
        service.route("GET", path + "/{}/os-security-groups", this::securityGroups);
        service.route("GET", path + "/{}/diagnostics", this::diagnostics);
        metadataRoutes(service, path);
        tagRoutes(service, path);
    }

    private Reply show(Call call) {
        return Reply.ok(object("server", views.full(call, documents.find(call))));
    }

    private Reply delete(Call call) {
        ObjectNode server = documents.find(call);
        Policy.COMPUTE.mayChange(call, "servers:delete");
        refuseWhenLocked(call, server);
        servers.startDelete(server, servers.log.plan(call));
        return Reply.empty(204);
    }

    private Reply addresses(Call call) {
        return Reply.ok(object("addresses", views.addresses(documents.find(call), false)));
    }

    private Reply diagnostics(Call call) {
        ObjectNode server = documents.find(call);
        Policy.COMPUTE.needAdmin(call, "os-server-diagnostics");
        if (call.since(48)) {
            return Reply.ok(Counters.standard(server, world.now()));
        }
        if (!text(server, "_vm").equals("active")) {
            throw new Refusal(
                    409,
                    "Cannot 'get_diagnostics' instance "
                            + text(server, "id")
                            + " while it is in power state "
                            + Json.number(server, "_power", 0));
        }
        return Reply.ok(Counters.plain(server, world.now()));
    }

    private Reply update(Call call) {
        ObjectNode server = documents.find(call);
        Policy.COMPUTE.mayChange(call, "servers:update");
        ObjectNode asked = call.body("server");
        if (asked.hasNonNull("name")) {
            server.put("name", text(asked, "name"));
        }
        if (asked.has("description") && call.since(19)) {
            server.set("description", asked.get("description"));
        }
        if (asked.hasNonNull("hostname") && call.since(90)) {
            server.put("_hostname", text(asked, "hostname"));
        }
        servers.states.state(
                server,
                text(server, "_vm"),
                server.hasNonNull("_task") ? text(server, "_task") : null,
                Json.number(server, "_power", 0),
                servers.log.plan(call));
        ObjectNode shown = views.full(call, server);
        if (!call.since(75)) {
            List.copyOf(shown.propertyNames()).stream()
                    .filter(name ->
                            name.startsWith("OS-EXT")
                                    || name.startsWith("OS-SRV")
                                    || name.startsWith("os-extended"))
                    .forEach(shown::remove);
            shown.remove(List.of("config_drive", "key_name", "security_groups"));
        }
        return Reply.ok(object("server", shown));
    }

    private Reply securityGroups(Call call) {
        ObjectNode server = documents.find(call);
        ArrayNode groups = array();
        Set<String> seen = new TreeSet<>();
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.documents.table(NetworkKind.PORT).get(portId.asString(""));
            for (JsonNode id : port == null ? array() : port.path("security_groups")) {
                ObjectNode group =
                        network.documents.table(NetworkKind.SECURITY_GROUP).get(id.asString(""));
                if (group != null && seen.add(text(group, "id"))) {
                    groups.add(
                            object(
                                    "id",
                                    text(group, "id"),
                                    "name",
                                    text(group, "name"),
                                    "description",
                                    text(group, "description"),
                                    "tenant_id",
                                    text(group, "project_id"),
                                    "rules",
                                    array()));
                }
            }
        }
        return Reply.ok(object("security_groups", groups));
    }

    private static void refuseWhenLocked(Call call, ObjectNode server) {
        if (Json.truth(server, "_locked", false) && !call.grant().admin()) {
            throw new Refusal(409, "Instance " + text(server, "id") + " is locked");
        }
    }

    private void metadataRoutes(Service service, String path) {
        String policy = "server-metadata:";
        service.route(
                "GET",
                path + "/{}/metadata",
                call -> Reply.ok(object("metadata", documents.find(call).path("metadata"))));
        for (String method : List.of("POST", "PUT")) {
            service.route(
                    method,
                    path + "/{}/metadata",
                    call -> {
                        ObjectNode server = documents.find(call);
                        Policy.COMPUTE.mayChange(
                                call, policy + (method.equals("PUT") ? "update_all" : "create"));
                        refuseWhenLocked(call, server);
                        ObjectNode asked = call.body("metadata");
                        NovaBody.metadata(asked);
                        ObjectNode metadata =
                                method.equals("PUT")
                                        ? object()
                                        : Json.copy(server.path("metadata"));
                        metadata.setAll(asked);
                        NovaBody.fewEnough(metadata);
                        server.set("metadata", metadata);
                        return Reply.ok(object("metadata", metadata));
                    });
        }
        service.route(
                "GET",
                path + "/{}/metadata/{}",
                call -> {
                    JsonNode metadata = documents.find(call).path("metadata");
                    if (!metadata.has(call.name(1))) {
                        throw new Refusal(404, "Metadata item was not found");
                    }
                    return Reply.ok(
                            object("meta", object(call.name(1), metadata.get(call.name(1)))));
                });
        service.route(
                "PUT",
                path + "/{}/metadata/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, policy + "update");
                    refuseWhenLocked(call, server);
                    NovaBody.metadata(call.body("meta"));
                    if (!call.body("meta").has(call.name(1))) {
                        throw new Refusal(400, "Request body and URI mismatch");
                    }
                    ((ObjectNode) server.get("metadata")).setAll(call.body("meta"));
                    return Reply.ok(object("meta", call.body("meta")));
                });
        service.route(
                "DELETE",
                path + "/{}/metadata/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, policy + "delete");
                    if (((ObjectNode) server.get("metadata")).remove(call.name(1)) == null) {
                        throw new Refusal(404, "Metadata item was not found");
                    }
                    return Reply.empty(204);
                });
    }

    private void tagRoutes(Service service, String path) {
        service.route(
                "GET",
                path + "/{}/tags",
                call -> Reply.ok(object("tags", documents.find(call).path("tags"))));
        service.route(
                "PUT",
                path + "/{}/tags",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-server-tags:update_all");
                    NovaBody.tags(call.body().path("tags"));
                    server.set(
                            "tags", Json.list(new TreeSet<>(Json.texts(call.body().path("tags")))));
                    return Reply.ok(object("tags", server.get("tags")));
                });
        service.route(
                "DELETE",
                path + "/{}/tags",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-server-tags:delete_all");
                    server.putArray("tags");
                    return Reply.empty(204);
                });
        service.route(
                "GET",
                path + "/{}/tags/{}",
                call -> {
                    if (!Json.texts(documents.find(call).path("tags")).contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Instance " + call.name(0) + " has no tag '" + call.name(1) + "'");
                    }
                    return Reply.empty(204);
                });
        service.route(
                "PUT",
                path + "/{}/tags/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-server-tags:update");
                    NovaBody.tag(call.name(1));
                    Set<String> tags = new TreeSet<>(Json.texts(server.path("tags")));
                    boolean added = tags.add(call.name(1));
                    server.set("tags", Json.list(tags));
                    return Reply.empty(added ? 201 : 204)
                            .with(
                                    "Location",
                                    base
                                            + "/v2.1/servers/"
                                            + call.name(0)
                                            + "/tags/"
                                            + call.name(1));
                });
        service.route(
                "DELETE",
                path + "/{}/tags/{}",
                call -> {
                    ObjectNode server = documents.find(call);
                    Policy.COMPUTE.mayChange(call, "os-server-tags:delete");
                    if (!Json.texts(server.path("tags")).contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Instance " + call.name(0) + " has no tag '" + call.name(1) + "'");
                    }
                    Json.removeText(Json.items(server, "tags"), call.name(1));
                    return Reply.empty(204);
                });
    }
}
