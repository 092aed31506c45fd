package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which services there are, and where. */
final class ServiceCatalog {

    private final String base;
    final List<ObjectNode> catalog = new ArrayList<>();

    ServiceCatalog(String base) {
        this.base = base;
    }

    void offer(String type, String name, String url) {
        ArrayNode endpoints = array();
        for (String side : List.of("admin", "public", "internal")) {
            endpoints.add(
                    object(
                            "id",
                            World.hexOf("endpoint " + type + side),
                            "interface",
                            side,
                            "region_id",
                            "RegionOne",
                            "url",
                            url,
                            "region",
                            "RegionOne"));
        }
        catalog.add(
                object(
                        "endpoints",
                        endpoints,
                        "id",
                        World.hexOf("service " + type),
                        "type",
                        type,
                        "name",
                        name));
    }

    ArrayNode catalogFor(String project) {
        ArrayNode entries = array();
        for (ObjectNode entry : catalog) {
            ObjectNode own = Json.copy(entry);
            own.path("endpoints")
                    .forEach(endpoint ->
                            ((ObjectNode) endpoint)
                                    .put(
                                            "url",
                                            text(endpoint, "url")
                                                    .replace("%(project_id)s", project)));
            entries.add(own);
        }
        return entries;
    }

    Reply showCatalog(Call call) {
        return Reply.ok(
                object(
                        "catalog", catalogFor(call.grant().project()),
                        "links",
                                object(
                                        "next",
                                        null,
                                        "self",
                                        base + call.path(),
                                        "previous",
                                        null)));
    }
}
