package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Groups of servers that stand together or apart. */
final class ServerGroups {

    private final World world;
    private final Map<String, ObjectNode> groups;

    ServerGroups(World world) {
        this.world = world;
        this.groups = world.table("server_group");
    }

    void join(String groupId, String serverId) {
        ObjectNode group = groups.get(groupId);
        if (group != null) {
            Json.items(group, "members").add(serverId);
        }
    }

    private Reply list(Call call) {
        if (call.since(75)) {
            NovaQuery.only(call, Set.of("all_projects", "limit", "offset"));
        }
        NovaQuery.digits(call, "limit", "offset");
        List<ObjectNode> own =
                groups.values().stream()
                        .filter(group ->
                                call.grant().owns(text(group, "project_id"))
                                        || call.grant().admin() && call.asks("all_projects"))
                        .toList();
        int first = Math.min(own.size(), number(call, "offset", 0));
        int last = Math.min(own.size(), first + number(call, "limit", 1000));
        return Reply.ok(
                object(
                        "server_groups",
                        own.subList(first, last).stream()
                                .map(group -> groupView(call, group))
                                .toList()));
    }

    private static int number(Call call, String name, int otherwise) {
        String value = call.query(name);
        return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    void groupRoutes(ComputeService service) {
        String path = "/v2.1/os-server-groups";
        service.route("GET", path, this::list);
        service.route(
                "POST",
                path,
                call -> {
                    Policy.COMPUTE.mayChange(call, "os-server-groups:create");
                    ObjectNode asked = call.body("server_group");
                    String id = world.newId();
                    String policy =
                            asked.hasNonNull("policy")
                                    ? text(asked, "policy")
                                    : asked.path("policies").path(0).asString("");
                    if (!List.of("affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity")
                            .contains(policy)) {
                        throw new Refusal(
                                400,
                                "Invalid input for field/attribute policy. Value: " + policy + ".");
                    }
                    groups.put(
                            id,
                            object(
                                    "id",
                                    id,
                                    "name",
                                    text(asked, "name"),
                                    "policy",
                                    policy,
                                    "rules",
                                    asked.hasNonNull("rules") ? asked.get("rules") : object(),
                                    "members",
                                    array(),
                                    "project_id",
                                    call.grant().project(),
                                    "user_id",
                                    call.grant().userId()));
                    return Reply.ok(
                            object(
                                    "server_group",
                                    groupView(call, groups.getOrDefault(id, object()))));
                });
        service.route(
                "GET",
                path + "/{}",
                call -> Reply.ok(object("server_group", groupView(call, group(call)))));
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    Policy.COMPUTE.mayChange(call, "os-server-groups:delete");
                    groups.remove(text(group(call), "id"));
                    return Reply.empty(204);
                });
    }

    private ObjectNode group(Call call) {
        ObjectNode group = groups.get(call.name(0));
        if (group == null || !call.grant().sees(text(group, "project_id"))) {
            throw new Refusal(404, "Instance group " + call.name(0) + " could not be found.");
        }
        return group;
    }

    private static ObjectNode groupView(Call call, ObjectNode group) {
        ObjectNode shown = Json.copy(group);
        if (!call.since(64)) {
            shown.remove(List.of("policy", "rules"));
            shown.set("policies", array(text(group, "policy")));
            shown.putObject("metadata");
        }
        if (!call.since(13)) {
            shown.remove(List.of("project_id", "user_id"));
        }
        return shown;
    }
}
