package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The states of servers: what may begin when, and telling of each change. */
final class ServerStates {

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> servers;
    private final ActionLog log;
    private final ServerPayload payloads;

    ServerStates(World world, Bus bus, ActionLog log, ServerPayload payloads) {
        this.world = world;
        this.bus = bus;
        this.servers = world.table("server");
        this.log = log;
        this.payloads = payloads;
    }

    void fail(ObjectNode server, ObjectNode plan, int code, String message) {
        server.set("_fault", object("code", code, "created", world.stamp(), "message", message));
        state(server, "error", null, 0, plan);
        bus.say(
                "nova",
                "conductor.control1",
                "compute.instance.create.error",
                "ERROR",
                payloads.payload(server, object("message", message)),
                ActionLog.asker(plan));
        log.event(server, plan, "conductor_schedule_and_build_instances", "Error");
    }

    void check(ObjectNode server, String word, Set<String> from, Grant grant) {
        String id = text(server, "id");
        if (text(server, "_host").isEmpty() && text(server, "_task").equals("scheduling")) {
            throw new Refusal(404, "Instance " + id + " could not be found.");
        }
        if (Json.truth(server, "_locked", false) && !grant.admin()) {
            throw new Refusal(409, "Instance " + id + " is locked");
        }
        if (!from.contains(text(server, "_vm"))) {
            throw new Refusal(
                    409,
                    "Cannot '"
                            + word
                            + "' instance "
                            + id
                            + " while it is in vm_state "
                            + text(server, "_vm"));
        }
        if (server.hasNonNull("_task")) {
            throw new Refusal(
                    409,
                    "Cannot '"
                            + word
                            + "' instance "
                            + id
                            + " while it is in task_state "
                            + text(server, "_task"));
        }
    }

    void state(
            ObjectNode server, String vmState, @Nullable String task, int power, ObjectNode plan) {
        String oldVm = text(server, "_vm");
        String oldTask = text(server, "_task");
        server.put("_vm", vmState);
        server.set("_task", Json.of(task));
        server.put("_power", power).put("updated", world.stamp());
        tell(
                server,
                "compute.instance.update",
                publisher(server),
                object(
                        "old_state",
                        oldVm,
                        "old_task_state",
                        oldTask.isEmpty() ? null : oldTask,
                        "new_task_state",
                        task,
                        "audit_period_beginning",
                        World.stampWithMicros(hourBefore(world.now())),
                        "audit_period_ending",
                        world.stampWithMicros()),
                plan);
    }

    static Instant hourBefore(Instant time) {
        return time.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
    }

    static String publisher(ObjectNode server) {
        return "compute." + (text(server, "_host").isEmpty() ? "control1" : text(server, "_host"));
    }

    void tell(ObjectNode server, String event, String publisher, ObjectNode more, ObjectNode plan) {
        bus.say("nova", publisher, event, payloads.payload(server, more), ActionLog.asker(plan));
    }

    /** The audit that Nova sends for each server at the end of each hour. */
    void audit(Instant from, Instant to) {
        for (ObjectNode server : servers.values()) {
            if (server.hasNonNull("_launched")) {
                bus.say(
                        "nova",
                        publisher(server),
                        "compute.instance.exists",
                        payloads.payload(server, audit(from, to, "_beginning", "_ending")),
                        null);
            }
        }
    }

    static ObjectNode audit(Instant from, Instant to, String one, String other) {
        return object(
                "audit_period" + one,
                World.stampWithSpace(from).substring(0, 19),
                "audit_period" + other,
                World.stampWithSpace(to).substring(0, 19),
                "bandwidth",
                object());
    }
}
