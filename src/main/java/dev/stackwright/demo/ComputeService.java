package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Nova 2.1 up to 2.93, for everybody: servers, their actions and attachments. */
final class ComputeService extends Service {

    private static final Set<String> ANY =
            Set.of(
                    "active",
                    "building",
                    "stopped",
                    "paused",
                    "suspended",
                    "rescued",
                    "error",
                    "resized",
                    "shelved",
                    "shelved_offloaded",
                    "soft-delete");
    private static final Set<String> FILTERS =
            Set.of(
                    "name",
                    "status",
                    "image",
                    "flavor",
                    "host",
                    "vm_state",
                    "task_state",
                    "power_state",
                    "project_id",
                    "tenant_id",
                    "user_id",
                    "uuid",
                    "ip",
                    "ip6",
                    "key_name",
                    "reservation_id",
                    "all_tenants",
                    "deleted",
                    "changes-since",
                    "changes-before",
                    "limit",
                    "marker",
                    "sort_key",
                    "sort_dir",
                    "tags",
                    "tags-any",
                    "not-tags",
                    "not-tags-any",
                    "availability_zone",
                    "node",
                    "metadata",
                    "locked",
                    "description",
                    "hostname",
                    "created_at",
                    "launched_at",
                    "locked_by");
    private static final List<String> SORT_KEYS =
            List.of(
                    "task_state",
                    "locked",
                    "image_ref",
                    "host",
                    "vm_state",
                    "access_ip_v4",
                    "availability_zone",
                    "project_id",
                    "progress",
                    "uuid",
                    "root_device_name",
                    "display_description",
                    "kernel_id",
                    "ramdisk_id",
                    "terminated_at",
                    "power_state",
                    "key_name",
                    "display_name",
                    "auto_disk_config",
                    "launch_index",
                    "hostname",
                    "launched_at",
                    "updated_at",
                    "user_id",
                    "locked_by",
                    "config_drive",
                    "access_ip_v6",
                    "instance_type_id",
                    "created_at",
                    "node");

    private final Servers servers;
    private final ServerView views;
    private final ComputeCatalog catalog;
    private final NetworkService network;
    private final VolumeService volumes;
    private final ImageService images;

    ComputeService(
            String base,
            World world,
            Servers servers,
            ServerView views,
            ComputeCatalog catalog,
            NetworkService network,
            VolumeService volumes,
            ImageService images) {
        super("compute", base, world);
        this.servers = servers;
        this.views = views;
        this.catalog = catalog;
        this.network = network;
        this.volumes = volumes;
        this.images = images;
        openRoute("GET", "/", call -> Reply.ok(versions()));
        openRoute(
                "GET",
                "/v2.1",
                call ->
                        Reply.ok(
                                object(
                                        "version",
                                        version()
                                                .setAll(
                                                        object(
                                                                "media-types",
                                                                array(
                                                                        object(
                                                                                "base",
                                                                                "application/json",
                                                                                "type",
                                                                                "application/vnd.openstack.compute+json;version=2.1")))))));
        serverRoutes();
        actionRoutes();
        attachmentRoutes();
        catalog.addTo(this);
    }

    @Override
    void negotiate(Call call) {
        String old = call.header("X-OpenStack-Nova-API-Version");
        call.minor(
                minorOf(
                        call.header("OpenStack-API-Version"),
                        "compute",
                        old == null ? 1 : minorOf(old, 1, 2, 93, 1),
                        2,
                        93,
                        1));
    }

    static Refusal disallowed(String rule) {
        return new Refusal(
                403, "Policy doesn't allow os_compute_api:" + rule + " to be performed.");
    }

    static void needAdmin(Call call, String rule) {
        if (!call.grant().admin()) {
            throw disallowed(rule);
        }
    }

    static void mayChange(Call call, String rule) {
        if (!call.grant().mayChange()) {
            throw disallowed(rule);
        }
    }

