package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tags on anything that Neutron keeps. */
final class NetworkTags {

    private final Bus bus;
    private final NetworkDocuments documents;

    NetworkTags(Bus bus, NetworkDocuments documents) {
        this.bus = bus;
        this.documents = documents;
    }

    void tagRoutes(Service service, NetworkKind kind) {
        String path = "/v2.0/" + kind.path() + "/{}/tags";
        service.route(
                "GET",
                path,
                call ->
                        Reply.ok(
                                object(
                                        "tags",
                                        documents.find(call, kind, call.name(0)).path("tags"))));
        service.route(
                "PUT",
                path,
                call -> {
                    ObjectNode document = documents.findOwn(call, kind, call.name(0), "update");
                    ArrayNode tags = Json.list(new TreeSet<>(Json.texts(call.body().path("tags"))));
                    document.set("tags", tags);
                    tellTags(call, kind, document, "update");
                    return Reply.ok(object("tags", tags));
                });
        service.route(
                "DELETE",
                path,
                call -> {
                    ObjectNode document = documents.findOwn(call, kind, call.name(0), "update");
                    document.putArray("tags");
                    tellTags(call, kind, document, "delete_all");
                    return Reply.empty(204);
                });
        service.route(
                "PUT",
                path + "/{}",
                call -> {
                    ObjectNode document = documents.findOwn(call, kind, call.name(0), "update");
                    Set<String> tags = new TreeSet<>(Json.texts(document.path("tags")));
                    tags.add(call.name(1));
                    document.set("tags", Json.list(tags));
                    tellTags(call, kind, document, "create");
                    return Reply.of(201, Json.of(null));
                });
        service.route(
                "GET",
                path + "/{}",
                call -> {
                    if (!Json.texts(documents.find(call, kind, call.name(0)).path("tags"))
                            .contains(call.name(1))) {
                        throw new Refusal(
                                404, "TagNotFound", "Tag " + call.name(1) + " could not be found.");
                    }
                    return Reply.empty(204);
                });
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode document = documents.findOwn(call, kind, call.name(0), "update");
                    Json.removeText(Json.items(document, "tags"), call.name(1));
                    tellTags(call, kind, document, "delete");
                    return Reply.empty(204);
                });
    }

    private void tellTags(Call call, NetworkKind kind, ObjectNode document, String what) {
        documents.touch(document);
        bus.say(
                "neutron",
                "network.control1",
                "tag." + what + ".end",
                object(
                        "parent_resource",
                        kind.many(),
                        "parent_resource_id",
                        text(document, "id"),
                        "tags",
                        document.path("tags").deepCopy()),
                Bus.Asker.of(call));
    }
}
