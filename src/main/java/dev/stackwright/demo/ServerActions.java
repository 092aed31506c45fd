package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one may do with a server, and the list of what was done. */
final class ServerActions {

    private static final Set<String> POWER = Set.of("os-start", "os-stop");
    private static final List<String> REBOOTS =
            List.of("HARD", "Hard", "hard", "SOFT", "Soft", "soft");

    private final String base;
    private final World world;
    private final Servers servers;
    private final ServerView views;
    private final ComputeCatalog catalog;
    private final NetworkService network;
    private final ImageService images;
    private final ServerDocuments documents;

    ServerActions(
            String base,
            World world,
            Servers servers,
            ServerView views,
            ComputeCatalog catalog,
            NetworkService network,
            ImageService images,
            ServerDocuments documents) {
        this.base = base;
        this.world = world;
        this.servers = servers;
        this.views = views;
        this.catalog = catalog;
        this.network = network;
        this.images = images;
        this.documents = documents;
    }

    void actionRoutes(Service service) {
        service.route("POST", "/v2.1/servers/{}/action", this::act);
        service.route(
                "GET",
                "/v2.1/servers/{}/os-instance-actions",
                call -> {
                    ObjectNode server = documents.findOrGone(call);
                    ArrayNode shown = array();
                    servers.log
                            .actions(server)
                            .forEach(action -> shown.add(actionView(call, action)));
                    return Reply.ok(object("instanceActions", shown));
                });
        service.route("GET", "/v2.1/servers/{}/os-instance-actions/{}", this::showAction);
        service.route("GET", "/v2.1/servers/{}/migrations", this::migrations);
        service.route("DELETE", "/v2.1/servers/{}/migrations/{}", this::abort);
        service.route(
                "POST",
                "/v2.1/servers/{}/remote-consoles",
                call -> {
                    Policy.COMPUTE.mayChange(call, "os-remote-consoles");
                    ObjectNode server = documents.find(call);
                    JsonNode asked = call.body("remote_console");
                    NovaBody.oneOf(
                            asked, "protocol", List.of("vnc", "spice", "rdp", "serial", "mks"));
                    if (!text(asked, "protocol").equals("vnc")) {
                        throw new Refusal(
                                400, "Unavailable console type " + text(asked, "type") + ".");
                    }
                    if (text(server, "_host").isEmpty()) {
                        throw new Refusal(409, "Instance not yet ready");
                    }
                    return Reply.ok(
                            object(
                                    "remote_console",
                                    object(
                                            "protocol",
                                            text(asked, "protocol"),
                                            "type",
                                            text(asked, "type"),
                                            "url",
                                            "http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D"
                                                    + world.newId())));
                });
    }

    private static ObjectNode actionView(Call call, JsonNode action) {
        ObjectNode shown = Json.copy(action);
        shown.remove("_events");
        if (!call.since(58)) {
            shown.remove("updated_at");
        }
        return shown;
    }

    private Reply showAction(Call call) {
        ObjectNode server = documents.findOrGone(call);
        for (JsonNode action : servers.log.actions(server)) {
            if (text(action, "request_id").equals(call.name(1))) {
                ObjectNode shown = actionView(call, action);
                if (call.grant().admin() || call.since(51)) {
                    ArrayNode events = shown.putArray("events");
                    action.path("_events")
                            .forEach(event -> events.add(eventView(call, server, event)));
                }
                return Reply.ok(object("instanceAction", shown));
            }
        }
        throw new Refusal(404, "Action " + call.name(1) + " not found");
    }

    private ObjectNode eventView(Call call, ObjectNode server, JsonNode event) {
        ObjectNode shown = Json.copy(event);
        String host = text(event, "_host");
        shown.remove("_host");
        if (call.grant().admin()) {
            shown.putNull("traceback");
            if (call.since(62)) {
                shown.put("host", host);
            }
            if (call.since(84)) {
                shown.putNull("details");
            }
        }
        if (call.since(62)) {
            shown.put("hostId", views.hostId(text(server, "tenant_id"), host));
        }
        return shown;
    }

