package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Placement: what each host has and how much of it is taken. */
final class PlacementService extends Service {

    private static final List<String> TRAITS =
            List.of(
                    "COMPUTE_NODE",
                    "COMPUTE_VOLUME_EXTEND",
                    "COMPUTE_DEVICE_TAGGING",
                    "COMPUTE_IMAGE_TYPE_RAW");

    private final Hosts hosts;
    private final Servers servers;

    PlacementService(String base, World world, Hosts hosts, Servers servers) {
        super("placement", base, world);
        this.hosts = hosts;
        this.servers = servers;
        openRoute(
                "GET",
                "/",
                call ->
                        Reply.ok(
                                object(
                                        "versions",
                                        array(
                                                object(
                                                        "id",
                                                        "v1.0",
                                                        "max_version",
                                                        "1.39",
                                                        "min_version",
                                                        "1.0",
                                                        "status",
                                                        "CURRENT",
                                                        "links",
                                                        array(
                                                                object(
                                                                        "rel", "self", "href",
                                                                        "")))))));
        route(
                "GET",
                "/resource_providers",
                call -> {
                    needAdmin(call, "placement:resource_providers:list");
                    return Reply.ok(
                            object(
                                    "resource_providers",
                                    hosts.all().stream()
                                            .filter(host ->
                                                    call.query("name") == null
                                                            || host.name()
                                                                    .equals(call.query("name")))
                                            .filter(host ->
                                                    call.query("uuid") == null
                                                            || host.nodeId()
                                                                    .equals(call.query("uuid")))
                                            .map(host -> provider(call, host))
                                            .toList()));
                });
        route("GET", "/allocation_candidates", this::candidates);
        route("GET", "/resource_providers/{}", call -> Reply.ok(provider(call, find(call))));
        route(
                "GET",
                "/resource_providers/{}/inventories",
                call ->
                        Reply.ok(
                                object(
                                        "resource_provider_generation",
                                        2,
                                        "inventories",
                                        inventories(find(call)))));
        route(
                "GET",
                "/resource_providers/{}/usages",
                call ->
                        Reply.ok(
                                object(
                                        "resource_provider_generation",
                                        2,
                                        "usages",
                                        usages(find(call)))));
        route(
                "GET",
                "/resource_providers/{}/traits",
                call -> {
                    find(call);
                    return Reply.ok(object("traits", TRAITS, "resource_provider_generation", 2));
                });
        route(
                "GET",
                "/resource_providers/{}/aggregates",
                call -> {
                    find(call);
                    return Reply.ok(
                            object("aggregates", array(), "resource_provider_generation", 2));
                });
        route("GET", "/resource_providers/{}/allocations", this::allocationsOfProvider);
        route("GET", "/allocations/{}", this::allocationsOfServer);
        route("GET", "/usages", this::projectUsages);
        route("GET", "/traits", call -> Reply.ok(object("traits", TRAITS)));
        route(
                "GET",
                "/resource_classes",
                call ->
                        Reply.ok(
                                object(
                                        "resource_classes",
                                        List.of("VCPU", "MEMORY_MB", "DISK_GB").stream()
                                                .map(name ->
                                                        object(
                                                                "name",
                                                                name,
                                                                "links",
                                                                array(
                                                                        object(
                                                                                "rel",
                                                                                "self",
                                                                                "href",
                                                                                "/resource_classes/"
                                                                                        + name))))
                                                .toList())));
    }

    @Override
    void negotiate(Call call) {
        String header = call.header("OpenStack-API-Version");
        try {
            call.minor(minorOf(header, "placement", 0, 1, 39, 0));
        } catch (Refusal refusal) {
            throw new Refusal(
                    refusal.status(),
                    "Invalid microversion: Unacceptable version header: "
                            + String.valueOf(header).replace("placement ", ""));
        }
    }

    private static void needAdmin(Call call, String rule) {
        if (!call.grant().admin()) {
            throw new Refusal(403, "Policy does not allow " + rule + " to be performed.");
        }
    }

    private Hosts.Host find(Call call) {
        needAdmin(call, "placement:resource_providers:show");
        for (Hosts.Host host : hosts.all()) {
            if (host.nodeId().equals(call.name(0))) {
                return host;
            }
        }
        throw new Refusal(404, "No resource provider with uuid " + call.name(0) + " found");
    }

    private ObjectNode provider(Call call, Hosts.Host host) {
        String path = "/resource_providers/" + host.nodeId();
        ArrayNode links = array(object("rel", "self", "href", path));
        for (String each :
                List.of("inventories", "usages", "aggregates", "traits", "allocations")) {
            int since =
                    switch (each) {
                        case "aggregates" -> 1;
                        case "traits" -> 6;
                        case "allocations" -> 11;
                        default -> 0;
                    };
            if (call.since(since)) {
                links.add(object("rel", each, "href", path + "/" + each));
            }
        }
        ObjectNode provider =
                object("uuid", host.nodeId(), "name", host.name(), "generation", 2, "links", links);
        if (call.since(14)) {
            provider.putNull("parent_provider_uuid").put("root_provider_uuid", host.nodeId());
        }
        return provider;
    }

    private static ObjectNode inventories(Hosts.Host host) {
        return object(
                "VCPU",
                inventory(host.vcpus(), 4.0),
                "MEMORY_MB",
                inventory(host.memoryMb(), 1.0),
                "DISK_GB",
                inventory(host.diskGb(), 1.0));
    }

    private static ObjectNode inventory(int total, double ratio) {
        return object(
                "total",
                total,
                "reserved",
                0,
                "min_unit",
                1,
                "max_unit",
                total,
                "step_size",
                1,
                "allocation_ratio",
                ratio);
    }

