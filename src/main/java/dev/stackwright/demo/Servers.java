package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of servers: how they are built, change and go, step by step, and what Nova says about it
 * on the bus.
 *
 * <p>Each step is a deed that the world performs when its time has come. A deed for a server on a
 * host that is silent waits until the host is heard of again, as a message would in its queue.
 */
final class Servers {

    private static final int REMEMBERED = 2000;

    private final World world;

    private final Hosts hosts;

    private final NetworkService network;

    private final VolumeService volumes;

    private final Map<String, ObjectNode> servers;

    private final Map<String, ObjectNode> gone;

    private int number = 0;

    final ActionLog log;
    final Scheduler scheduler;
    final ServerPayload payloads;
    final ServerStates states;
    final ServerDisks disks;
    final ServerMoves moves;

    Servers(
            World world,
            Bus bus,
            Hosts hosts,
            NetworkService network,
            VolumeService volumes,
            ImageService images) {
        log = new ActionLog(world);
        scheduler = new Scheduler(world, hosts);
        payloads = new ServerPayload(network, images);
        states = new ServerStates(world, bus, log, payloads);
        disks = new ServerDisks(world, volumes, log, states);
        moves =
                new ServerMoves(
                        world, hosts, images, log, payloads, scheduler, states, this::replug);
        this.world = world;
        this.hosts = hosts;
        this.network = network;
        this.volumes = volumes;
        this.servers = world.table("server");
        this.gone = world.table("_deleted_server");
        world.on(
                "server.schedule",
                (id, plan) -> withServer(id, plan, "server.schedule", this::schedule));
        world.on(
                "server.network",
                (id, plan) -> withServer(id, plan, "server.network", this::connect));
        world.on("server.spawn", (id, plan) -> withServer(id, plan, "server.spawn", this::spawn));
        world.on("server.built", (id, plan) -> withServer(id, plan, "server.built", this::built));
        world.on(
                "server.changed",
                (id, plan) -> withServer(id, plan, "server.changed", this::changed));
        world.on("server.moved", (id, plan) -> withServer(id, plan, "server.moved", moves::moved));
        world.on(
                "server.deleted",
                (id, plan) -> withServer(id, plan, "server.deleted", this::deleted));
        world.on(
                "server.attached",
                (id, plan) -> withServer(id, plan, "server.attached", disks::attached));
        world.on(
                "server.detached",
                (id, plan) -> withServer(id, plan, "server.detached", disks::detached));
        world.on(
                "server.imaged",
                (id, plan) -> withServer(id, plan, "server.imaged", moves::imaged));
    }

    /** Its ports follow it to another host. */
    private void replug(ObjectNode server) {
        for (JsonNode id : server.path("_ports")) {
            ObjectNode port = network.documents.table(NetworkKind.PORT).get(id.asString(""));
            if (port != null) {
                Ports.bindTo(port, text(server, "_host"));
                network.documents.touch(port);
            }
        }
    }

    private interface Step {
        void take(ObjectNode server, ObjectNode plan);
    }

    private void withServer(String id, ObjectNode plan, String deed, Step step) {
        ObjectNode server = servers.get(id);
        if (server == null) {
            return;
        }
        String host = text(server, "_host");
        boolean waits =
                deed.equals("server.schedule")
                        ? hosts.schedulerSilent()
                        // What is built anew does not wait for the host that is gone.
                        : hosts.silent(host) && !text(plan, "move").equals("evacuate");
        if (waits) {
            world.later(5, deed, id, plan);
            return;
        }
        step.take(server, plan);
    }

    /** Counts anew what was read from a file. */
    void recount() {
        for (ObjectNode server : servers.values()) {
            number = Math.max(number, Json.number(server, "_number", 0));
        }
    }

    Map<String, ObjectNode> table() {
        return servers;
    }

    Map<String, ObjectNode> gone() {
        return gone;
    }