    private Reply act(Call call) {
        ObjectNode server = servers.table().get(call.name(0));
        if (server == null || !call.grant().sees(text(server, "tenant_id"))) {
            throw new Refusal(
                    404,
                    "Instance "
                            + call.name(0)
                            + (server == null
                                    ? " has no mapping to a cell."
                                    : " could not be found."));
        }
        ObjectNode body = call.body();
        if (body.isEmpty()) {
            throw new Refusal(400, "There is no such action: ");
        }
        String key = body.propertyNames().iterator().next();
        JsonNode asked = body.path(key);
        ObjectNode plan = servers.log.plan(call);
        if (key.equals("reboot")) {
            NovaBody.oneOf(asked, "type", REBOOTS);
            key = text(asked, "type").equalsIgnoreCase("HARD") ? "hard-reboot" : "soft-reboot";
        }
        ServerChange change = ServerChange.CHANGES.get(key);
        if (change != null) {
            Policy.COMPUTE.mayChange(call, change.policy());
            if (POWER.contains(key) && text(server, "_host").isEmpty()) {
                throw new Refusal(409, "Instance " + text(server, "id") + " is not ready");
            }
            servers.states.check(server, change.word(), change.from(), call.grant());
            servers.begin(server, change, plan);
            return key.equals("rescue")
                    ? Reply.ok(object("adminPass", documents.password()))
                    : Reply.empty(202);
        }
        return switch (key) {
            case "lock", "unlock" -> lock(call, server, key, asked, plan);
            case "resize" -> resize(call, server, asked, plan);
            case "migrate" -> {
                Policy.COMPUTE.needAdmin(call, "os-migrate-server:migrate");
                servers.states.check(server, "migrate", Set.of("active", "stopped"), call.grant());
                if (call.since(56)) {
                    checkTarget(server, text(asked, "host"));
                    plan.put("host", text(asked, "host"));
                }
                servers.moves.move(
                        server,
                        "resize",
                        "migrate",
                        "resize_prep",
                        "resized",
                        3,
                        plan.set("flavor", server.get("_flavor")));
                yield Reply.empty(202);
            }
            case "confirmResize", "revertResize" -> {
                boolean confirms = key.equals("confirmResize");
                Policy.COMPUTE.mayChange(
                        call, confirms ? "servers:confirm_resize" : "servers:revert_resize");
                servers.states.check(server, key, Set.of("resized"), call.grant());
                servers.moves.move(
                        server, key, key, confirms ? "" : "resize_reverting", "active", 1, plan);
                if (confirms) {
                    server.putNull("_task");
                }
                yield Reply.empty(confirms ? 204 : 202);
            }
            case "rebuild" -> rebuild(call, server, asked, plan);
            case "shelve" -> {
                Policy.COMPUTE.mayChange(call, "os-shelve:shelve");
                servers.states.check(
                        server,
                        "shelve",
                        Set.of("active", "stopped", "paused", "suspended"),
                        call.grant());
                servers.moves.move(
                        server, "shelve", "shelve", "shelving", "shelved_offloaded", 2, plan);
                yield Reply.empty(202);
            }
            case "unshelve" -> {
                Policy.COMPUTE.mayChange(call, "os-shelve:unshelve");
                servers.states.check(
                        server, "unshelve", Set.of("shelved", "shelved_offloaded"), call.grant());
                servers.moves.move(
                        server,
                        "unshelve",
                        "unshelve",
                        "unshelving",
                        "active",
                        3,
                        plan.put("host", text(asked, "host")));
                yield Reply.empty(202);
            }
            case "createImage" -> createImage(call, server, asked, plan);
            case "os-getConsoleOutput" -> console(call, server, asked);
            case "os-getVNCConsole" ->
                    Reply.ok(
                            object(
                                    "console",
                                    object(
                                            "type",
                                            "novnc",
                                            "url",
                                            "http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D"
                                                    + world.newId())));
            case "os-resetState" -> {
                Policy.COMPUTE.needAdmin(call, "os-admin-actions:reset_state");
                NovaBody.oneOf(asked, "state", List.of("active", "error"));
                String state = text(asked, "state");
                servers.states.state(
                        server,
                        state.equals("active") ? "active" : "error",
                        null,
                        Json.number(server, "_power", 0),
                        plan);
                yield Reply.empty(202);
            }
            case "evacuate" -> evacuate(call, server, asked, plan);
            case "os-migrateLive" -> {
                Policy.COMPUTE.needAdmin(call, "os-migrate-server:migrate_live");
                servers.states.check(
                        server, "os-migrateLive", Set.of("active", "paused"), call.grant());
                checkTarget(server, text(asked, "host"));
                servers.moves.move(
                        server,
                        "live-migration",
                        "live-migration",
                        "migrating",
                        text(server, "_vm"),
                        4,
                        plan.put("host", text(asked, "host")));
                yield Reply.empty(202);
            }
            case "addSecurityGroup", "removeSecurityGroup" ->
                    changeGroup(call, server, key, text(asked, "name"));
            case "forceDelete" -> {
                Policy.COMPUTE.mayChange(call, "os-deferred-delete:force");
                servers.startDelete(server, plan);
                yield Reply.empty(202);
            }
            case "changePassword" -> {
                Policy.COMPUTE.mayChange(call, "os-admin-password");
                servers.states.check(server, "changePassword", Set.of("active"), call.grant());
                servers.log.instantly(server, "changePassword", plan);
                yield Reply.empty(202);
            }
            default -> throw new Refusal(400, "There is no such action: " + key);
        };
    }

