package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of servers: how they are built, change and go, step by step, and what Nova says about it
 * on the bus.
 *
 * <p>Each step is a deed that the world performs when its time has come. A deed for a server on a
 * host that is silent waits until the host is heard of again, as a message would in its queue.
 */
final class Servers {

    /**
     * What a plain action does.
     *
     * @param word Nova's word for it in a refusal
     * @param from the states in which it may begin
     * @param task the task state while it runs
     * @param event the name in the list of actions
     * @param told the name in notifications
     */
    record Change(
            String key,
            String policy,
            String word,
            Set<String> from,
            String task,
            String event,
            String told,
            double steps,
            String vmState,
            int power) {}

    static final Map<String, Change> CHANGES = new LinkedHashMap<>();
    private static final int REMEMBERED = 2000;

    static {
        change(
                "os-stop",
                "servers:stop",
                "stop",
                Set.of("active", "error"),
                "powering-off",
                "stop",
                "power_off",
                1,
                "stopped",
                4);
        change(
                "os-start",
                "servers:start",
                "start",
                Set.of("stopped"),
                "powering-on",
                "start",
                "power_on",
                1,
                "active",
                1);
        change(
                "pause",
                "os-pause-server:pause",
                "pause",
                Set.of("active"),
                "pausing",
                "pause",
                "pause",
                0.5,
                "paused",
                3);
        change(
                "unpause",
                "os-pause-server:unpause",
                "unpause",
                Set.of("paused"),
                "unpausing",
                "unpause",
                "unpause",
                0.5,
                "active",
                1);
        change(
                "suspend",
                "os-suspend-server:suspend",
                "suspend",
                Set.of("active"),
                "suspending",
                "suspend",
                "suspend",
                1,
                "suspended",
                7);
        change(
                "resume",
                "os-suspend-server:resume",
                "resume",
                Set.of("suspended"),
                "resuming",
                "resume",
                "resume",
                1,
                "active",
                1);
        change(
                "rescue",
                "os-rescue",
                "rescue",
                Set.of("active", "stopped", "error"),
                "rescuing",
                "rescue",
                "rescue",
                1,
                "rescued",
                1);
        change(
                "unrescue",
                "os-unrescue",
                "unrescue",
                Set.of("rescued"),
                "unrescuing",
                "unrescue",
                "unrescue",
                1,
                "active",
                1);
        change(
                "soft-reboot",
                "servers:reboot",
                "reboot",
                Set.of("active"),
                "rebooting",
                "reboot",
                "reboot",
                2,
                "active",
                1);
        change(
                "hard-reboot",
                "servers:reboot",
                "reboot",
                Set.of("active", "stopped", "paused", "suspended", "error"),
                "rebooting_hard",
                "reboot",
                "reboot",
                2,
                "active",
                1);
    }

    private static void change(
            String key,
            String policy,
            String word,
            Set<String> from,
            String task,
            String event,
            String told,
            double steps,
            String vmState,
            int power) {
        CHANGES.put(
                key, new Change(key, policy, word, from, task, event, told, steps, vmState, power));
    }

    private final World world;
    private final Bus bus;
    private final Hosts hosts;
    private final NetworkService network;
    private final VolumeService volumes;
    private final ImageService images;
    private final Map<String, ObjectNode> servers;
    private final Map<String, ObjectNode> gone;
    private int number = 0;
    private int turn = 0;