    /**
     * A server as it is right after the request; fields with an underscore are in Nova's own words.
     */
    ObjectNode write(
            String id, String name, String project, String user, ObjectNode flavor, String image) {
        ObjectNode server = document(id, name, project, user, flavor, image, world.now());
        server.put("_number", ++number);
        servers.put(id, server);
        return server;
    }

    ObjectNode document(
            String id,
            String name,
            String project,
            String user,
            ObjectNode flavor,
            String image,
            Instant created) {
        ObjectNode server =
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "tenant_id",
                        project,
                        "user_id",
                        user,
                        "metadata",
                        object(),
                        "created",
                        World.stamp(created),
                        "updated",
                        World.stamp(created),
                        "key_name",
                        null,
                        "description",
                        name,
                        "tags",
                        array(),
                        "_image",
                        image,
                        "_vm",
                        "building",
                        "_task",
                        "scheduling",
                        "_power",
                        0,
                        "_host",
                        "",
                        "_launched",
                        null,
                        "_terminated",
                        null,
                        "_flavor",
                        flavor,
                        "_number",
                        0,
                        "_hostname",
                        hostname(name),
                        "_locked",
                        false,
                        "_reservation",
                        "r-" + id.substring(0, 8),
                        "_ports",
                        array(),
                        "_volumes",
                        array(),
                        "_zone",
                        "",
                        "_config_drive",
                        "");
        return server;
    }

    static String hostname(String name) {
        String clean =
                name.replaceAll("[^A-Za-z0-9-]+", "-")
                        .replaceAll("^-+|-+$", "")
                        .toLowerCase(java.util.Locale.ROOT);
        return clean.isEmpty() ? "server" : clean.substring(0, Math.min(clean.length(), 63));
    }

    void build(ObjectNode server, ObjectNode plan) {
        log.action(server, "create", plan);
        states.tell(
                server,
                "compute.instance.update",
                "conductor.control1",
                object(
                        "old_state",
                        "building",
                        "old_task_state",
                        null,
                        "new_task_state",
                        "scheduling"),
                plan);
        world.later(1, "server.schedule", text(server, "id"), plan);
    }

    private void schedule(ObjectNode server, ObjectNode plan) {
        Hosts.Host host = scheduler.pick(server, text(plan, "host"));
        if (host == null) {
            states.fail(
                    server,
                    plan,
                    500,
                    "No valid host was found. There are not enough hosts available.");
            return;
        }
        server.put("_host", host.name());
        states.state(server, "building", "networking", 0, plan);
        states.tell(
                server,
                "compute.instance.create.start",
                ServerStates.publisher(server),
                object("image_name", ""),
                plan);
        world.later(1, "server.network", text(server, "id"), plan);
    }

    private void connect(ObjectNode server, ObjectNode plan) {
        try {
            for (JsonNode wanted : plan.path("networks")) {
                plugOne(server, wanted, plan);
            }
            for (JsonNode wanted : plan.path("block_devices")) {
                disks.prepare(server, (ObjectNode) wanted, plan);
            }
        } catch (Refusal refusal) {
            states.fail(
                    server,
                    plan,
                    500,
                    "Build of instance " + text(server, "id") + " aborted: " + refusal.message());
            return;
        }
        states.state(server, "building", "spawning", 0, plan);
        world.later(1, "server.spawn", text(server, "id"), plan);
    }

    void plugOne(ObjectNode server, JsonNode wanted, ObjectNode plan) {
        ObjectNode port;
        String zone = "nova";
        if (wanted.hasNonNull("port")) {
            port = network.documents.table(NetworkKind.PORT).get(text(wanted, "port"));
            if (port == null) {
                throw new Refusal(404, "Port id " + text(wanted, "port") + " could not be found.");
            }
        } else {
            ObjectNode asked =
                    object("network_id", text(wanted, "uuid"), "device_id", text(server, "id"));
            if (wanted.hasNonNull("fixed_ip")) {
                asked.set("fixed_ips", array(object("ip_address", text(wanted, "fixed_ip"))));
            }
            if (!plan.path("security_groups").isEmpty()) {
                asked.set("security_groups", plan.get("security_groups"));
            }
            port =
                    network.ports.makePortFor(
                            ActionLog.asker(plan), asked, text(server, "tenant_id"));
        }
        network.ports.plug(
                ActionLog.asker(plan),
                port,
                text(server, "id"),
                text(server, "_hostname"),
                text(server, "_host"),
                zone);
        Json.items(server, "_ports").add(text(port, "id"));
    }

    private void spawn(ObjectNode server, ObjectNode plan) {
        for (JsonNode entry : server.path("_volumes")) {
            volumes.life.attach(ActionLog.asker(plan), server, (ObjectNode) entry);
        }
        world.later(1, "server.built", text(server, "id"), plan);
    }

    private void built(ObjectNode server, ObjectNode plan) {
        server.put("_launched", world.stampWithMicros());
        server.put("_zone", "nova");
        states.state(server, "active", null, 1, plan);
        states.tell(
                server,
                "compute.instance.create.end",
                ServerStates.publisher(server),
                object("fixed_ips", payloads.fixedIps(server), "message", "Success"),
                plan);
        log.event(server, plan, "compute__do_build_and_run_instance", "Success");
    }

    void begin(ObjectNode server, ServerChange change, ObjectNode plan) {
        log.action(server, change.event(), plan);
        states.state(
                server, text(server, "_vm"), change.task(), Json.number(server, "_power", 0), plan);
        states.tell(
                server,
                "compute.instance." + change.told() + ".start",
                ServerStates.publisher(server),
                object(),
                plan);
        world.later(
                change.steps(),
                "server.changed",
                text(server, "id"),
                plan.put("change", change.key()));
    }

    private void changed(ObjectNode server, ObjectNode plan) {
        ServerChange change = ServerChange.CHANGES.get(text(plan, "change"));
        if (change == null) {
            return;
        }
        states.state(server, change.vmState(), null, change.power(), plan);
        server.remove("_fault");
        states.tell(
                server,
                "compute.instance." + change.told() + ".end",
                ServerStates.publisher(server),
                object(),
                plan);
        log.event(server, plan, "compute_" + change.event() + "_instance", "Success");
    }

    void startDelete(ObjectNode server, ObjectNode plan) {
        if (text(server, "_task").equals("deleting")) {
            return;
        }
        log.action(server, "delete", plan);
        states.state(
                server, text(server, "_vm"), "deleting", Json.number(server, "_power", 0), plan);
        states.tell(
                server,
                "compute.instance.delete.start",
                ServerStates.publisher(server),
                object(),
                plan);
        world.later(
                text(server, "_host").isEmpty() ? 0.2 : 1.5,
                "server.deleted",
                text(server, "id"),
                plan);
    }

    private void deleted(ObjectNode server, ObjectNode plan) {
        String id = text(server, "id");
        for (String port : Json.texts(server.path("_ports"))) {
            network.ports.unplug(ActionLog.asker(plan), port);
        }
        for (JsonNode entry : server.path("_volumes")) {
            volumes.life.detach(ActionLog.asker(plan), text(entry, "volume"), id);
            if (Json.truth(entry, "delete_on_termination", false)) {
                volumes.life.startDelete(ActionLog.asker(plan), text(entry, "volume"));
            }
        }
        server.put("_terminated", world.stampWithMicros());
        server.put("updated", world.stamp());
        server.put("_vm", "deleted").putNull("_task").put("_power", 0);
        log.event(server, plan, "compute_terminate_instance", "Success");
        states.tell(
                server,
                "compute.instance.delete.end",
                ServerStates.publisher(server),
                object(),
                plan);
        servers.remove(id);
        gone.put(id, server);
        if (gone.size() > REMEMBERED) {
            gone.remove(gone.keySet().iterator().next());
        }
    }

    /** The power came back: everything that ran on the host lies there shut off. */
    void hostReturned(String host) {
        for (ObjectNode server : servers.values()) {
            if (text(server, "_host").equals(host) && !text(server, "_vm").equals("building")) {
                states.state(server, "stopped", null, 4, object());
            }
        }
    }
}
