package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was done with each server, as Nova lists it. */
final class ActionLog {

    private final World world;
    private final Map<String, ObjectNode> servers;

    ActionLog(World world) {
        this.world = world;
        this.servers = world.table("server");
    }

    ObjectNode plan(Call call) {
        Grant grant = call.grant();
        return object(
                "user",
                grant.userId(),
                "user_name",
                grant.userName(),
                "project",
                grant.project(),
                "request",
                call.requestId(),
                "admin",
                grant.admin());
    }

    static Bus.@Nullable Asker asker(ObjectNode plan) {
        return plan.hasNonNull("user")
                ? new Bus.Asker(
                        text(plan, "user"),
                        text(plan, "user_name"),
                        text(plan, "project"),
                        text(plan, "request"),
                        Json.truth(plan, "admin", false))
                : null;
    }

    void action(ObjectNode server, String action, ObjectNode plan) {
        ArrayNode actions = actions(server);
        actions.insert(
                0,
                object(
                        "action",
                        action,
                        "instance_uuid",
                        text(server, "id"),
                        "request_id",
                        plan.hasNonNull("request") ? text(plan, "request") : "req-" + world.newId(),
                        "user_id",
                        plan.hasNonNull("user") ? text(plan, "user") : text(server, "user_id"),
                        "project_id",
                        plan.hasNonNull("project")
                                ? text(plan, "project")
                                : text(server, "tenant_id"),
                        "start_time",
                        world.stampWithMicros(),
                        "message",
                        null,
                        "updated_at",
                        world.stampWithMicros(),
                        "_events",
                        array()));
        while (actions.size() > 200) {
            actions.remove(actions.size() - 1);
        }
    }

    /**
     * The actions of a server, newest first; those of seeded servers are written down when somebody
     * asks.
     */
    ArrayNode actions(ObjectNode server) {
        if (server.get("_actions") instanceof ArrayNode actions) {
            return actions;
        }
        ArrayNode actions = server.putArray("_actions");
        if (server.hasNonNull("_launched") || server.hasNonNull("_fault")) {
            String created = text(server, "created").replace("Z", ".000000");
            boolean failed = server.hasNonNull("_fault");
            String done = failed ? created : text(server, "_launched");
            actions.add(
                    object(
                            "action",
                            "create",
                            "instance_uuid",
                            text(server, "id"),
                            "request_id",
                            "req-" + World.idOf("create " + text(server, "id")),
                            "user_id",
                            text(server, "user_id"),
                            "project_id",
                            text(server, "tenant_id"),
                            "start_time",
                            created,
                            "message",
                            failed ? "Error" : null,
                            "updated_at",
                            done,
                            "_events",
                            array(
                                    object(
                                            "event",
                                            failed
                                                    ? "conductor_schedule_and_build_instances"
                                                    : "compute__do_build_and_run_instance",
                                            "start_time",
                                            created,
                                            "finish_time",
                                            done,
                                            "result",
                                            failed ? "Error" : "Success",
                                            "_host",
                                            text(server, "_host")))));
        }
        return actions;
    }

    void event(ObjectNode server, ObjectNode plan, String event, String result) {
        for (JsonNode action : actions(server)) {
            if (text(action, "request_id").equals(text(plan, "request"))) {
                ObjectNode entry = (ObjectNode) action;
                Json.items(entry, "_events")
                        .insert(
                                0,
                                object(
                                        "event",
                                        event,
                                        "start_time",
                                        text(action, "start_time"),
                                        "finish_time",
                                        world.stampWithMicros(),
                                        "result",
                                        result,
                                        "_host",
                                        text(server, "_host")));
                entry.put("updated_at", world.stampWithMicros());
                if (result.equals("Error")) {
                    entry.put("message", "Error");
                }
                return;
            }
        }
    }

    void instantly(ObjectNode server, String action, ObjectNode plan) {
        action(server, action, plan);
        event(server, plan, "api_" + action, "Success");
    }
}