    private ObjectNode usages(Hosts.Host host) {
        Scheduler.Load load =
                servers.scheduler.loads().getOrDefault(host.name(), Scheduler.Load.NONE);
        return object("VCPU", load.vcpus(), "MEMORY_MB", load.memoryMb(), "DISK_GB", load.diskGb());
    }

    private Reply candidates(Call call) {
        needAdmin(call, "placement:allocation_candidates:list");
        String asked = call.query("resources");
        if (asked == null || !asked.matches("[A-Z0-9_]+:[1-9][0-9]*(,[A-Z0-9_]+:[1-9][0-9]*)*")) {
            throw new Refusal(
                    400, "Badly formed resources parameter. Expected resources query string");
        }
        ObjectNode wanted = object();
        for (String each : asked.split(",")) {
            String[] parts = each.split(":");
            wanted.put(parts[0], Integer.parseInt(parts[1]));
        }
        ArrayNode requests = array();
        ObjectNode summaries = object();
        for (Hosts.Host host : hosts.all()) {
            ObjectNode used = usages(host);
            ObjectNode resources = object();
            boolean fits = true;
            for (Map.Entry<String, JsonNode> each : inventories(host).properties()) {
                String name = each.getKey();
                int capacity =
                        (int)
                                (Json.number(each.getValue(), "total", 0)
                                        * each.getValue().path("allocation_ratio").asDouble(1));
                int taken = Json.number(used, name, 0);
                resources.set(name, object("capacity", capacity, "used", taken));
                fits &= taken + Json.number(wanted, name, 0) <= capacity;
            }
            for (String name : wanted.propertyNames()) {
                fits &= resources.has(name);
            }
            if (fits) {
                requests.add(
                        object("allocations", object(host.nodeId(), object("resources", wanted))));
                summaries.set(
                        host.nodeId(),
                        object(
                                "resources",
                                resources,
                                "traits",
                                TRAITS,
                                "parent_provider_uuid",
                                null,
                                "root_provider_uuid",
                                host.nodeId()));
            }
        }
        return Reply.ok(object("allocation_requests", requests, "provider_summaries", summaries));
    }

    private static ObjectNode resources(ObjectNode server) {
        JsonNode flavor = server.path("_flavor");
        return object(
                "VCPU",
                flavor.path("vcpus"),
                "MEMORY_MB",
                flavor.path("ram"),
                "DISK_GB",
                flavor.path("disk"));
    }

    private Reply allocationsOfProvider(Call call) {
        Hosts.Host host = find(call);
        ObjectNode allocations = object();
        servers.table().values().stream()
                .filter(server -> text(server, "_host").equals(host.name()))
                .forEach(server ->
                        allocations.set(
                                text(server, "id"), object("resources", resources(server))));
        return Reply.ok(object("allocations", allocations, "resource_provider_generation", 2));
    }

    private Reply allocationsOfServer(Call call) {
        needAdmin(call, "placement:allocations:list");
        ObjectNode server = servers.table().get(call.name(0));
        ObjectNode allocations = object();
        Hosts.Host host = server == null ? null : hosts.find(text(server, "_host"));
        if (server == null || host == null) {
            return Reply.ok(object("allocations", allocations));
        }
        allocations.set(host.nodeId(), object("generation", 2, "resources", resources(server)));
        return Reply.ok(
                object(
                        "allocations",
                        allocations,
                        "project_id",
                        text(server, "tenant_id"),
                        "user_id",
                        text(server, "user_id")));
    }

    private Reply projectUsages(Call call) {
        String project = call.query("project_id");
        if (project == null) {
            throw new Refusal(
                    400, "Invalid query string parameters: 'project_id' is a required property");
        }
        if (!call.grant().sees(project)) {
            throw new Refusal(403, "Policy does not allow placement:usages to be performed.");
        }
        int[] sums = new int[4];
        for (ObjectNode server : servers.table().values()) {
            if (text(server, "tenant_id").equals(project) && !text(server, "_host").isEmpty()) {
                sums[0] += Json.number(server.path("_flavor"), "vcpus", 0);
                sums[1] += Json.number(server.path("_flavor"), "ram", 0);
                sums[2] += Json.number(server.path("_flavor"), "disk", 0);
                sums[3]++;
            }
        }
        ObjectNode usages =
                sums[3] == 0
                        ? object()
                        : object("VCPU", sums[0], "MEMORY_MB", sums[1], "DISK_GB", sums[2]);
        if (call.since(38)) {
            return Reply.ok(
                    object(
                            "usages",
                            sums[3] == 0
                                    ? object()
                                    : object("INSTANCE", usages.put("consumer_count", sums[3]))));
        }
        return Reply.ok(object("usages", usages));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        int status = refusal.status();
        if (status == 401) {
            return unauthorized();
        }
        String lead =
                switch (status) {
                    case 403 -> "Access was denied to this resource.\n\n ";
                    case 404 -> "The resource could not be found.\n\n ";
                    default -> "";
                };
        ObjectNode error =
                object(
                        "status",
                        status,
                        "title",
                        title(status),
                        "detail",
                        lead + refusal.message() + "  ",
                        "request_id",
                        call.requestId());
        if (call.since(23)) {
            error.put("code", "placement.undefined_code");
        }
        if (status == 406) {
            error.put("max_version", "1.39").put("min_version", "1.0");
        }
        return Reply.of(status, object("errors", array(error)));
    }

    @Override
    Reply unknown(Call call) {
        return refuse(call, new Refusal(404, ""));
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of(
                "x-openstack-request-id",
                call.requestId(),
                "openstack-api-version",
                "placement 1." + call.minor(),
                "vary",
                "openstack-api-version");
    }
}