    private void serverRoutes() {
        String path = "/v2.1/servers";
        route("GET", path, call -> list(call, false));
        route("GET", path + "/detail", call -> list(call, true));
        route("POST", path, this::create);
        route(
                "GET",
                path + "/{}",
                call -> Reply.ok(object("server", views.full(call, find(call)))));
        route("PUT", path + "/{}", this::update);
        route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "servers:delete");
                    if (Json.truth(server, "_locked", false) && !call.grant().admin()) {
                        throw new Refusal(409, "Instance " + text(server, "id") + " is locked");
                    }
                    servers.startDelete(server, servers.plan(call));
                    return Reply.empty(204);
                });
        route(
                "GET",
                path + "/{}/ips",
                call -> Reply.ok(object("addresses", views.addresses(find(call), false))));
        route("GET", path + "/{}/os-security-groups", this::securityGroups);
        route(
                "GET",
                path + "/{}/diagnostics",
                call -> {
                    ObjectNode server = find(call);
                    needAdmin(call, "os-server-diagnostics");
                    if (!text(server, "_vm").equals("active") && !call.since(48)) {
                        throw new Refusal(
                                409,
                                "Cannot 'get_diagnostics' instance "
                                        + text(server, "id")
                                        + " while it is in power state "
                                        + Json.number(server, "_power", 0));
                    }
                    return Reply.ok(
                            call.since(48)
                                    ? Counters.standard(server, world.now())
                                    : Counters.plain(server, world.now()));
                });
        metadataRoutes(path);
        tagRoutes(path);
    }

    private ObjectNode find(Call call) {
        ObjectNode server = servers.table().get(call.name(0));
        if (server == null || !call.grant().sees(text(server, "tenant_id"))) {
            throw new Refusal(404, "Instance " + call.name(0) + " could not be found.");
        }
        return server;
    }

    private Reply list(Call call, boolean detailed) {
        boolean all =
                call.queries().containsKey("all_tenants")
                        && !"0".equals(call.query("all_tenants"))
                        && !"False".equalsIgnoreCase(call.query("all_tenants"));
        if (all && !call.grant().admin()) {
            throw disallowed("servers:" + (detailed ? "detail" : "index") + ":get_all_tenants");
        }
        checkQuery(call);
        String project =
                call.query("project_id") == null
                        ? call.query("tenant_id")
                        : call.query("project_id");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode server : candidates(call)) {
            boolean mine =
                    all
                            ? project == null || project.equals(text(server, "tenant_id"))
                            : call.grant().owns(text(server, "tenant_id"));
            if (mine && wanted(call, server)) {
                found.add(server);
            }
        }
        found.sort(order(call));
        int limit = limit(call);
        List<ObjectNode> page = after(call, found);
        boolean more = limit > 0 && page.size() >= limit;
        page = page.subList(0, Math.min(limit, page.size()));
        ObjectNode reply = object();
        ArrayNode shown = reply.putArray("servers");
        page.forEach(
                server -> shown.add(detailed ? views.full(call, server) : views.brief(server)));
        if (more) {
            reply.set(
                    "servers_links",
                    array(object("rel", "next", "href", next(call, text(page.getLast(), "id")))));
        }
        return Reply.ok(reply);
    }

    private List<ObjectNode> candidates(Call call) {
        boolean deleted = call.asks("deleted") && call.grant().admin();
        if (deleted) {
            return new ArrayList<>(servers.gone().values());
        }
        List<ObjectNode> candidates = new ArrayList<>(servers.table().values());
        if (call.query("changes-since") != null) {
            candidates.addAll(servers.gone().values());
        }
        return candidates;
    }

    private static void checkQuery(Call call) {
        String limit = call.query("limit");
        if (limit != null && !limit.matches("[0-9]*")) {
            throw new Refusal(
                    400,
                    "Invalid input for query parameters limit. Value: "
                            + limit
                            + ". '"
                            + limit
                            + "' does not match '^[0-9]*$'");
        }
        for (String key : call.queries("sort_key")) {
            if (!SORT_KEYS.contains(key)) {
                throw new Refusal(
                        400,
                        "Invalid input for query parameters sort_key. Value: "
                                + key
                                + ". '"
                                + key
                                + "' is not one of ['"
                                + String.join("', '", SORT_KEYS)
                                + "']");
            }
        }
        if (call.since(75)) {
            for (String name : call.queries().keySet()) {
                if (!FILTERS.contains(name) && !name.startsWith("_")) {
                    throw new Refusal(
                            400, "'" + name + "' does not match any of the regexes: '^_'");
                }
            }
        }
    }

    private boolean wanted(Call call, ObjectNode server) {
        for (String name : call.queries().keySet()) {
            List<String> values = call.queries(name);
            String value = values.getLast();
            boolean matches =
                    switch (name) {
                        case "name" -> found(value, text(server, "name"));
                        case "status" ->
                                values.stream()
                                        .anyMatch(each ->
                                                each.equalsIgnoreCase(ServerView.status(server)));
                        case "host", "node" ->
                                !call.grant().admin() || value.equals(text(server, "_host"));
                        case "flavor" -> value.equals(text(server.path("_flavor"), "id"));
                        case "image" -> value.equals(text(server, "_image"));
                        case "uuid" -> values.contains(text(server, "id"));
                        case "user_id" -> value.equals(text(server, "user_id"));
                        case "key_name" -> value.equals(text(server, "key_name"));
                        case "vm_state" ->
                                !call.grant().admin() || value.equals(text(server, "_vm"));
                        case "power_state" ->
                                !call.grant().admin() || value.equals(text(server, "_power"));
                        case "locked" -> Json.isTrue(value) == Json.truth(server, "_locked", false);
                        case "ip" ->
                                views.addresses(server, false)
                                        .toString()
                                        .contains("\"" + value.replaceAll("[\\^$]", ""));
                        case "tags" ->
                                Json.texts(server.path("tags"))
                                        .containsAll(List.of(value.split(",")));
                        case "tags-any" ->
                                Json.texts(server.path("tags")).stream()
                                        .anyMatch(List.of(value.split(","))::contains);
                        case "not-tags" ->
                                !Json.texts(server.path("tags"))
                                        .containsAll(List.of(value.split(",")));
                        case "changes-since" ->
                                !text(server, "updated").isEmpty()
                                        && text(server, "updated").compareTo(value) >= 0;
                        case "changes-before" -> text(server, "updated").compareTo(value) <= 0;
                        default -> true;
                    };
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static boolean found(String pattern, String name) {
        try {
            return java.util.regex.Pattern.compile(
                            pattern, java.util.regex.Pattern.CASE_INSENSITIVE)
                    .matcher(name)
                    .find();
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new Refusal(400, "Invalid input for query parameters name. Value: " + pattern);
        }
    }

    private static Comparator<ObjectNode> order(Call call) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        Comparator<ObjectNode> order =
                Comparator.comparing((ObjectNode server) -> text(server, "created"))
                        .thenComparing(server -> text(server, "id"))
                        .reversed();
        for (int i = keys.size() - 1; i >= 0; i--) {
            String field = fieldOf(keys.get(i));
            Comparator<ObjectNode> by = Comparator.comparing(server -> text(server, field));
            boolean ascending = i < directions.size() && directions.get(i).equals("asc");
            order = (ascending ? by : by.reversed()).thenComparing(order);
        }
        return order;
    }

    private static String fieldOf(String key) {
        return switch (key) {
            case "uuid" -> "id";
            case "display_name" -> "name";
            case "created_at" -> "created";
            case "updated_at" -> "updated";
            case "launched_at" -> "_launched";
            case "project_id" -> "tenant_id";
            case "host", "node" -> "_host";
            case "vm_state" -> "_vm";
            case "task_state" -> "_task";
            case "power_state" -> "_power";
            case "hostname" -> "_hostname";
            case "display_description" -> "description";
            default -> key;
        };
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        return limit == null || limit.isEmpty()
                ? 1000
                : (int) Math.min(1000L, Long.parseLong(limit));
    }

    private static List<ObjectNode> after(Call call, List<ObjectNode> found) {
        String marker = call.query("marker");
        if (marker == null) {
            return found;
        }
        for (int i = 0; i < found.size(); i++) {
            if (text(found.get(i), "id").equals(marker)) {
                return found.subList(i + 1, found.size());
            }
        }
        throw new Refusal(400, "marker [" + marker + "] not found");
    }

    private String next(Call call, String marker) {
        StringBuilder query = new StringBuilder();
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("marker=")) {
                query.append(pair).append('&');
            }
        }
        return base + call.path() + "?" + query + "marker=" + marker;
    }

    private Reply create(Call call) {
        mayChange(call, "servers:create");
        ObjectNode asked = call.body("server");
        require(call, asked, "name");
        require(call, asked, "flavorRef");
        if (call.since(37)) {
            require(call, asked, "networks");
        }
        if (text(asked, "name").isBlank() || text(asked, "name").length() > 255) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute name. Value: "
                            + text(asked, "name")
                            + ". '"
                            + text(asked, "name")
                            + "' "
                            + (text(asked, "name").isBlank() ? "is too short" : "is too long"));
        }
        String flavorRef = text(asked, "flavorRef");
        ObjectNode flavor =
                catalog.flavorFor(
                        call.grant(), flavorRef.substring(flavorRef.lastIndexOf('/') + 1));
        if (flavor == null) {
            throw new Refusal(400, "Flavor " + flavorRef + " could not be found.");
        }
        ArrayNode devices = devices(call, asked);
        String image = image(call, asked, devices, flavor);
        checkKey(call, asked);
        int count = Math.max(1, Json.number(asked, "min_count", 1));
        count = Math.max(count, Json.number(asked, "max_count", count));
        ObjectNode plan = servers.plan(call);
        plan.set("networks", networks(call, asked));
        plan.set("security_groups", groups(call, asked));
        plan.set("block_devices", devices);
        String zone = text(asked, "availability_zone");
        if (!zone.isEmpty() && !zone.equals("nova") && !zone.startsWith("nova:")) {
            throw new Refusal(400, "The requested availability zone is not available");
        }
        plan.put(
                "host",
                zone.startsWith("nova:") ? zone.substring(5).split(":")[0] : text(asked, "host"));
        catalog.checkQuota(
                call.grant().project(),
                count,
                count * Json.number(flavor, "vcpus", 0),
                count * Json.number(flavor, "ram", 0));
        ObjectNode first = null;
        for (int i = 1; i <= count; i++) {
            String name = text(asked, "name") + (count > 1 ? "-" + i : "");
            ObjectNode server =
                    servers.write(
                            world.newId(),
                            name,
                            call.grant().project(),
                            call.grant().userId(),
                            catalog.frozen(flavor),
                            image);
            adorn(call, server, asked);
            servers.build(server, Json.copy(plan));
            first = first == null ? server : first;
        }
        if (first == null || Json.truth(asked, "return_reservation_id", false)) {
            return Reply.of(202, object("reservation_id", text(first, "_reservation")));
        }
        String id = text(first, "id");
        return Reply.of(
                        202,
                        object(
                                "server",
                                object(
                                        "id",
                                        id,
                                        "links",
                                        views.links("servers", id),
                                        "OS-DCF:diskConfig",
                                        "MANUAL",
                                        "security_groups",
                                        groupNames(asked),
                                        "adminPass",
                                        asked.hasNonNull("adminPass")
                                                ? text(asked, "adminPass")
                                                : password())))
                .with("Location", base + "/v2.1/servers/" + id);
    }

    private String password() {
        return World.hexOf("password " + world.newId()).substring(0, 12);
    }

    private static void require(Call call, ObjectNode asked, String field) {
        if (!asked.has(field)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute server. Value: "
                            + asked.toString().replace('"', '\'')
                            + ". '"
                            + field
                            + "' is a required property");
        }
    }

    private static ArrayNode groupNames(ObjectNode asked) {
        ArrayNode names = array();
        asked.path("security_groups")
                .forEach(group -> names.add(object("name", text(group, "name"))));
        return names.isEmpty() ? array(object("name", "default")) : names;
    }

    private void adorn(Call call, ObjectNode server, ObjectNode asked) {
        for (String field : List.of("metadata", "key_name")) {
            if (asked.hasNonNull(field)) {
                server.set(field, asked.get(field).deepCopy());
            }
        }
        server.set(
                "description",
                call.since(19) && asked.has("description")
                        ? asked.get("description")
                        : Json.of(call.since(19) ? null : text(asked, "name")));
        if (!asked.has("description")) {
            server.put("description", text(asked, "name"));
        }
        if (call.since(52) && asked.hasNonNull("tags")) {
            server.set("tags", Json.list(new TreeSet<>(Json.texts(asked.get("tags")))));
        }
        if (asked.hasNonNull("hostname") && call.since(90)) {
            server.put("_hostname", text(asked, "hostname"));
        }
        if (asked.hasNonNull("user_data")) {
            server.set("_user_data", asked.get("user_data"));
        }
        server.put("_config_drive", Json.truth(asked, "config_drive", false) ? "True" : "");
        JsonNode hints = call.body().path("os:scheduler_hints");
        if (hints.hasNonNull("group")) {
            server.put("_group", text(hints, "group"));
            catalog.join(text(hints, "group"), text(server, "id"));
        }
    }

    private ArrayNode devices(Call call, ObjectNode asked) {
        ArrayNode devices = array();
        JsonNode wanted = asked.path("block_device_mapping_v2");
        for (JsonNode each : wanted) {
            ObjectNode device = Json.copy(each);
            String source = text(each, "source_type");
            String target =
                    each.hasNonNull("destination_type")
                            ? text(each, "destination_type")
                            : source.equals("volume") ? "volume" : "local";
            if (source.equals("volume")) {
                ObjectNode volume = volumes.volumeFor(call.grant(), text(each, "uuid"));
                if (volume == null) {
                    throw new Refusal(
                            400,
                            "Block Device Mapping is Invalid: failed to get volume "
                                    + text(each, "uuid")
                                    + ".");
                }
                if (!text(volume, "status").equals("available")) {
                    throw new Refusal(
                            400,
                            "Invalid volume: volume '"
                                    + text(volume, "id")
                                    + "' status must be 'available'. Currently in '"
                                    + text(volume, "status")
                                    + "'");
                }
                devices.add(device);
            } else if (target.equals("volume")) {
                if (!each.hasNonNull("volume_size")
                        && !source.equals("image")
                        && !source.equals("snapshot")) {
                    throw new Refusal(
                            400,
                            "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero"
                                    + " size");
                }
                devices.add(device);
            }
        }
        return devices;
    }

    private String image(Call call, ObjectNode asked, ArrayNode devices, ObjectNode flavor) {
        String ref = text(asked, "imageRef");
        String id = ref.substring(ref.lastIndexOf('/') + 1);
        if (id.isEmpty()) {
            for (JsonNode device : devices) {
                if (Json.number(device, "boot_index", -1) == 0) {
                    return "";
                }
            }
            throw new Refusal(400, "Missing imageRef attribute");
        }
        ObjectNode image = images.imageFor(call.grant(), id);
        if (image == null) {
            throw new Refusal(400, "Can not find requested image");
        }
        if (!text(image, "status").equals("active")) {
            throw new Refusal(400, "Image " + id + " is not active.");
        }
        if (Json.number(image, "min_ram", 0) > Json.number(flavor, "ram", 0)) {
            throw new Refusal(400, "Flavor's memory is too small for requested image.");
        }
        if (Json.number(image, "min_disk", 0) > Json.number(flavor, "disk", 0)
                && Json.number(flavor, "disk", 0) > 0) {
            throw new Refusal(
                    400,
                    "Flavor's disk is smaller than the minimum size specified in image metadata."
                            + " Flavor disk is "
                            + ((long) Json.number(flavor, "disk", 0) << 30)
                            + " bytes, minimum size is "
                            + ((long) Json.number(image, "min_disk", 0) << 30)
                            + " bytes.");
        }
        return id;
    }

    private void checkKey(Call call, ObjectNode asked) {
        if (asked.hasNonNull("key_name")
                && catalog.keypair(call.grant().userId(), text(asked, "key_name")) == null) {
            throw new Refusal(400, "Invalid key_name provided.");
        }
    }

    private ArrayNode networks(Call call, ObjectNode asked) {
        ArrayNode wanted = array();
        JsonNode networks = asked.path("networks");
        if (networks.isString() && text(asked, "networks").equals("none")) {
            return wanted;
        }
        if (networks.isString() || networks.isEmpty()) {
            List<ObjectNode> own = network.networksOf(call.grant());
            if (own.size() > 1) {
                throw new Refusal(
                        409,
                        "Multiple possible networks found, use a Network ID to be more specific.");
            }
            own.forEach(each -> wanted.add(object("uuid", text(each, "id"))));
            return wanted;
        }
        for (JsonNode each : networks) {
            if (each.hasNonNull("port")) {
                checkPort(call, text(each, "port"));
                wanted.add(object("port", text(each, "port")));
            } else {
                String id = text(each, "uuid");
                ObjectNode known = network.networkFor(call.grant(), id);
                if (known == null) {
                    throw new Refusal(400, "Network " + id + " could not be found.");
                }
                if (known.path("subnets").isEmpty()) {
                    throw new Refusal(
                            400,
                            "Network " + id + " requires a subnet in order to boot instances on.");
                }
                wanted.add(each);
            }
        }
        return wanted;
    }

    private void checkPort(Call call, String id) {
        ObjectNode port = network.portFor(call.grant(), id);
        if (port == null) {
            throw new Refusal(400, "Port id " + id + " could not be found.");
        }
        boolean promised =
                servers.table().values().stream()
                        .anyMatch(server -> Json.texts(server.path("_wanted_ports")).contains(id));
        if (!text(port, "device_id").isEmpty() || promised) {
            throw new Refusal(409, "Port " + id + " is still in use.");
        }
    }

    private ArrayNode groups(Call call, ObjectNode asked) {
        ArrayNode ids = array();
        for (JsonNode each : asked.path("security_groups")) {
            String name = text(each, "name");
            ObjectNode group = network.groupFor(call.grant(), name);
            if (group == null && !name.equals("default")) {
                throw new Refusal(
                        400, "Unable to find security_group with name or id '" + name + "'");
            }
            if (group != null) {
                ids.add(text(group, "id"));
            }
        }
        return ids;
    }

    private Reply update(Call call) {
        ObjectNode server = find(call);
        mayChange(call, "servers:update");
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
        servers.state(
                server,
                text(server, "_vm"),
                server.hasNonNull("_task") ? text(server, "_task") : null,
                Json.number(server, "_power", 0),
                servers.plan(call));
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
        ObjectNode server = find(call);
        ArrayNode groups = array();
        Set<String> seen = new TreeSet<>();
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.table(NetworkKind.PORT).get(portId.asString(""));
            for (JsonNode id : port == null ? array() : port.path("security_groups")) {
                ObjectNode group = network.table(NetworkKind.SECURITY_GROUP).get(id.asString(""));
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

    private void metadataRoutes(String path) {
        String policy = "server-metadata:";
        route(
                "GET",
                path + "/{}/metadata",
                call -> Reply.ok(object("metadata", find(call).path("metadata"))));
        for (String method : List.of("POST", "PUT")) {
            route(
                    method,
                    path + "/{}/metadata",
                    call -> {
                        ObjectNode server = find(call);
                        mayChange(call, policy + (method.equals("PUT") ? "update_all" : "create"));
                        ObjectNode metadata =
                                method.equals("PUT")
                                        ? server.putObject("metadata")
                                        : (ObjectNode) server.get("metadata");
                        metadata.setAll(call.body("metadata"));
                        return Reply.ok(object("metadata", metadata));
                    });
        }
        route(
                "GET",
                path + "/{}/metadata/{}",
                call -> {
                    JsonNode metadata = find(call).path("metadata");
                    if (!metadata.has(call.name(1))) {
                        throw new Refusal(404, "Metadata item was not found");
                    }
                    return Reply.ok(
                            object("meta", object(call.name(1), metadata.get(call.name(1)))));
                });
        route(
                "PUT",
                path + "/{}/metadata/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, policy + "update");
                    ((ObjectNode) server.get("metadata")).setAll(call.body("meta"));
                    return Reply.ok(object("meta", call.body("meta")));
                });
        route(
                "DELETE",
                path + "/{}/metadata/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, policy + "delete");
                    if (((ObjectNode) server.get("metadata")).remove(call.name(1)) == null) {
                        throw new Refusal(404, "Metadata item was not found");
                    }
                    return Reply.empty(204);
                });
    }

    private void tagRoutes(String path) {
        route("GET", path + "/{}/tags", call -> Reply.ok(object("tags", find(call).path("tags"))));
        route(
                "PUT",
                path + "/{}/tags",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-server-tags:update_all");
                    server.set(
                            "tags", Json.list(new TreeSet<>(Json.texts(call.body().path("tags")))));
                    return Reply.ok(object("tags", server.get("tags")));
                });
        route(
                "DELETE",
                path + "/{}/tags",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-server-tags:delete_all");
                    server.putArray("tags");
                    return Reply.empty(204);
                });
        route(
                "GET",
                path + "/{}/tags/{}",
                call -> {
                    if (!Json.texts(find(call).path("tags")).contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Server " + call.name(0) + " has no tag '" + call.name(1) + "'");
                    }
                    return Reply.empty(204);
                });
        route(
                "PUT",
                path + "/{}/tags/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-server-tags:update");
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
        route(
                "DELETE",
                path + "/{}/tags/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-server-tags:delete");
                    if (!Json.texts(server.path("tags")).contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Server " + call.name(0) + " has no tag '" + call.name(1) + "'");
                    }
                    Json.removeText(Json.items(server, "tags"), call.name(1));
                    return Reply.empty(204);
                });
    }

    private void actionRoutes() {
        route("POST", "/v2.1/servers/{}/action", this::act);
        route(
                "GET",
                "/v2.1/servers/{}/os-instance-actions",
                call -> {
                    ObjectNode server = findOrGone(call);
                    ArrayNode shown = array();
                    servers.actions(server).forEach(action -> shown.add(actionView(call, action)));
                    return Reply.ok(object("instanceActions", shown));
                });
        route("GET", "/v2.1/servers/{}/os-instance-actions/{}", this::showAction);
        route(
                "POST",
                "/v2.1/servers/{}/remote-consoles",
                call -> {
                    mayChange(call, "os-remote-consoles");
                    ObjectNode server = find(call);
                    JsonNode asked = call.body("remote_console");
                    if (!text(server, "_vm").equals("active")) {
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

    private ObjectNode findOrGone(Call call) {
        ObjectNode server = servers.gone().get(call.name(0));
        return server != null && call.grant().sees(text(server, "tenant_id")) && call.since(21)
                ? server
                : find(call);
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
        ObjectNode server = findOrGone(call);
        for (JsonNode action : servers.actions(server)) {
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
        ObjectNode plan = servers.plan(call);
        if (key.equals("reboot")) {
            key = text(asked, "type").equalsIgnoreCase("HARD") ? "hard-reboot" : "soft-reboot";
        }
        Servers.Change change = Servers.CHANGES.get(key);
        if (change != null) {
            mayChange(call, change.policy());
            servers.check(server, change.word(), change.from(), call.grant());
            servers.begin(server, change, plan);
            return key.equals("rescue")
                    ? Reply.ok(object("adminPass", password()))
                    : Reply.empty(202);
        }
        return switch (key) {
            case "lock", "unlock" -> lock(call, server, key, asked, plan);
            case "resize" -> resize(call, server, asked, plan);
            case "migrate" -> {
                needAdmin(call, "os-migrate-server:migrate");
                servers.check(server, "migrate", Set.of("active", "stopped"), call.grant());
                servers.move(
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
                mayChange(call, confirms ? "servers:confirm_resize" : "servers:revert_resize");
                servers.check(server, key, Set.of("resized"), call.grant());
                servers.move(
                        server, key, key, confirms ? "" : "resize_reverting", "active", 1, plan);
                if (confirms) {
                    server.putNull("_task");
                }
                yield Reply.empty(confirms ? 204 : 202);
            }
            case "rebuild" -> rebuild(call, server, asked, plan);
            case "shelve" -> {
                mayChange(call, "os-shelve:shelve");
                servers.check(
                        server,
                        "shelve",
                        Set.of("active", "stopped", "paused", "suspended"),
                        call.grant());
                servers.move(server, "shelve", "shelve", "shelving", "shelved_offloaded", 2, plan);
                yield Reply.empty(202);
            }
            case "unshelve" -> {
                mayChange(call, "os-shelve:unshelve");
                servers.check(
                        server, "unshelve", Set.of("shelved", "shelved_offloaded"), call.grant());
                servers.move(
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
                needAdmin(call, "os-admin-actions:reset_state");
                String state = text(asked, "state");
                servers.state(
                        server,
                        state.equals("active") ? "active" : "error",
                        null,
                        Json.number(server, "_power", 0),
                        plan);
                yield Reply.empty(202);
            }
            case "evacuate" -> evacuate(call, server, asked, plan);
            case "os-migrateLive" -> {
                needAdmin(call, "os-migrate-server:migrate_live");
                servers.check(server, "os-migrateLive", Set.of("active", "paused"), call.grant());
                servers.move(
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
                mayChange(call, "os-deferred-delete:force");
                servers.startDelete(server, plan);
                yield Reply.empty(202);
            }
            case "changePassword" -> {
                mayChange(call, "os-admin-password");
                servers.check(server, "changePassword", Set.of("active"), call.grant());
                servers.instantly(server, "changePassword", plan);
                yield Reply.empty(202);
            }
            default -> throw new Refusal(400, "There is no such action: " + key);
        };
    }

    private Reply lock(Call call, ObjectNode server, String key, JsonNode asked, ObjectNode plan) {
        mayChange(call, "os-lock-server:" + key);
        server.put("_locked", key.equals("lock"));
        server.set(
                "_locked_reason",
                Json.of(asked.hasNonNull("locked_reason") ? text(asked, "locked_reason") : null));
        servers.instantly(server, key, plan);
        return Reply.empty(202);
    }

    private Reply resize(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        mayChange(call, "servers:resize");
        String ref = text(asked, "flavorRef");
        ObjectNode flavor =
                catalog.flavorFor(call.grant(), ref.substring(ref.lastIndexOf('/') + 1));
        if (flavor == null) {
            throw new Refusal(400, "Unable to locate requested flavor.");
        }
        servers.check(server, "resize", Set.of("active", "stopped"), call.grant());
        JsonNode now = server.path("_flavor");
        if (text(now, "id").equals(text(flavor, "id"))) {
            throw new Refusal(400, "When resizing, instances must change flavor!");
        }
        catalog.checkQuota(
                text(server, "tenant_id"),
                0,
                Math.max(0, Json.number(flavor, "vcpus", 0) - Json.number(now, "vcpus", 0)),
                Math.max(0, Json.number(flavor, "ram", 0) - Json.number(now, "ram", 0)));
        servers.move(
                server,
                "resize",
                "resize",
                "resize_prep",
                "resized",
                4,
                plan.set("flavor", catalog.frozen(flavor)));
        return Reply.empty(202);
    }

    private Reply rebuild(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        mayChange(call, "servers:rebuild");
        ObjectNode image = images.imageFor(call.grant(), text(asked, "imageRef"));
        if (image == null) {
            throw new Refusal(400, "Cannot find image for rebuild");
        }
        servers.check(server, "rebuild", Set.of("active", "stopped", "error"), call.grant());
        for (String field : List.of("name", "description")) {
            if (asked.hasNonNull(field)) {
                server.set(field, asked.get(field));
            }
        }
        if (asked.hasNonNull("metadata")) {
            server.set("metadata", asked.get("metadata"));
        }
        String after = text(server, "_vm").equals("stopped") ? "stopped" : "active";
        servers.move(
                server,
                "rebuild",
                "rebuild",
                "rebuilding",
                after,
                2,
                plan.put("image", text(image, "id")));
        return Reply.of(
                        202,
                        object("server", views.full(call, server).put("adminPass", password())))
                .with("Location", base + "/v2.1/servers/" + text(server, "id"));
    }

    private Reply createImage(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        mayChange(call, "servers:create_image");
        servers.check(
                server,
                "createImage",
                Set.of("active", "stopped", "paused", "suspended"),
                call.grant());
        ObjectNode image =
                images.snapshot(call, server, text(asked, "name"), asked.path("metadata"));
        servers.image(server, text(image, "id"), plan);
        Reply reply =
                call.since(45)
                        ? Reply.of(202, object("image_id", text(image, "id")))
                        : Reply.empty(202);
        return reply.with("Location", views.imageUrl(text(image, "id")));
    }

    private Reply evacuate(Call call, ObjectNode server, JsonNode asked, ObjectNode plan) {
        needAdmin(call, "os-evacuate");
        if (catalog.hostIsUp(text(server, "_host"))) {
            throw new Refusal(
                    400, "Compute service of " + text(server, "_host") + " is still in use.");
        }
        servers.check(server, "evacuate", Set.of("active", "stopped", "error"), call.grant());
        String after = text(server, "_vm").equals("stopped") ? "stopped" : "active";
        servers.move(
                server,
                "evacuate",
                "evacuate",
                "rebuilding",
                after,
                3,
                plan.put("host", text(asked, "host")));
        return call.since(14) ? Reply.empty(200) : Reply.ok(object("adminPass", password()));
    }

    private Reply changeGroup(Call call, ObjectNode server, String key, String name) {
        mayChange(call, "os-security-groups:" + (key.startsWith("add") ? "add" : "remove"));
        ObjectNode group = network.groupFor(call.grant(), name);
        if (group == null) {
            throw new Refusal(404, "Security group " + name + " not found.");
        }
        for (JsonNode portId : server.path("_ports")) {
            ObjectNode port = network.table(NetworkKind.PORT).get(portId.asString(""));
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
        mayChange(call, "os-console-output");
        if (text(server, "_vm").equals("building") || text(server, "_host").isEmpty()) {
            throw new Refusal(409, "Instance not yet ready");
        }
        return Reply.ok(
                object(
                        "output",
                        Counters.console(server, world.now(), Json.number(asked, "length", 0))));
    }

    private void attachmentRoutes() {
        String path = "/v2.1/servers/{}/os-volume_attachments";
        route(
                "GET",
                path,
                call -> {
                    ArrayNode shown = array();
                    ObjectNode server = find(call);
                    server.path("_volumes")
                            .forEach(entry -> shown.add(attachmentView(call, server, entry)));
                    return Reply.ok(object("volumeAttachments", shown));
                });
        route(
                "GET",
                path + "/{}",
                call ->
                        Reply.ok(
                                object(
                                        "volumeAttachment",
                                        attachmentView(call, find(call), attachment(call)))));
        route("POST", path, this::attachVolume);
        route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-volumes-attachments:delete");
                    JsonNode entry = attachment(call);
                    if (text(entry, "device").equals("/dev/vda")
                            && text(server, "_image").isEmpty()) {
                        throw new Refusal(403, "Cannot detach a root device volume");
                    }
                    ObjectNode volume = volumes.volumeFor(call.grant(), text(entry, "volume"));
                    if (volume == null || !text(volume, "status").equals("in-use")) {
                        throw new Refusal(
                                400,
                                "Invalid volume: Invalid input received: Invalid volume: Unable to"
                                        + " detach volume. Volume status must be 'in-use' and"
                                        + " attach_status must be 'attached' to detach.");
                    }
                    servers.startDetach(server, text(entry, "volume"), servers.plan(call));
                    return Reply.empty(202);
                });
        String ports = "/v2.1/servers/{}/os-interface";
        route(
                "GET",
                ports,
                call -> {
                    ArrayNode shown = array();
                    for (JsonNode id : find(call).path("_ports")) {
                        ObjectNode port = network.table(NetworkKind.PORT).get(id.asString(""));
                        if (port != null) {
                            shown.add(portView(call, port));
                        }
                    }
                    return Reply.ok(object("interfaceAttachments", shown));
                });
        route(
                "GET",
                ports + "/{}",
                call -> {
                    ObjectNode port = network.table(NetworkKind.PORT).get(call.name(1));
                    if (port == null
                            || !Json.texts(find(call).path("_ports")).contains(call.name(1))) {
                        throw new Refusal(
                                404,
                                "Instance "
                                        + call.name(0)
                                        + " does not have port with id "
                                        + call.name(1));
                    }
                    return Reply.ok(object("interfaceAttachment", portView(call, port)));
                });
        route("POST", ports, this::attachPort);
        route(
                "DELETE",
                ports + "/{}",
                call -> {
                    ObjectNode server = find(call);
                    mayChange(call, "os-attach-interfaces:delete");
                    if (!Json.texts(server.path("_ports")).contains(call.name(1))) {
                        throw new Refusal(404, "Port id " + call.name(1) + " could not be found.");
                    }
                    Json.removeText(Json.items(server, "_ports"), call.name(1));
                    network.unplug(Bus.Asker.of(call), call.name(1));
                    servers.instantly(server, "detach_interface", servers.plan(call));
                    return Reply.empty(202);
                });
    }

    private JsonNode attachment(Call call) {
        for (JsonNode entry : find(call).path("_volumes")) {
            if (text(entry, "volume").equals(call.name(1))) {
                return entry;
            }
        }
        throw new Refusal(
                404, "Instance " + call.name(0) + " is not attached to volume " + call.name(1));
    }

    private static ObjectNode attachmentView(Call call, ObjectNode server, JsonNode entry) {
        String volume = text(entry, "volume");
        ObjectNode shown = object();
        if (!call.since(89)) {
            shown.put("id", volume);
        }
        shown.put("volumeId", volume)
                .put("serverId", text(server, "id"))
                .put("device", text(entry, "device"));
        if (call.since(70)) {
            shown.set("tag", Json.of(entry.get("tag")));
        }
        if (call.since(79)) {
            shown.set("delete_on_termination", entry.get("delete_on_termination"));
        }
        if (call.since(89)) {
            shown.put("attachment_id", text(entry, "attachment"))
                    .put("bdm_uuid", text(entry, "bdm"));
        }
        return shown;
    }

    private Reply attachVolume(Call call) {
        ObjectNode server = find(call);
        mayChange(call, "os-volumes-attachments:create");
        ObjectNode asked = call.body("volumeAttachment");
        String id = text(asked, "volumeId");
        ObjectNode volume = volumes.volumeFor(call.grant(), id);
        if (volume == null) {
            throw new Refusal(404, "Volume " + id + " could not be found.");
        }
        Set<String> from =
                Set.of(
                        "active",
                        "paused",
                        "stopped",
                        "suspended",
                        "resized",
                        "soft-delete",
                        "shelved",
                        "shelved_offloaded");
        if (!from.contains(text(server, "_vm"))) {
            throw new Refusal(
                    409,
                    "Cannot 'attach_volume' instance "
                            + text(server, "id")
                            + " while it is in vm_state "
                            + text(server, "_vm"));
        }
        for (JsonNode entry : server.path("_volumes")) {
            if (text(entry, "volume").equals(id)) {
                throw new Refusal(
                        400,
                        "Invalid volume: volume "
                                + id
                                + " is already attached to instances: "
                                + text(server, "id"));
            }
        }
        if (!text(volume, "status").equals("available")) {
            throw new Refusal(
                    400,
                    "Invalid volume: volume '"
                            + id
                            + "' status must be 'available'. Currently in '"
                            + text(volume, "status")
                            + "' status");
        }
        ObjectNode entry = servers.startAttach(server, id, asked, servers.plan(call));
        ObjectNode shown =
                object(
                        "id",
                        id,
                        "serverId",
                        text(server, "id"),
                        "volumeId",
                        id,
                        "device",
                        text(entry, "device"));
        if (call.since(70)) {
            shown.set("tag", Json.of(entry.get("tag")));
        }
        if (call.since(79)) {
            shown.set("delete_on_termination", entry.get("delete_on_termination"));
        }
        return Reply.ok(object("volumeAttachment", shown));
    }

    private ObjectNode portView(Call call, ObjectNode port) {
        ObjectNode shown =
                object(
                        "net_id",
                        text(port, "network_id"),
                        "port_id",
                        text(port, "id"),
                        "mac_addr",
                        text(port, "mac_address"),
                        "port_state",
                        text(port, "status"),
                        "fixed_ips",
                        port.path("fixed_ips"));
        if (call.since(70)) {
            shown.putNull("tag");
        }
        return shown;
    }

    private Reply attachPort(Call call) {
        ObjectNode server = find(call);
        mayChange(call, "os-attach-interfaces:create");
        ObjectNode asked = call.body("interfaceAttachment");
        if (!Set.of("active", "paused", "stopped").contains(text(server, "_vm"))) {
            throw new Refusal(
                    409,
                    "Cannot 'attach_interface' instance "
                            + text(server, "id")
                            + " while it is in vm_state "
                            + text(server, "_vm"));
        }
        ObjectNode wanted = object();
        if (asked.hasNonNull("port_id")) {
            checkPort(call, text(asked, "port_id"));
            wanted.put("port", text(asked, "port_id"));
        } else if (network.networkFor(call.grant(), text(asked, "net_id")) != null) {
            wanted.put("uuid", text(asked, "net_id"));
            JsonNode fixed = asked.path("fixed_ips").path(0);
            if (fixed.hasNonNull("ip_address")) {
                wanted.put("fixed_ip", text(fixed, "ip_address"));
            }
        } else {
            throw new Refusal(400, "Network " + text(asked, "net_id") + " could not be found.");
        }
        ObjectNode plan = servers.plan(call);
        servers.plugOne(server, wanted, plan);
        servers.instantly(server, "attach_interface", plan);
        String id = Json.texts(server.path("_ports")).getLast();
        ObjectNode port = network.table(NetworkKind.PORT).get(id);
        return Reply.ok(
                object("interfaceAttachment", port == null ? object() : portView(call, port)));
    }

    private ObjectNode version() {
        return object(
                "id",
                "v2.1",
                "status",
                "CURRENT",
                "version",
                "2.93",
                "min_version",
                "2.1",
                "updated",
                "2013-07-23T11:33:21Z",
                "links",
                array(
                        object("rel", "self", "href", base + "/v2.1/"),
                        object(
                                "rel",
                                "describedby",
                                "type",
                                "text/html",
                                "href",
                                "http://docs.openstack.org/")));
    }

    private ObjectNode versions() {
        return object(
                "versions",
                array(
                        object(
                                "id",
                                "v2.0",
                                "status",
                                "SUPPORTED",
                                "version",
                                "",
                                "min_version",
                                "",
                                "updated",
                                "2011-01-21T11:33:21Z",
                                "links",
                                array(object("rel", "self", "href", base + "/v2/"))),
                        object(
                                "id",
                                "v2.1",
                                "status",
                                "CURRENT",
                                "version",
                                "2.93",
                                "min_version",
                                "2.1",
                                "updated",
                                "2013-07-23T11:33:21Z",
                                "links",
                                array(object("rel", "self", "href", base + "/v2.1/")))));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        int status = refusal.status();
        if (status == 401) {
            return unauthorized();
        }
        String name =
                switch (status) {
                    case 400 -> "badRequest";
                    case 403 -> "forbidden";
                    case 404 -> "itemNotFound";
                    case 409 -> "conflictingRequest";
                    case 413 -> "overLimit";
                    case 501 -> "notImplemented";
                    default -> "computeFault";
                };
        return Reply.of(status, object(name, object("code", status, "message", refusal.message())))
                .with("Content-Type", "application/json; charset=UTF-8");
    }

    @Override
    Reply unknown(Call call) {
        return plainFault(404, "Not Found", "The resource could not be found.");
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of(
                "X-Openstack-Request-Id",
                call.requestId(),
                "X-Compute-Request-Id",
                call.requestId(),
                "Openstack-Api-Version",
                "compute 2." + Math.max(1, call.minor()),
                "X-Openstack-Nova-Api-Version",
                "2." + Math.max(1, call.minor()),
                "Vary",
                "OpenStack-API-Version");
    }
}