    /** The scheduler looks at a host that somebody names, too. */
    private void checkTarget(ObjectNode server, String target) {
        if (target.isEmpty()) {
            return;
        }
        Hosts hosts = catalog.computeHosts.hosts;
        Hosts.Host host = hosts.find(target);
        if (host == null) {
            throw new Refusal(400, "Compute host " + target + " could not be found.");
        }
        if (target.equals(text(server, "_host"))) {
            throw new Refusal(400, "The target host can't be the same one.");
        }
        if (!hosts.schedulable(host)) {
            throw new Refusal(
                    400, "No valid host was found. No valid host found for the named one");
        }
    }

    private Reply migrations(Call call) {
        Policy.COMPUTE.needAdmin(call, "servers:migrations:index");
        ObjectNode server = documents.find(call);
        ArrayNode running = array();
        if (text(server, "_task").equals("migrating")) {
            running.add(
                    object(
                            "id",
                            Json.number(server, "_number", 1),
                            "server_uuid",
                            text(server, "id"),
                            "status",
                            "running",
                            "source_compute",
                            text(server, "_host"),
                            "memory_total_bytes",
                            1_073_741_824,
                            "memory_processed_bytes",
                            536_870_912,
                            "memory_remaining_bytes",
                            536_870_912));
        }
        return Reply.ok(object("migrations", running));
    }

    private Reply abort(Call call) {
        Policy.COMPUTE.needAdmin(call, "servers:migrations:delete");
        ObjectNode server = documents.find(call);
        if (!text(server, "_task").equals("migrating")) {
            throw new Refusal(404, "Migration " + call.name(1) + " for instance is not found.");
        }
        server.put("_aborting", true);
        return Reply.empty(202);
    }

    private Reply lock(Call call, ObjectNode server, String key, JsonNode asked, ObjectNode plan) {
        Policy.COMPUTE.mayChange(call, "os-lock-server:" + key);
        server.put("_locked", key.equals("lock"));
        server.set(
                "_locked_reason",
                Json.of(asked.hasNonNull("locked_reason") ? text(asked, "locked_reason") : null));
        servers.log.instantly(server, key, plan);
        return Reply.empty(202);
    }

    private Reply resize(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        Policy.COMPUTE.mayChange(call, "servers:resize");
        String ref = text(asked, "flavorRef");
        ObjectNode flavor =
                catalog.kinds.flavorFor(call.grant(), ref.substring(ref.lastIndexOf('/') + 1));
        if (flavor == null) {
            throw new Refusal(
                    400,
                    "Flavor " + ref.substring(ref.lastIndexOf('/') + 1) + " could not be found.");
        }
        servers.states.check(server, "resize", Set.of("active", "stopped"), call.grant());
        JsonNode now = server.path("_flavor");
        if (text(now, "id").equals(text(flavor, "id"))) {
            throw new Refusal(400, "When resizing, instances must change flavor!");
        }
        catalog.quotas.checkQuota(
                text(server, "tenant_id"),
                0,
                Math.max(0, Json.number(flavor, "vcpus", 0) - Json.number(now, "vcpus", 0)),
                Math.max(0, Json.number(flavor, "ram", 0) - Json.number(now, "ram", 0)));
        servers.moves.move(
                server,
                "resize",
                "resize",
                "resize_prep",
                "resized",
                4,
                plan.set("flavor", catalog.kinds.frozen(flavor)));
        return Reply.empty(202);
    }