    Servers(
            World world,
            Bus bus,
            Hosts hosts,
            NetworkService network,
            VolumeService volumes,
            ImageService images) {
        this.world = world;
        this.bus = bus;
        this.hosts = hosts;
        this.network = network;
        this.volumes = volumes;
        this.images = images;
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
        world.on("server.moved", (id, plan) -> withServer(id, plan, "server.moved", this::moved));
        world.on(
                "server.deleted",
                (id, plan) -> withServer(id, plan, "server.deleted", this::deleted));
        world.on(
                "server.attached",
                (id, plan) -> withServer(id, plan, "server.attached", this::attached));
        world.on(
                "server.detached",
                (id, plan) -> withServer(id, plan, "server.detached", this::detached));
        world.on(
                "server.imaged", (id, plan) -> withServer(id, plan, "server.imaged", this::imaged));
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
                deed.equals("server.schedule") ? hosts.schedulerSilent() : hosts.silent(host);
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
        action(server, "create", plan);
        tell(
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
        Hosts.Host host = pick(server, text(plan, "host"));
        if (host == null) {
            fail(
                    server,
                    plan,
                    500,
                    "No valid host was found. There are not enough hosts available.");
            return;
        }
        server.put("_host", host.name());
        state(server, "building", "networking", 0, plan);
        tell(
                server,
                "compute.instance.create.start",
                publisher(server),
                object("image_name", ""),
                plan);
        world.later(1, "server.network", text(server, "id"), plan);
    }

    private Hosts.@Nullable Host pick(ObjectNode server, String wanted) {
        List<Hosts.Host> fitting = new ArrayList<>();
        JsonNode flavor = server.path("_flavor");
        Map<String, Load> loads = loads();
        for (Hosts.Host host : hosts.all()) {
            Load load = loads.getOrDefault(host.name(), Load.NONE);
            if (hosts.schedulable(host)
                    && (wanted.isEmpty() || wanted.equals(host.name()))
                    && load.vcpus() + Json.number(flavor, "vcpus", 1) <= host.vcpus() * 4
                    && load.memoryMb() + Json.number(flavor, "ram", 0) <= host.memoryMb()
                    && load.diskGb() + Json.number(flavor, "disk", 0) <= host.diskGb()) {
                fitting.add(host);
            }
        }
        return fitting.isEmpty() ? null : fitting.get(turn++ % fitting.size());
    }

    record Load(int servers, int vcpus, int memoryMb, int diskGb) {

        static final Load NONE = new Load(0, 0, 0, 0);

        Load and(Load other) {
            return new Load(
                    servers + other.servers,
                    vcpus + other.vcpus,
                    memoryMb + other.memoryMb,
                    diskGb + other.diskGb);
        }
    }

    /** What each host carries. */
    Map<String, Load> loads() {
        Map<String, Load> loads = new HashMap<>();
        for (ObjectNode server : servers.values()) {
            String host = text(server, "_host");
            if (!host.isEmpty()) {
                JsonNode flavor = server.path("_flavor");
                Load one =
                        new Load(
                                1,
                                Json.number(flavor, "vcpus", 0),
                                Json.number(flavor, "ram", 0),
                                Json.number(flavor, "disk", 0));
                loads.merge(host, one, Load::and);
            }
        }
        return loads;
    }

    private void connect(ObjectNode server, ObjectNode plan) {
        try {
            for (JsonNode wanted : plan.path("networks")) {
                plugOne(server, wanted, plan);
            }
            for (JsonNode wanted : plan.path("block_devices")) {
                prepare(server, (ObjectNode) wanted, plan);
            }
        } catch (Refusal refusal) {
            fail(
                    server,
                    plan,
                    500,
                    "Build of instance " + text(server, "id") + " aborted: " + refusal.message());
            return;
        }
        state(server, "building", "spawning", 0, plan);
        world.later(1, "server.spawn", text(server, "id"), plan);
    }

    void plugOne(ObjectNode server, JsonNode wanted, ObjectNode plan) {
        ObjectNode port;
        String zone = "nova";
        if (wanted.hasNonNull("port")) {
            port = network.table(NetworkKind.PORT).get(text(wanted, "port"));
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
            port = network.makePortFor(asker(plan), asked, text(server, "tenant_id"));
        }
        network.plug(
                asker(plan),
                port,
                text(server, "id"),
                text(server, "_hostname"),
                text(server, "_host"),
                zone);
        Json.items(server, "_ports").add(text(port, "id"));
    }

    private void prepare(ObjectNode server, ObjectNode wanted, ObjectNode plan) {
        String volumeId = text(wanted, "uuid");
        if (!text(wanted, "source_type").equals("volume")) {
            ObjectNode made =
                    volumes.makeFor(
                            asker(plan),
                            text(server, "tenant_id"),
                            text(server, "user_id"),
                            Json.number(
                                    wanted,
                                    "volume_size",
                                    Json.number(server.path("_flavor"), "disk", 1)),
                            wanted);
            volumeId = text(made, "id");
        }
        note(server, volumeId, wanted, Json.number(wanted, "boot_index", -1));
    }

    private ObjectNode note(ObjectNode server, String volumeId, JsonNode wanted, int bootIndex) {
        ArrayNode attached = Json.items(server, "_volumes");
        String device =
                wanted.hasNonNull("device")
                        ? text(wanted, "device")
                        : wanted.hasNonNull("device_name")
                                ? text(wanted, "device_name")
                                : freeDevice(attached, bootIndex == 0);
        ObjectNode entry =
                object(
                        "volume",
                        volumeId,
                        "device",
                        device,
                        "delete_on_termination",
                        Json.truth(wanted, "delete_on_termination", false),
                        "attachment",
                        world.newId(),
                        "bdm",
                        world.newId(),
                        "tag",
                        wanted.hasNonNull("tag") ? text(wanted, "tag") : null,
                        "attached",
                        false);
        attached.add(entry);
        volumes.reserve(volumeId, text(entry, "attachment"));
        return entry;
    }

    private static String freeDevice(ArrayNode attached, boolean root) {
        if (root) {
            return "/dev/vda";
        }
        for (char letter = 'b'; letter <= 'z'; letter++) {
            String device = "/dev/vd" + letter;
            boolean free = true;
            for (JsonNode each : attached) {
                free &= !text(each, "device").equals(device);
            }
            if (free) {
                return device;
            }
        }
        return "/dev/vdzz";
    }

    private void spawn(ObjectNode server, ObjectNode plan) {
        for (JsonNode entry : server.path("_volumes")) {
            volumes.attach(asker(plan), server, (ObjectNode) entry);
        }
        world.later(1, "server.built", text(server, "id"), plan);
    }

    private void built(ObjectNode server, ObjectNode plan) {
        server.put("_launched", world.stampWithMicros());
        server.put("_zone", "nova");
        state(server, "active", null, 1, plan);
        tell(
                server,
                "compute.instance.create.end",
                publisher(server),
                object("fixed_ips", fixedIps(server), "message", "Success"),
                plan);
        event(server, plan, "compute__do_build_and_run_instance", "Success");
    }

    void fail(ObjectNode server, ObjectNode plan, int code, String message) {
        server.set("_fault", object("code", code, "created", world.stamp(), "message", message));
        state(server, "error", null, 0, plan);
        bus.say(
                "nova",
                "conductor.control1",
                "compute.instance.create.error",
                "ERROR",
                payload(server, object("message", message)),
                asker(plan));
        event(server, plan, "conductor_schedule_and_build_instances", "Error");
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

    void begin(ObjectNode server, Change change, ObjectNode plan) {
        action(server, change.event(), plan);
        state(server, text(server, "_vm"), change.task(), Json.number(server, "_power", 0), plan);
        tell(
                server,
                "compute.instance." + change.told() + ".start",
                publisher(server),
                object(),
                plan);
        world.later(
                change.steps(),
                "server.changed",
                text(server, "id"),
                plan.put("change", change.key()));
    }

    private void changed(ObjectNode server, ObjectNode plan) {
        Change change = CHANGES.get(text(plan, "change"));
        if (change == null) {
            return;
        }
        state(server, change.vmState(), null, change.power(), plan);
        server.remove("_fault");
        tell(
                server,
                "compute.instance." + change.told() + ".end",
                publisher(server),
                object(),
                plan);
        event(server, plan, "compute_" + change.event() + "_instance", "Success");
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
        action(server, event, plan);
        state(server, text(server, "_vm"), task, Json.number(server, "_power", 0), plan);
        world.later(
                steps,
                "server.moved",
                text(server, "id"),
                plan.put("move", move).put("vm_after", vmState));
    }

    private void moved(ObjectNode server, ObjectNode plan) {
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
                Hosts.Host host = pickOther(server);
                server.put("_host", host == null ? text(server, "_host") : host.name());
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
                Hosts.Host host =
                        text(plan, "host").isEmpty()
                                ? pickOther(server)
                                : hosts.find(text(plan, "host"));
                if (host == null) {
                    state(
                            server,
                            text(server, "_vm"),
                            null,
                            Json.number(server, "_power", 0),
                            plan);
                    event(server, plan, "compute_" + move + "_instance", "Error");
                    return;
                }
                server.put("_host", host.name());
                told = move.equals("evacuate") ? "rebuild" : "live_migration._post";
                power = after.equals("stopped") ? 4 : 1;
            }
            case "shelve" -> {
                tell(server, "compute.instance.shelve.end", publisher(server), object(), plan);
                server.put("_host", "");
                power = 4;
                told = "shelve_offload";
            }
            case "unshelve" -> {
                Hosts.Host host = pick(server, text(plan, "host"));
                if (host == null) {
                    state(server, "shelved_offloaded", null, 4, plan);
                    event(server, plan, "schedule_instances", "Error");
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
        state(server, after, null, power, plan);
        tell(
                server,
                "compute.instance." + told + ".end",
                publisher(server),
                object("fixed_ips", fixedIps(server)),
                plan);
        for (String event : events) {
            event(server, plan, event, "Success");
        }
    }

    private Hosts.@Nullable Host pickOther(ObjectNode server) {
        String here = text(server, "_host");
        Hosts.Host first = pick(server, "");
        for (int i = 0; first != null && first.name().equals(here) && i < 8; i++) {
            first = pick(server, "");
        }
        return first;
    }

    void image(ObjectNode server, String imageId, ObjectNode plan) {
        action(server, "createImage", plan);
        state(
                server,
                text(server, "_vm"),
                "image_snapshot_pending",
                Json.number(server, "_power", 0),
                plan);
        tell(server, "compute.instance.snapshot.start", publisher(server), object(), plan);
        world.later(2, "server.imaged", text(server, "id"), plan.put("image", imageId));
    }

    private void imaged(ObjectNode server, ObjectNode plan) {
        images.finish(
                text(plan, "image"),
                64L * 1024 * 1024 * (1 + Json.number(server.path("_flavor"), "disk", 1)));
        state(server, text(server, "_vm"), null, Json.number(server, "_power", 0), plan);
        tell(server, "compute.instance.snapshot.end", publisher(server), object(), plan);
        event(server, plan, "compute_snapshot_instance", "Success");
    }

    ObjectNode startAttach(ObjectNode server, String volumeId, JsonNode wanted, ObjectNode plan) {
        ObjectNode entry = note(server, volumeId, wanted, -1);
        action(server, "attach_volume", plan);
        world.later(0.5, "server.attached", text(server, "id"), plan.put("volume", volumeId));
        return entry;
    }

    private void attached(ObjectNode server, ObjectNode plan) {
        for (JsonNode entry : server.path("_volumes")) {
            if (text(entry, "volume").equals(text(plan, "volume"))) {
                volumes.attach(asker(plan), server, (ObjectNode) entry);
                tell(
                        server,
                        "compute.instance.volume.attach",
                        publisher(server),
                        object("volume_id", text(plan, "volume")),
                        plan);
            }
        }
        event(server, plan, "compute_attach_volume", "Success");
    }

    void startDetach(ObjectNode server, String volumeId, ObjectNode plan) {
        volumes.status(volumeId, "detaching");
        action(server, "detach_volume", plan);
        world.later(1, "server.detached", text(server, "id"), plan.put("volume", volumeId));
    }

    private void detached(ObjectNode server, ObjectNode plan) {
        ArrayNode entries = Json.items(server, "_volumes");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (text(entries.get(i), "volume").equals(text(plan, "volume"))) {
                entries.remove(i);
            }
        }
        volumes.detach(asker(plan), text(plan, "volume"), text(server, "id"));
        tell(
                server,
                "compute.instance.volume.detach",
                publisher(server),
                object("volume_id", text(plan, "volume")),
                plan);
        event(server, plan, "compute_detach_volume", "Success");
    }

    void startDelete(ObjectNode server, ObjectNode plan) {
        if (text(server, "_task").equals("deleting")) {
            return;
        }
        action(server, "delete", plan);
        state(server, text(server, "_vm"), "deleting", Json.number(server, "_power", 0), plan);
        tell(server, "compute.instance.delete.start", publisher(server), object(), plan);
        world.later(
                text(server, "_host").isEmpty() ? 0.2 : 1.5,
                "server.deleted",
                text(server, "id"),
                plan);
    }

    private void deleted(ObjectNode server, ObjectNode plan) {
        String id = text(server, "id");
        for (String port : Json.texts(server.path("_ports"))) {
            network.unplug(asker(plan), port);
        }
        for (JsonNode entry : server.path("_volumes")) {
            volumes.detach(asker(plan), text(entry, "volume"), id);
            if (Json.truth(entry, "delete_on_termination", false)) {
                volumes.startDelete(asker(plan), text(entry, "volume"));
            }
        }
        server.put("_terminated", world.stampWithMicros());
        server.put("updated", world.stamp());
        server.put("_vm", "deleted").putNull("_task").put("_power", 0);
        event(server, plan, "compute_terminate_instance", "Success");
        tell(server, "compute.instance.delete.end", publisher(server), object(), plan);
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
                state(server, "stopped", null, 4, object());
            }
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

    private void event(ObjectNode server, ObjectNode plan, String event, String result) {
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

    private static String publisher(ObjectNode server) {
        return "compute." + (text(server, "_host").isEmpty() ? "control1" : text(server, "_host"));
    }

    private void tell(
            ObjectNode server, String event, String publisher, ObjectNode more, ObjectNode plan) {
        bus.say("nova", publisher, event, payload(server, more), asker(plan));
    }

    /** The audit that Nova sends for each server at the end of each hour. */
    void audit(Instant from, Instant to) {
        for (ObjectNode server : servers.values()) {
            if (server.hasNonNull("_launched")) {
                bus.say(
                        "nova",
                        publisher(server),
                        "compute.instance.exists",
                        payload(server, audit(from, to, "_beginning", "_ending")),
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

    ObjectNode payload(ObjectNode server, ObjectNode more) {
        JsonNode flavor = server.path("_flavor");
        String image = text(server, "_image");
        ObjectNode payload =
                object(
                        "tenant_id",
                        text(server, "tenant_id"),
                        "user_id",
                        text(server, "user_id"),
                        "instance_id",
                        text(server, "id"),
                        "display_name",
                        text(server, "name"),
                        "reservation_id",
                        text(server, "_reservation"),
                        "hostname",
                        text(server, "_hostname"),
                        "instance_type",
                        text(flavor, "name"),
                        "instance_type_id",
                        Math.abs(text(flavor, "id").hashCode() % 1000),
                        "instance_flavor_id",
                        text(flavor, "id"),
                        "architecture",
                        null,
                        "memory_mb",
                        flavor.path("ram"),
                        "disk_gb",
                        flavor.path("disk"),
                        "vcpus",
                        flavor.path("vcpus"),
                        "root_gb",
                        flavor.path("disk"),
                        "ephemeral_gb",
                        flavor.path("ephemeral"),
                        "host",
                        text(server, "_host").isEmpty() ? null : text(server, "_host"),
                        "node",
                        text(server, "_host").isEmpty() ? null : text(server, "_host"),
                        "availability_zone",
                        "nova",
                        "cell_name",
                        "",
                        "created_at",
                        text(server, "created").replace('T', ' ').replace("Z", "+00:00"),
                        "terminated_at",
                        text(server, "_terminated"),
                        "deleted_at",
                        text(server, "_terminated"),
                        "launched_at",
                        text(server, "_launched"),
                        "image_ref_url",
                        images.base + "/images/" + image,
                        "os_type",
                        null,
                        "kernel_id",
                        "",
                        "ramdisk_id",
                        "",
                        "state",
                        text(server, "_vm"),
                        "state_description",
                        text(server, "_task"),
                        "progress",
                        "",
                        "access_ip_v4",
                        null,
                        "access_ip_v6",
                        null,
                        "image_meta",
                        images.metaOf(image),
                        "metadata",
                        server.path("metadata").deepCopy());
        payload.setAll(more);
        return payload;
    }

    private ArrayNode fixedIps(ObjectNode server) {
        ArrayNode addresses = array();
        eachAddress(
                server,
                (label, address, mac, floating) -> {
                    ArrayNode floats = array();
                    if (floating != null) {
                        floats.add(
                                object(
                                        "address",
                                        floating,
                                        "type",
                                        "floating",
                                        "version",
                                        4,
                                        "meta",
                                        object()));
                    }
                    addresses.add(
                            object(
                                    "address",
                                    address,
                                    "type",
                                    "fixed",
                                    "version",
                                    address.contains(":") ? 6 : 4,
                                    "meta",
                                    object(),
                                    "floating_ips",
                                    floats,
                                    "label",
                                    label,
                                    "vif_mac",
                                    mac));
                });
        return addresses;
    }

    interface AddressReader {
        void read(String network, String address, String mac, @Nullable String floating);
    }

    void eachAddress(ObjectNode server, AddressReader reader) {
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.table(NetworkKind.PORT).get(portId.asString(""));
            if (port == null) {
                continue;
            }
            ObjectNode net = network.table(NetworkKind.NETWORK).get(text(port, "network_id"));
            ObjectNode floating =
                    network.table(NetworkKind.FLOATING_IP).get(text(port, "_floating_ip"));
            for (JsonNode fixed : port.path("fixed_ips")) {
                String address = text(fixed, "ip_address");
                boolean points =
                        floating != null && text(floating, "fixed_ip_address").equals(address);
                reader.read(
                        text(net, "name"),
                        address,
                        text(port, "mac_address"),
                        points ? text(floating, "floating_ip_address") : null);
            }
        }
    }

    static Duration age(ObjectNode server, Instant now) {
        String launched = text(server, "_launched");
        return launched.isEmpty()
                ? Duration.ZERO
                : Duration.between(Instant.parse(launched + "Z"), now);
    }
}
