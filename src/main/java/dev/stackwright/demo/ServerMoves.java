package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Servers that change their flavor, image or host. */
final class ServerMoves {

    private final World world;
    private final Hosts hosts;
    private final ImageService images;
    private final ActionLog log;
    private final ServerPayload payloads;
    private final Scheduler scheduler;
    private final ServerStates states;
    private final Consumer<ObjectNode> replug;

    ServerMoves(
            World world,
            Hosts hosts,
            ImageService images,
            ActionLog log,
            ServerPayload payloads,
            Scheduler scheduler,
            ServerStates states,
            Consumer<ObjectNode> replug) {
        this.replug = replug;
        this.world = world;
        this.hosts = hosts;
        this.images = images;
        this.log = log;
        this.payloads = payloads;
        this.scheduler = scheduler;
        this.states = states;
    }

    /** Everything that ends on another flavor, host or image: {@code plan.move} says which. */
    void move(
            ObjectNode server,
            String move,
            String event,
            String task,
            String vmState,
            double steps,
            ObjectNode plan) {
        log.action(server, event, plan);
        states.state(server, text(server, "_vm"), task, Json.number(server, "_power", 0), plan);
        world.later(
                steps,
                "server.moved",
                text(server, "id"),
                plan.put("move", move).put("vm_after", vmState));
    }

    void moved(ObjectNode server, ObjectNode plan) {
        String move = text(plan, "move");
        String told = move;
        String after = text(plan, "vm_after");
        int power = 1;
        List<String> events = List.of("compute_" + move + "_instance");
        switch (move) {
            case "resize" -> {
                server.set("_old_flavor", server.get("_flavor"));
                server.put("_old_host", text(server, "_host"));
                server.put("_was", text(server, "_vm"));
                if (plan.hasNonNull("flavor")) {
                    server.set("_flavor", plan.get("flavor"));
                }
                Hosts.Host host =
                        text(plan, "host").isEmpty()
                                ? scheduler.pickOther(server)
                                : hosts.find(text(plan, "host"));
                server.put("_host", host == null ? text(server, "_host") : host.name());
                replug.accept(server);
                told = "finish_resize";
                events =
                        List.of(
                                "conductor_migrate_server",
                                "cold_migrate",
                                "compute_prep_resize",
                                "compute_resize_instance",
                                "compute_finish_resize");
            }
            case "confirmResize" -> {
                power = text(server, "_was").equals("stopped") ? 4 : 1;
                after = text(server, "_was").equals("stopped") ? "stopped" : "active";
                server.remove(List.of("_old_flavor", "_old_host", "_was"));
                told = "resize.confirm";
                events = List.of("compute_confirm_resize");
            }
            case "revertResize" -> {
                power = text(server, "_was").equals("stopped") ? 4 : 1;
                after = text(server, "_was").equals("stopped") ? "stopped" : "active";
                server.set("_flavor", server.get("_old_flavor"));
                server.put("_host", text(server, "_old_host"));
                replug.accept(server);
                server.remove(List.of("_old_flavor", "_old_host", "_was"));
                told = "resize.revert";
                events = List.of("compute_revert_resize", "compute_finish_revert_resize");
            }
            case "rebuild" -> {
                server.put("_image", text(plan, "image"));
                server.remove("_fault");
                power = after.equals("stopped") ? 4 : 1;
                events = List.of("rebuild_server", "compute_rebuild_instance");
            }
            case "evacuate", "live-migration" -> {
                if (move.equals("live-migration") && server.has("_aborting")) {
                    server.remove("_aborting");
                    states.state(
                            server,
                            text(server, "_vm"),
                            null,
                            Json.number(server, "_power", 0),
                            plan);
                    log.event(server, plan, "compute_live_migration", "Error");
                    return;
                }
                Hosts.Host host =
                        text(plan, "host").isEmpty()
                                ? scheduler.pickOther(server)
                                : hosts.find(text(plan, "host"));
                if (host == null) {
                    states.state(
                            server,
                            text(server, "_vm"),
                            null,
                            Json.number(server, "_power", 0),
                            plan);
                    log.event(server, plan, "compute_" + move + "_instance", "Error");
                    return;
                }
                server.put("_host", host.name());
                server.remove("_fault");
                replug.accept(server);
                told = move.equals("evacuate") ? "rebuild" : "live_migration._post";
                power = after.equals("stopped") ? 4 : 1;
            }
            case "shelve" -> {
                states.tell(
                        server,
                        "compute.instance.shelve.end",
                        ServerStates.publisher(server),
                        object(),
                        plan);
                server.put("_host", "");
                power = 4;
                told = "shelve_offload";
            }
            case "unshelve" -> {
                Hosts.Host host = scheduler.pick(server, text(plan, "host"));
                if (host == null) {
                    states.state(server, "shelved_offloaded", null, 4, plan);
                    log.event(server, plan, "schedule_instances", "Error");
                    return;
                }
                server.put("_host", host.name());
                events =
                        List.of(
                                "get_image_info",
                                "schedule_instances",
                                "compute_unshelve_instance");
            }
            default -> {}
        }
        states.state(server, after, null, power, plan);
        states.tell(
                server,
                "compute.instance." + told + ".end",
                ServerStates.publisher(server),
                object("fixed_ips", payloads.fixedIps(server)),
                plan);
        for (String event : events) {
            log.event(server, plan, event, "Success");
        }
    }

    void image(ObjectNode server, String imageId, ObjectNode plan) {
        log.action(server, "createImage", plan);
        states.state(
                server,
                text(server, "_vm"),
                "image_snapshot_pending",
                Json.number(server, "_power", 0),
                plan);
        states.tell(
                server,
                "compute.instance.snapshot.start",
                ServerStates.publisher(server),
                object(),
                plan);
        world.later(2, "server.imaged", text(server, "id"), plan.put("image", imageId));
    }

    void imaged(ObjectNode server, ObjectNode plan) {
        images.life.finish(
                text(plan, "image"),
                64L * 1024 * 1024 * (1 + Json.number(server.path("_flavor"), "disk", 1)));
        states.state(server, text(server, "_vm"), null, Json.number(server, "_power", 0), plan);
        states.tell(
                server,
                "compute.instance.snapshot.end",
                ServerStates.publisher(server),
                object(),
                plan);
        log.event(server, plan, "compute_snapshot_instance", "Success");
    }
}