    private Reply rebuild(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        Policy.COMPUTE.mayChange(call, "servers:rebuild");
        servers.states.check(server, "rebuild", Set.of("active", "stopped", "error"), call.grant());
        ObjectNode image = images.life.imageFor(call.grant(), text(asked, "imageRef"));
        if (image == null) {
            throw new Refusal(400, "Cannot find image for rebuild");
        }
        for (String field : List.of("name", "description")) {
            if (asked.hasNonNull(field)) {
                server.set(field, asked.get(field));
            }
        }
        if (asked.hasNonNull("metadata")) {
            server.set("metadata", asked.get("metadata"));
        }
        String after = text(server, "_vm").equals("stopped") ? "stopped" : "active";
        servers.moves.move(
                server,
                "rebuild",
                "rebuild",
                "rebuilding",
                after,
                2,
                plan.put("image", text(image, "id")));
        return Reply.of(
                        202,
                        object(
                                "server",
                                views.full(call, server).put("adminPass", documents.password())))
                .with("Location", base + "/v2.1/servers/" + text(server, "id"));
    }

    private Reply createImage(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        Policy.COMPUTE.mayChange(call, "servers:create_image");
        servers.states.check(
                server,
                "createImage",
                Set.of("active", "stopped", "paused", "suspended"),
                call.grant());
        ObjectNode image =
                images.life.snapshot(call, server, text(asked, "name"), asked.path("metadata"));
        servers.moves.image(server, text(image, "id"), plan);
        Reply reply =
                call.since(45)
                        ? Reply.of(202, object("image_id", text(image, "id")))
                        : Reply.empty(202);
        return reply.with("Location", views.imageUrl(text(image, "id")));
    }

    private Reply evacuate(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        Policy.COMPUTE.needAdmin(call, "os-evacuate");
        if (catalog.computeHosts.hostIsUp(text(server, "_host"))) {
            throw new Refusal(
                    400, "Compute service of " + text(server, "_host") + " is still in use.");
        }
        servers.states.check(
                server, "evacuate", Set.of("active", "stopped", "error"), call.grant());
        String after = text(server, "_vm").equals("stopped") ? "stopped" : "active";
        servers.moves.move(
                server,
                "evacuate",
                "evacuate",
                "rebuilding",
                after,
                3,
                plan.put("host", text(asked, "host")));
        return call.since(14)
                ? Reply.empty(200)
                : Reply.ok(object("adminPass", documents.password()));
    }

    private Reply changeGroup(Call call, ObjectNode server, String key, String name) {
        Policy.COMPUTE.mayChange(
                call, "os-security-groups:" + (key.startsWith("add") ? "add" : "remove"));
        ObjectNode group = network.groups.groupFor(call.grant(), name);
        if (group == null) {
            throw new Refusal(
                    404,
                    "Security group "
                            + name
                            + " is not found for project "
                            + call.grant().project());
        }
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.documents.table(NetworkKind.PORT).get(portId.asString(""));
            if (port != null) {
                ArrayNode groups = Json.items(port, "security_groups");
                Json.removeText(groups, text(group, "id"));
                if (key.startsWith("add")) {
                    groups.add(text(group, "id"));
                }
            }
        }
        return Reply.empty(202);
    }

    private Reply console(Call call, ObjectNode server, JsonNode asked) {
        Policy.COMPUTE.mayChange(call, "os-console-output");
        if (text(server, "_vm").equals("building") || text(server, "_host").isEmpty()) {
            throw new Refusal(409, "Instance " + text(server, "id") + " is not ready");
        }
        return Reply.ok(
                object(
                        "output",
                        Counters.console(server, world.now(), Json.number(asked, "length", 0))));
    }
}
