package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Neutron v2.0: networks, subnets, ports, routers, floating IPs, security groups, and who may see
 * them.
 */
final class NetworkService extends Service {

    private static final Set<String> CONTROLS =
            Set.of(
                    "fields",
                    "limit",
                    "marker",
                    "sort_key",
                    "sort_dir",
                    "page_reverse",
                    "tags",
                    "tags-any",
                    "not-tags",
                    "not-tags-any");
    private static final Map<String, Integer> QUOTA = new java.util.LinkedHashMap<>();

    static {
        QUOTA.put("network", 100);
        QUOTA.put("subnet", 100);
        QUOTA.put("subnetpool", -1);
        QUOTA.put("port", 500);
        QUOTA.put("router", 10);
        QUOTA.put("floatingip", 50);
        QUOTA.put("rbac_policy", 10);
        QUOTA.put("security_group", 10);
        QUOTA.put("security_group_rule", 100);
        QUOTA.put("trunk", -1);
    }

    private final Bus bus;
    private final Hosts hosts;
    private final Map<String, Set<BigInteger>> taken = new HashMap<>();
    private final Map<String, Integer> used = new HashMap<>();
    private long segmentation = 1000;

    NetworkService(String base, World world, Bus bus, Hosts hosts) {
        super("network", base, world);
        this.bus = bus;
        this.hosts = hosts;
        openRoute("GET", "/", call -> Reply.ok(object("versions", array(version()))));
        route("GET", "/v2.0", call -> Reply.ok(object("resources", array())));
        for (NetworkKind kind : NetworkKind.values()) {
            String path = "/v2.0/" + kind.path();
            route("GET", path, call -> list(call, kind));
            route("POST", path, call -> create(call, kind));
            route("GET", path + "/{}", call -> show(call, kind));
            route("PUT", path + "/{}", call -> update(call, kind));
            route("DELETE", path + "/{}", call -> delete(call, kind));
            tagRoutes(kind);
        }
        route("PUT", "/v2.0/routers/{}/add_router_interface", this::addInterface);
        route("PUT", "/v2.0/routers/{}/remove_router_interface", this::removeInterface);
        quotaRoutes();
        smallRoutes();
        world.on("network.dhcp", (id, plan) -> addDhcpPort(id));
        world.on("network.port-up", (id, plan) -> portStatus(id, "ACTIVE"));
        world.on("network.floating-ip", this::settleFloatingIp);
    }

    /** Counts anew what was read from a file. */
    void recount() {
        taken.clear();
        used.clear();
        for (NetworkKind kind : NetworkKind.values()) {
            for (ObjectNode document : table(kind).values()) {
                used.merge(text(document, "project_id") + " " + kind.one(), 1, Integer::sum);
                segmentation =
                        Math.max(
                                segmentation, Json.number(document, "provider:segmentation_id", 0));
            }
        }
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            for (JsonNode address : port.path("fixed_ips")) {
                BigInteger number = Cidr.number(text(address, "ip_address"));
                if (number != null) {
                    takenIn(text(address, "subnet_id")).add(number);
                }
            }
        }
    }

    Map<String, ObjectNode> table(NetworkKind kind) {
        return world.table(kind.one());
    }

    private boolean visible(Grant grant, NetworkKind kind, ObjectNode document) {
        if (grant.sees(text(document, "project_id"))) {
            return true;
        }
        return switch (kind) {
            case NETWORK ->
                    shared(grant, document) || Json.truth(document, "router:external", false);
            case SUBNET -> {
                ObjectNode network = table(NetworkKind.NETWORK).get(text(document, "network_id"));
                yield network != null && shared(grant, network);
            }
            case PORT -> {
                ObjectNode network = table(NetworkKind.NETWORK).get(text(document, "network_id"));
                yield network != null && grant.owns(text(network, "project_id"));
            }
            case SUBNET_POOL, ADDRESS_SCOPE, QOS_POLICY -> Json.truth(document, "shared", false);
            default -> false;
        };
    }

    private boolean shared(Grant grant, ObjectNode network) {
        if (Json.truth(network, "shared", false)) {
            return true;
        }
        for (ObjectNode policy : table(NetworkKind.RBAC_POLICY).values()) {
            if (text(policy, "object_id").equals(text(network, "id"))
                    && text(policy, "action").equals("access_as_shared")
                    && (text(policy, "target_tenant").equals("*")
                            || grant.owns(text(policy, "target_tenant")))) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode view(Grant grant, NetworkKind kind, ObjectNode document) {
        ObjectNode shown = object();
        boolean admin = grant.admin();
        document.properties()
                .forEach(field -> {
                    if (!field.getKey().startsWith("_") && (admin || !kind.hides(field.getKey()))) {
                        shown.set(field.getKey(), field.getValue());
                    }
                });
        if (kind == NetworkKind.NETWORK) {
            boolean own = grant.sees(text(document, "project_id"));
            if (!own) {
                shown.remove("router:external");
            }
            if (!Json.truth(document, "router:external", false)) {
                shown.remove("is_default");
            }
            if (!admin) {
                shown.put("shared", shared(grant, document));
            }
        }
        if (kind == NetworkKind.SECURITY_GROUP) {
            ArrayNode rules = shown.putArray("security_group_rules");
            for (ObjectNode rule : table(NetworkKind.SECURITY_GROUP_RULE).values()) {
                if (text(rule, "security_group_id").equals(text(document, "id"))) {
                    rules.add(rule);
                }
            }
        }
        if (kind == NetworkKind.FLOATING_IP) {
            shown.set("port_details", portDetails(text(document, "port_id")));
        }
        return shown;
    }

    private JsonNode portDetails(String portId) {
        ObjectNode port = table(NetworkKind.PORT).get(portId);
        if (port == null) {
            return Json.of(null);
        }
        ObjectNode details = object();
        for (String field :
                List.of(
                        "name",
                        "network_id",
                        "mac_address",
                        "admin_state_up",
                        "status",
                        "device_id",
                        "device_owner")) {
            details.set(field, port.get(field));
        }
        return details;
    }

    private Reply list(Call call, NetworkKind kind) {
        Grant grant = call.grant();
        if (kind == NetworkKind.SECURITY_GROUP && grant.projectId() != null) {
            defaultGroup(grant.project());
        }
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode document : table(kind).values()) {
            if (visible(grant, kind, document) && wanted(call, document)) {
                found.add(document);
            }
        }
        sort(call, found);
        return page(call, kind, found);
    }

    private static void sort(Call call, List<ObjectNode> found) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        if (keys.size() != directions.size() && !keys.isEmpty()) {
            throw new Refusal(
                    400, "HTTPBadRequest", "The number of sort_keys and sort_dirs must be same");
        }
        Comparator<ObjectNode> order = Comparator.comparing(document -> text(document, "id"));
        for (int i = keys.size() - 1; i >= 0; i--) {
            String key = keys.get(i);
            Comparator<ObjectNode> by = Comparator.comparing(document -> text(document, key));
            order = (directions.get(i).equals("desc") ? by.reversed() : by).thenComparing(order);
        }
        found.sort(order);
        if (call.asks("page_reverse")) {
            java.util.Collections.reverse(found);
        }
    }

    private Reply page(Call call, NetworkKind kind, List<ObjectNode> found) {
        List<ObjectNode> page = found;
        String marker = call.query("marker");
        if (marker != null) {
            int at = -1;
            for (int i = 0; i < found.size(); i++) {
                if (text(found.get(i), "id").equals(marker)) {
                    at = i;
                }
            }
            if (at < 0) {
                throw kind.notFound(marker);
            }
            page = found.subList(at + 1, found.size());
        }
        int limit = limit(call);
        ObjectNode reply = object();
        if (limit > 0 && page.size() >= limit) {
            page = page.subList(0, limit);
        }
        if (call.asks("page_reverse")) {
            page = page.reversed();
        }
        reply.set(
                kind.many(),
                Json.list(
                        page.stream()
                                .map(each -> chosen(call, view(call.grant(), kind, each)))
                                .toList()));
        if (limit > 0 && !page.isEmpty()) {
            ArrayNode links = reply.putArray(kind.many() + "_links");
            if (page.size() == limit || call.asks("page_reverse")) {
                links.add(
                        object(
                                "rel",
                                "next",
                                "href",
                                href(call, text(page.getLast(), "id"), false)));
            }
            links.add(
                    object(
                            "rel",
                            "previous",
                            "href",
                            href(call, text(page.getFirst(), "id"), true)));
        }
        return Reply.ok(reply);
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        if (limit == null) {
            return 0;
        }
        if (!limit.matches("[0-9]{1,9}")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Limit must be an integer 0 or greater and not '" + limit + "'");
        }
        return Integer.parseInt(limit);
    }

    private String href(Call call, String marker, boolean reverse) {
        StringBuilder query = new StringBuilder();
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.startsWith("marker=") && !pair.startsWith("page_reverse=")) {
                query.append(pair).append('&');
            }
        }
        return base
                + call.path()
                + "?"
                + query
                + "marker="
                + marker
                + (reverse ? "&page_reverse=True" : "");
    }

    private static ObjectNode chosen(Call call, ObjectNode document) {
        List<String> fields = call.queries("fields");
        if (fields.isEmpty()) {
            return document;
        }
        ObjectNode chosen = object();
        for (String field : fields) {
            if (document.has(field)) {
                chosen.set(field, document.get(field));
            }
        }
        return chosen;
    }

    private static boolean wanted(Call call, ObjectNode document) {
        for (Map.Entry<String, List<String>> filter : call.queries().entrySet()) {
            String field = filter.getKey();
            if (CONTROLS.contains(field)) {
                continue;
            }
            boolean matches =
                    switch (field) {
                        case "fixed_ips" -> matchesAddress(document, filter.getValue());
                        case "security_groups" ->
                                intersects(document.path(field), filter.getValue());

                        default ->
                                !document.has(field) || matches(document, field, filter.getValue());
                    };
            if (!matches) {
                return false;
            }
        }
        List<String> tags = Json.texts(document.path("tags"));
        return (call.query("tags") == null
                        || tags.containsAll(List.of(String.valueOf(call.query("tags")).split(","))))
                && (call.query("tags-any") == null
                        || intersects(
                                document.path("tags"),
                                List.of(String.valueOf(call.query("tags-any")).split(","))))
                && (call.query("not-tags") == null
                        || !tags.containsAll(
                                List.of(String.valueOf(call.query("not-tags")).split(","))));
    }

    private static boolean intersects(JsonNode array, List<String> wanted) {
        return Json.texts(array).stream().anyMatch(wanted::contains);
    }

    private static boolean matchesAddress(ObjectNode port, List<String> wanted) {
        for (String each : wanted) {
            int equals = each.indexOf('=');
            String field = equals < 0 ? "" : each.substring(0, equals);
            boolean found = false;
            for (JsonNode address : port.path("fixed_ips")) {
                found |= text(address, field).equals(each.substring(equals + 1));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private Reply show(Call call, NetworkKind kind) {
        ObjectNode document = find(call, kind, call.name(0));
        return Reply.ok(object(kind.one(), chosen(call, view(call.grant(), kind, document))));
    }

    private ObjectNode find(Call call, NetworkKind kind, String id) {
        ObjectNode document = table(kind).get(id);
        if (document == null || !visible(call.grant(), kind, document)) {
            throw kind.notFound(id);
        }
        return document;
    }

    /** Finds what the caller wants to change: what is only shared with them they may not. */
    private ObjectNode findOwn(Call call, NetworkKind kind, String id, String verb) {
        ObjectNode document = find(call, kind, id);
        if (!call.grant().mayChange() || !call.grant().sees(text(document, "project_id"))) {
            throw disallowed(verb + "_" + kind.one());
        }
        return document;
    }

    private static Refusal disallowed(String rule) {
        return new Refusal(403, "PolicyNotAuthorized", "rule:" + rule + " is disallowed by policy");
    }

    private Reply create(Call call, NetworkKind kind) {
        if (!call.grant().mayChange()) {
            throw disallowed("create_" + kind.one());
        }
        ObjectNode body = call.body();
        if (body.get(kind.many()) instanceof ArrayNode several) {
            ArrayNode made = array();
            several.forEach(each -> made.add(createOne(call, kind, (ObjectNode) each)));
            return Reply.of(201, object(kind.many(), made));
        }
        if (!(body.get(kind.one()) instanceof ObjectNode asked)) {
            throw new Refusal(
                    400, "HTTPBadRequest", "Unable to find '" + kind.one() + "' in request body");
        }
        return Reply.of(201, object(kind.one(), createOne(call, kind, asked)));
    }

    private ObjectNode createOne(Call call, NetworkKind kind, ObjectNode asked) {
        checkAttributes(kind, asked);
        String project = projectFor(call, asked);
        tell(call, kind, "create.start", object(kind.one(), asked));
        checkQuota(project, kind, 1);
        ObjectNode made =
                switch (kind) {
                    case NETWORK -> makeNetwork(call, asked, project);
                    case SUBNET -> makeSubnet(call, asked, project);
                    case PORT -> makePort(call, asked, project);
                    case ROUTER -> makeRouter(call, asked, project);
                    case FLOATING_IP -> makeFloatingIp(call, asked, project);
                    case SECURITY_GROUP ->
                            makeGroup(
                                    text(asked, "name"),
                                    text(asked, "description"),
                                    project,
                                    world.newId());
                    case SECURITY_GROUP_RULE -> makeRule(call, asked, project);
                    default -> makeOther(kind, asked, project);
                };
        ObjectNode shown = view(call.grant(), kind, made);
        tell(call, kind, "create.end", object(kind.one(), shown));
        return shown;
    }

    private static void checkAttributes(NetworkKind kind, ObjectNode asked) {
        if (kind.settable().isEmpty()) {
            return;
        }
        for (String name : asked.propertyNames()) {
            if (!kind.settable().contains(name) && !name.equals("id")) {
                throw new Refusal(
                        400, "HTTPBadRequest", "Unrecognized attribute(s) '" + name + "'");
            }
        }
    }

    private static String projectFor(Call call, ObjectNode asked) {
        String project =
                asked.hasNonNull("project_id")
                        ? text(asked, "project_id")
                        : text(asked, "tenant_id");
        if (project.isEmpty() || call.grant().owns(project)) {
            return call.grant().project();
        }
        if (!call.grant().admin()) {
            throw disallowed("create_network");
        }
        return project;
    }

    private void tell(Call call, NetworkKind kind, String what, ObjectNode payload) {
        bus.say(
                "neutron",
                "network.control1",
                kind.one() + "." + what,
                payload,
                Bus.Asker.of(call));
    }

    private void store(NetworkKind kind, ObjectNode document) {
        table(kind).put(text(document, "id"), document);
        used.merge(text(document, "project_id") + " " + kind.one(), 1, Integer::sum);
    }

    private void drop(NetworkKind kind, ObjectNode document) {
        table(kind).remove(text(document, "id"));
        used.merge(text(document, "project_id") + " " + kind.one(), -1, Integer::sum);
    }

    private void touch(ObjectNode document) {
        document.put("updated_at", world.stamp());
        document.put("revision_number", Json.number(document, "revision_number", 0) + 1);
    }

    private ObjectNode base(ObjectNode asked, String project, String id) {
        return object(
                "id",
                id,
                "name",
                text(asked, "name"),
                "tenant_id",
                project,
                "project_id",
                project,
                "description",
                text(asked, "description"),
                "tags",
                array(),
                "revision_number",
                1,
                "created_at",
                world.stamp(),
                "updated_at",
                world.stamp());
    }

    ObjectNode makeNetwork(Call call, ObjectNode asked, String project) {
        boolean admin = call.grant().admin();
        for (String field : List.of("shared", "router:external")) {
            if (Json.truth(asked, field, false) && !admin) {
                throw new Refusal(
                        403,
                        "PolicyNotAuthorized",
                        "(rule:create_network and rule:create_network:"
                                + field
                                + ") is disallowed by policy");
            }
        }
        for (String field : asked.propertyNames()) {
            if (field.startsWith("provider:") && !admin) {
                throw disallowed("create_network:" + field);
            }
        }
        return addNetwork(asked, project, world.newId());
    }

    ObjectNode addNetwork(ObjectNode asked, String project, String id) {
        defaultGroup(project);
        ObjectNode network = base(asked, project, id);
        boolean external = Json.truth(asked, "router:external", false);
        network.put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("mtu", Json.number(asked, "mtu", external ? 1500 : 1450))
                .put("status", "ACTIVE")
                .put("shared", Json.truth(asked, "shared", false))
                .put("port_security_enabled", Json.truth(asked, "port_security_enabled", true))
                .put("dns_domain", text(asked, "dns_domain"))
                .put("router:external", external)
                .put("is_default", Json.truth(asked, "is_default", false))
                .put("l2_adjacency", true)
                .put(
                        "provider:network_type",
                        asked.hasNonNull("provider:network_type")
                                ? text(asked, "provider:network_type")
                                : "vxlan");
        network.putArray("subnets");
        network.set(
                "availability_zone_hints",
                asked.hasNonNull("availability_zone_hints")
                        ? asked.get("availability_zone_hints")
                        : array());
        network.putArray("availability_zones");
        network.putNull("ipv4_address_scope")
                .putNull("ipv6_address_scope")
                .set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        network.set("provider:physical_network", Json.of(asked.get("provider:physical_network")));
        network.set(
                "provider:segmentation_id",
                asked.hasNonNull("provider:segmentation_id")
                        ? asked.get("provider:segmentation_id")
                        : external ? Json.of(null) : Json.of(++segmentation));
        store(NetworkKind.NETWORK, network);
        if (external) {
            openTo(network, "access_as_external");
        }
        if (Json.truth(network, "shared", false)) {
            openTo(network, "access_as_shared");
        }
        return network;
    }

    private void openTo(ObjectNode network, String action) {
        String id = World.idOf(action + text(network, "id"));
        store(
                NetworkKind.RBAC_POLICY,
                object(
                        "id",
                        id,
                        "project_id",
                        text(network, "project_id"),
                        "tenant_id",
                        text(network, "project_id"),
                        "action",
                        action,
                        "object_id",
                        text(network, "id"),
                        "object_type",
                        "network",
                        "target_tenant",
                        "*"));
    }

    private ObjectNode makeSubnet(Call call, ObjectNode asked, String project) {
        ObjectNode network = find(call, NetworkKind.NETWORK, text(asked, "network_id"));
        if (!call.grant().sees(text(network, "project_id"))) {
            throw disallowed("create_subnet");
        }
        return addSubnet(asked, project, world.newId());
    }

    ObjectNode addSubnet(ObjectNode asked, String project, String id) {
        ObjectNode network = table(NetworkKind.NETWORK).get(text(asked, "network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "network_id"));
        }
        Cidr cidr = Cidr.parse(text(asked, "cidr"));
        if (!asked.hasNonNull("cidr")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad subnets request: a subnetpool must be specified in the absence of a"
                            + " cidr.");
        }
        if (cidr == null) {
            throw invalid(text(asked, "cidr") + " is not in a CIDR format.");
        }
        if (Json.number(asked, "ip_version", cidr.version()) != cidr.version()) {
            throw invalid(
                    "cidr '"
                            + cidr
                            + "' does not match the ip_version '"
                            + Json.number(asked, "ip_version", 0)
                            + "'");
        }
        for (ObjectNode other : table(NetworkKind.SUBNET).values()) {
            Cidr taken = Cidr.parse(text(other, "cidr"));
            if (text(other, "network_id").equals(text(network, "id"))
                    && taken != null
                    && taken.overlaps(cidr)) {
                throw invalid(
                        "Requested subnet with cidr: "
                                + cidr
                                + " for network: "
                                + text(network, "id")
                                + " overlaps with another subnet.");
            }
        }
        ObjectNode subnet = base(asked, project, id);
        boolean noGateway = asked.has("gateway_ip") && asked.get("gateway_ip").isNull();
        String gateway = asked.hasNonNull("gateway_ip") ? text(asked, "gateway_ip") : cidr.at(1);
        if (!noGateway && Cidr.number(gateway) == null) {
            throw invalid("'" + gateway + "' is not a valid IP address.");
        }
        subnet.put("network_id", text(network, "id"))
                .put("ip_version", cidr.version())
                .put("enable_dhcp", Json.truth(asked, "enable_dhcp", true))
                .put("cidr", cidr.toString());
        subnet.set("gateway_ip", noGateway ? Json.of(null) : Json.of(gateway));
        subnet.set("allocation_pools", pools(asked, cidr, noGateway ? null : Cidr.number(gateway)));
        for (String field : List.of("subnetpool_id", "ipv6_ra_mode", "ipv6_address_mode")) {
            subnet.set(field, Json.of(asked.get(field)));
        }
        for (String field : List.of("host_routes", "dns_nameservers", "service_types")) {
            subnet.set(field, asked.hasNonNull(field) ? asked.get(field) : array());
        }
        subnet.put("revision_number", 0);
        store(NetworkKind.SUBNET, subnet);
        Json.items(network, "subnets").add(id);
        touch(network);
        if (Json.truth(subnet, "enable_dhcp", true)) {
            world.later(0.5, "network.dhcp", id, object());
        }
        return subnet;
    }

    private static Refusal invalid(String why) {
        return new Refusal(400, "InvalidInput", "Invalid input for operation: " + why);
    }

    private static JsonNode pools(ObjectNode asked, Cidr cidr, @Nullable BigInteger gateway) {
        if (asked.hasNonNull("allocation_pools") && !asked.get("allocation_pools").isEmpty()) {
            for (JsonNode pool : asked.get("allocation_pools")) {
                BigInteger start = Cidr.number(text(pool, "start"));
                BigInteger end = Cidr.number(text(pool, "end"));
                if (start == null || end == null || !cidr.contains(start) || !cidr.contains(end)) {
                    throw new Refusal(
                            400,
                            "OutOfBoundsAllocationPool",
                            "The allocation pool "
                                    + text(pool, "start")
                                    + "-"
                                    + text(pool, "end")
                                    + " spans beyond the subnet cidr "
                                    + cidr
                                    + ".");
                }
            }
            return asked.get("allocation_pools");
        }
        BigInteger start = cidr.first().add(BigInteger.ONE);
        BigInteger end = cidr.version() == 4 ? cidr.last().subtract(BigInteger.ONE) : cidr.last();
        ArrayNode pools = array();
        if (gateway == null || gateway.compareTo(start) < 0 || gateway.compareTo(end) > 0) {
            pools.add(pool(start, end, cidr));
            return pools;
        }
        if (gateway.compareTo(start) > 0) {
            pools.add(pool(start, gateway.subtract(BigInteger.ONE), cidr));
        }
        if (gateway.compareTo(end) < 0) {
            pools.add(pool(gateway.add(BigInteger.ONE), end, cidr));
        }
        return pools;
    }

    private static ObjectNode pool(BigInteger start, BigInteger end, Cidr cidr) {
        return object(
                "start", Cidr.text(start, cidr.version()), "end", Cidr.text(end, cidr.version()));
    }

    private void addDhcpPort(String subnetId) {
        ObjectNode subnet = table(NetworkKind.SUBNET).get(subnetId);
        if (subnet == null) {
            return;
        }
        ObjectNode network = table(NetworkKind.NETWORK).get(text(subnet, "network_id"));
        if (network == null) {
            return;
        }
        Json.items(network, "availability_zones").removeAll().add("nova");
        String device = "dhcp" + World.idOf("network1") + "-" + text(network, "id");
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            if (text(port, "device_id").equals(device)) {
                Json.items(port, "fixed_ips")
                        .add(object("subnet_id", subnetId, "ip_address", take(subnet, null)));
                return;
            }
        }
        ObjectNode port =
                addPort(
                        object(
                                "network_id",
                                text(network, "id"),
                                "device_owner",
                                "network:dhcp",
                                "device_id",
                                device,
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "binding:host_id",
                                "network1",
                                "fixed_ips",
                                array(object("subnet_id", subnetId))),
                        text(network, "project_id"),
                        World.idOf("dhcp " + subnetId));
        port.put("status", "ACTIVE");
    }

    private Set<BigInteger> takenIn(String subnetId) {
        return taken.computeIfAbsent(subnetId, key -> new HashSet<>());
    }

    private String take(ObjectNode subnet, @Nullable String wanted) {
        String id = text(subnet, "id");
        Cidr cidr = Cidr.parse(text(subnet, "cidr"));
        if (cidr == null) {
            throw new IllegalStateException("Subnet " + id + " has no cidr");
        }
        Set<BigInteger> gone = takenIn(id);
        if (wanted != null) {
            BigInteger address = Cidr.number(wanted);
            if (address == null || !cidr.contains(address)) {
                throw new Refusal(
                        400,
                        "InvalidIpForSubnet",
                        "IP address " + wanted + " is not a valid IP for the specified subnet.");
            }
            if (!gone.add(address)) {
                throw new Refusal(
                        409,
                        "IpAddressAlreadyAllocated",
                        "IP address " + wanted + " already allocated in subnet " + id);
            }
            return wanted;
        }
        for (JsonNode pool : subnet.path("allocation_pools")) {
            BigInteger address = Cidr.number(text(pool, "start"));
            BigInteger end = Cidr.number(text(pool, "end"));
            if (address == null || end == null) {
                continue;
            }
            BigInteger hint = address.add(BigInteger.valueOf(gone.size()));
            address =
                    gone.size() > 1000 && hint.compareTo(end) < 0
                            ? hint.subtract(BigInteger.TWO)
                            : address;
            for (; address.compareTo(end) <= 0; address = address.add(BigInteger.ONE)) {
                if (gone.add(address)) {
                    return Cidr.text(address, cidr.version());
                }
            }
        }
        throw new Refusal(
                409,
                "IpAddressGenerationFailure",
                "No more IP addresses available on network " + text(subnet, "network_id") + ".");
    }

    private void release(ObjectNode port) {
        for (JsonNode address : port.path("fixed_ips")) {
            BigInteger number = Cidr.number(text(address, "ip_address"));
            if (number != null) {
                takenIn(text(address, "subnet_id")).remove(number);
            }
        }
    }

    private ArrayNode addresses(ObjectNode asked, ObjectNode network) {
        ArrayNode addresses = array();
        if (asked.hasNonNull("fixed_ips")) {
            for (JsonNode each : asked.get("fixed_ips")) {
                ObjectNode subnet = subnetFor(each, network);
                String wanted = each.hasNonNull("ip_address") ? text(each, "ip_address") : null;
                addresses.add(
                        object(
                                "subnet_id",
                                text(subnet, "id"),
                                "ip_address",
                                take(subnet, wanted)));
            }
            return addresses;
        }
        Set<Integer> versions = new HashSet<>();
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = table(NetworkKind.SUBNET).get(id);
            if (subnet != null && versions.add(Json.number(subnet, "ip_version", 4))) {
                addresses.add(object("subnet_id", id, "ip_address", take(subnet, null)));
            }
        }
        return addresses;
    }

    private ObjectNode subnetFor(JsonNode asked, ObjectNode network) {
        if (asked.hasNonNull("subnet_id")) {
            ObjectNode subnet = table(NetworkKind.SUBNET).get(text(asked, "subnet_id"));
            if (subnet == null || !text(subnet, "network_id").equals(text(network, "id"))) {
                throw invalid(
                        "Failed to create port on network "
                                + text(network, "id")
                                + ", because fixed_ips included invalid subnet "
                                + text(asked, "subnet_id"));
            }
            return subnet;
        }
        BigInteger address = Cidr.number(text(asked, "ip_address"));
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = table(NetworkKind.SUBNET).get(id);
            Cidr cidr = subnet == null ? null : Cidr.parse(text(subnet, "cidr"));
            if (subnet != null && cidr != null && address != null && cidr.contains(address)) {
                return subnet;
            }
        }
        throw new Refusal(
                400,
                "InvalidIpForNetwork",
                "IP address "
                        + text(asked, "ip_address")
                        + " is not a valid IP for any of the subnets on the specified network.");
    }

    private ObjectNode makePort(Call call, ObjectNode asked, String project) {
        String networkId = text(asked, "network_id");
        if (!asked.hasNonNull("network_id")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Failed to parse request. Required attribute 'network_id' not specified");
        }
        if (!isUuid(networkId)) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for network_id. Reason: '"
                            + networkId
                            + "' is not a valid UUID.");
        }
        ObjectNode network = find(call, NetworkKind.NETWORK, networkId);
        boolean external = Json.truth(network, "router:external", false);
        if (!call.grant().sees(text(network, "project_id"))
                && external
                && !shared(call.grant(), network)) {
            throw new Refusal(
                    403,
                    "HTTPForbidden",
                    "Tenant "
                            + call.grant().project()
                            + " not allowed to create port on this network");
        }
        for (JsonNode group : asked.path("security_groups")) {
            find(call, NetworkKind.SECURITY_GROUP, group.asString(""));
        }
        return addPort(asked, project, world.newId());
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    ObjectNode addPort(ObjectNode asked, String project, String id) {
        ObjectNode network = table(NetworkKind.NETWORK).get(text(asked, "network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "network_id"));
        }
        ObjectNode port = base(asked, project, id);
        boolean secure =
                Json.truth(
                        asked,
                        "port_security_enabled",
                        Json.truth(network, "port_security_enabled", true));
        port.put("network_id", text(network, "id"))
                .put(
                        "mac_address",
                        asked.hasNonNull("mac_address") ? text(asked, "mac_address") : mac(id))
                .put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("status", "DOWN")
                .put("device_id", text(asked, "device_id"))
                .put("device_owner", text(asked, "device_owner"))
                .put("port_security_enabled", secure)
                .put(
                        "binding:vnic_type",
                        asked.hasNonNull("binding:vnic_type")
                                ? text(asked, "binding:vnic_type")
                                : "normal")
                .put("dns_name", text(asked, "dns_name"))
                .put("ip_allocation", "immediate");
        port.set("fixed_ips", addresses(asked, network));
        port.set("dns_assignment", dnsOf(port));
        port.set(
                "security_groups",
                asked.hasNonNull("security_groups")
                        ? asked.get("security_groups")
                        : secure ? array(text(defaultGroup(project), "id")) : array());
        for (String field : List.of("allowed_address_pairs", "extra_dhcp_opts")) {
            port.set(field, asked.hasNonNull(field) ? asked.get(field) : array());
        }
        if (asked.hasNonNull("tags")) {
            port.set("tags", asked.get("tags"));
        }
        port.set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        port.putNull("qos_network_policy_id").putNull("resource_request");
        port.set(
                "binding:profile",
                asked.hasNonNull("binding:profile") ? asked.get("binding:profile") : object());
        bindTo(port, text(asked, "binding:host_id"));
        store(NetworkKind.PORT, port);
        return port;
    }

    private static ArrayNode dnsOf(ObjectNode port) {
        ArrayNode names = array();
        for (JsonNode address : port.path("fixed_ips")) {
            String ip = text(address, "ip_address");
            String host =
                    text(port, "dns_name").isEmpty()
                            ? "host-" + ip.replace('.', '-').replace(':', '-')
                            : text(port, "dns_name");
            names.add(object("ip_address", ip, "hostname", host, "fqdn", host + ".demo.invalid."));
        }
        return names;
    }

    private static String mac(String id) {
        String hex = id.replace("-", "");
        return "fa:16:3e:"
                + hex.substring(0, 2)
                + ":"
                + hex.substring(2, 4)
                + ":"
                + hex.substring(4, 6);
    }

    private static void bindTo(ObjectNode port, String host) {
        port.put("binding:host_id", host)
                .put("binding:vif_type", host.isEmpty() ? "unbound" : "ovs");
        port.set(
                "binding:vif_details",
                host.isEmpty()
                        ? object()
                        : object(
                                "connectivity",
                                "l2",
                                "port_filter",
                                true,
                                "ovs_hybrid_plug",
                                false,
                                "datapath_type",
                                "system",
                                "bridge_name",
                                "br-int"));
    }

    /** Nova takes the port for a server. */
    void plug(
            Bus.@Nullable Asker asker,
            ObjectNode port,
            String serverId,
            String hostname,
            @Nullable String host,
            String zone) {
        port.put("device_id", serverId)
                .put("device_owner", "compute:" + zone)
                .put("dns_name", hostname);
        port.set("dns_assignment", dnsOf(port));
        bindTo(port, host == null ? "" : host);
        touch(port);
        if (host != null) {
            world.later(0.3, "network.port-up", text(port, "id"), object());
        }
        bus.say(
                "neutron",
                "network.control1",
                "port.update.end",
                object("port", hidden(port)),
                asker);
    }

    /** Nova lets go of the port; those that it made itself it deletes. */
    void unplug(Bus.@Nullable Asker asker, String portId) {
        ObjectNode port = table(NetworkKind.PORT).get(portId);
        if (port == null) {
            return;
        }
        if (Json.truth(port, "_made_by_nova", false)) {
            remove(port);
            bus.say(
                    "neutron",
                    "network.control1",
                    "port.delete.end",
                    object("port", hidden(port), "port_id", portId),
                    asker);
            return;
        }
        port.put("device_id", "").put("device_owner", "").put("status", "DOWN").put("dns_name", "");
        port.set("dns_assignment", dnsOf(port));
        bindTo(port, "");
        touch(port);
        bus.say(
                "neutron",
                "network.control1",
                "port.update.end",
                object("port", hidden(port)),
                asker);
    }

    static ObjectNode hidden(ObjectNode document) {
        ObjectNode copy = Json.copy(document);
        List.copyOf(copy.propertyNames()).stream()
                .filter(name -> name.startsWith("_"))
                .forEach(copy::remove);
        return copy;
    }

    ObjectNode makePortFor(Bus.@Nullable Asker asker, ObjectNode asked, String project) {
        checkQuota(project, NetworkKind.PORT, 1);
        ObjectNode port = addPort(asked, project, world.newId());
        port.put("_made_by_nova", true);
        bus.say(
                "neutron",
                "network.control1",
                "port.create.end",
                object("port", hidden(port)),
                asker);
        return port;
    }

    @Nullable ObjectNode portFor(Grant grant, String id) {
        ObjectNode port = table(NetworkKind.PORT).get(id);
        return port != null && visible(grant, NetworkKind.PORT, port) ? port : null;
    }

    @Nullable ObjectNode networkFor(Grant grant, String id) {
        ObjectNode network = table(NetworkKind.NETWORK).get(id);
        return network != null && visible(grant, NetworkKind.NETWORK, network) ? network : null;
    }

    /** The networks that Nova would choose from when a server asks for none. */
    List<ObjectNode> networksOf(Grant grant) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode network : table(NetworkKind.NETWORK).values()) {
            if (grant.owns(text(network, "project_id")) && !network.path("subnets").isEmpty()) {
                found.add(network);
            }
        }
        return found;
    }

    @Nullable ObjectNode groupFor(Grant grant, String idOrName) {
        for (ObjectNode group : table(NetworkKind.SECURITY_GROUP).values()) {
            if (grant.owns(text(group, "project_id"))
                    && (text(group, "id").equals(idOrName)
                            || text(group, "name").equals(idOrName))) {
                return group;
            }
        }
        return null;
    }

    private static Grant admin(Call call) {
        Grant grant = call.grant();
        return new Grant(
                grant.id(),
                grant.userId(),
                grant.userName(),
                grant.projectId(),
                Set.of("admin"),
                grant.methods(),
                grant.auditIds(),
                grant.issued(),
                grant.expires(),
                grant.trustId(),
                grant.applicationCredentialId());
    }

    private void portStatus(String id, String status) {
        ObjectNode port = table(NetworkKind.PORT).get(id);
        if (port != null && !text(port, "binding:host_id").isEmpty()) {
            port.put("status", status);
            touch(port);
        }
    }

    private void remove(ObjectNode port) {
        release(port);
        drop(NetworkKind.PORT, port);
        for (ObjectNode floating : table(NetworkKind.FLOATING_IP).values()) {
            if (text(floating, "port_id").equals(text(port, "id"))) {
                disassociate(floating);
            }
        }
    }

    private ObjectNode makeRouter(Call call, ObjectNode asked, String project) {
        if (asked.hasNonNull("external_gateway_info")) {
            externalNetwork(call, text(asked.get("external_gateway_info"), "network_id"));
        }
        return addRouter(asked, project, world.newId());
    }

    private ObjectNode externalNetwork(Call call, String id) {
        ObjectNode network = find(call, NetworkKind.NETWORK, id);
        if (!Json.truth(network, "router:external", false)) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Network " + id + " is not an external network.");
        }
        return network;
    }

    ObjectNode addRouter(ObjectNode asked, String project, String id) {
        ObjectNode router = base(asked, project, id);
        router.put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("status", "ACTIVE")
                .put("distributed", false)
                .put("ha", false);
        router.putNull("external_gateway_info").putNull("flavor_id");
        router.putArray("availability_zones").add("nova");
        router.set(
                "availability_zone_hints",
                asked.hasNonNull("availability_zone_hints")
                        ? asked.get("availability_zone_hints")
                        : array());
        router.set("routes", asked.hasNonNull("routes") ? asked.get("routes") : array());
        store(NetworkKind.ROUTER, router);
        setGateway(router, asked.path("external_gateway_info"));
        return router;
    }

    private void setGateway(ObjectNode router, JsonNode asked) {
        ObjectNode old = table(NetworkKind.PORT).get(text(router, "_gateway_port"));
        String network = text(asked, "network_id");
        if (old != null && text(old, "network_id").equals(network)) {
            ((ObjectNode) router.get("external_gateway_info"))
                    .put("enable_snat", Json.truth(asked, "enable_snat", true));
            return;
        }
        if (old != null) {
            remove(old);
            router.remove("_gateway_port");
            router.putNull("external_gateway_info");
        }
        if (network.isEmpty()) {
            return;
        }
        ObjectNode wanted =
                object(
                        "network_id",
                        network,
                        "device_owner",
                        "network:router_gateway",
                        "device_id",
                        text(router, "id"),
                        "port_security_enabled",
                        false,
                        "security_groups",
                        array(),
                        "binding:host_id",
                        "network1");
        if (asked.hasNonNull("external_fixed_ips")) {
            wanted.set("fixed_ips", asked.get("external_fixed_ips"));
        }
        ObjectNode port =
                addPort(wanted, "", World.idOf("gateway " + text(router, "id") + world.stamp()));
        port.put("status", "ACTIVE");
        router.put("_gateway_port", text(port, "id"));
        router.set(
                "external_gateway_info",
                object(
                        "network_id",
                        network,
                        "external_fixed_ips",
                        port.get("fixed_ips"),
                        "enable_snat",
                        Json.truth(asked, "enable_snat", true)));
    }

    private Reply addInterface(Call call) {
        ObjectNode router = findOwn(call, NetworkKind.ROUTER, call.name(0), "add_router_interface");
        ObjectNode body = call.body();
        ObjectNode port;
        if (body.hasNonNull("port_id")) {
            port = find(call, NetworkKind.PORT, text(body, "port_id"));
            if (!text(port, "device_id").isEmpty()) {
                throw new Refusal(
                        409,
                        "PortInUse",
                        "Unable to complete operation on port "
                                + text(port, "id")
                                + " for network "
                                + text(port, "network_id")
                                + ". Port already has an attached device "
                                + text(port, "device_id")
                                + ".");
            }
            port.put("device_id", text(router, "id"))
                    .put("device_owner", "network:router_interface")
                    .put("status", "ACTIVE");
            bindTo(port, "network1");
        } else if (body.hasNonNull("subnet_id")) {
            ObjectNode subnet = find(call, NetworkKind.SUBNET, text(body, "subnet_id"));
            port = connect(router, subnet);
        } else {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Either subnet_id or port_id must be specified.");
        }
        touch(router);
        ObjectNode answer = interfaceBody(router, port);
        bus.say(
                "neutron",
                "network.control1",
                "router.interface.create",
                object("router_interface", answer),
                Bus.Asker.of(call));
        return Reply.ok(answer);
    }

    ObjectNode connect(ObjectNode router, ObjectNode subnet) {
        String subnetId = text(subnet, "id");
        for (ObjectNode other : table(NetworkKind.PORT).values()) {
            if (text(other, "device_id").equals(text(router, "id")) && onSubnet(other, subnetId)) {
                throw new Refusal(
                        400,
                        "BadRequest",
                        "Bad router request: Router already has a port on subnet "
                                + subnetId
                                + ".");
            }
        }
        if (!subnet.hasNonNull("gateway_ip")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Subnet for router interface must have a gateway IP.");
        }
        ObjectNode port =
                addPort(
                        object(
                                "network_id",
                                text(subnet, "network_id"),
                                "device_owner",
                                "network:router_interface",
                                "device_id",
                                text(router, "id"),
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "binding:host_id",
                                "network1",
                                "fixed_ips",
                                array(
                                        object(
                                                "subnet_id",
                                                subnetId,
                                                "ip_address",
                                                text(subnet, "gateway_ip")))),
                        text(router, "project_id"),
                        World.idOf("interface " + text(router, "id") + subnetId + world.now()));
        port.put("status", "ACTIVE");
        return port;
    }

    private static boolean onSubnet(JsonNode port, String subnetId) {
        for (JsonNode address : port.path("fixed_ips")) {
            if (text(address, "subnet_id").equals(subnetId)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode interfaceBody(ObjectNode router, ObjectNode port) {
        String subnet = text(port.path("fixed_ips").path(0), "subnet_id");
        return object(
                "id",
                text(router, "id"),
                "tenant_id",
                text(router, "project_id"),
                "port_id",
                text(port, "id"),
                "network_id",
                text(port, "network_id"),
                "subnet_id",
                subnet,
                "subnet_ids",
                array(subnet));
    }

    private Reply removeInterface(Call call) {
        ObjectNode router =
                findOwn(call, NetworkKind.ROUTER, call.name(0), "remove_router_interface");
        ObjectNode body = call.body();
        String routerId = text(router, "id");
        for (ObjectNode port : List.copyOf(table(NetworkKind.PORT).values())) {
            boolean asked =
                    body.hasNonNull("port_id")
                            ? text(port, "id").equals(text(body, "port_id"))
                            : onSubnet(port, text(body, "subnet_id"));
            if (asked
                    && text(port, "device_id").equals(routerId)
                    && text(port, "device_owner").equals("network:router_interface")) {
                refuseWhenFloating(router, port);
                remove(port);
                touch(router);
                ObjectNode answer = interfaceBody(router, port);
                bus.say(
                        "neutron",
                        "network.control1",
                        "router.interface.delete",
                        object("router_interface", answer),
                        Bus.Asker.of(call));
                return Reply.ok(answer);
            }
        }
        if (body.hasNonNull("port_id")) {
            throw new Refusal(
                    404,
                    "RouterInterfaceNotFound",
                    "Router "
                            + routerId
                            + " does not have an interface with id "
                            + text(body, "port_id"));
        }
        find(call, NetworkKind.SUBNET, text(body, "subnet_id"));
        throw new Refusal(
                404,
                "RouterInterfaceNotFoundForSubnet",
                "Router " + routerId + " has no interface on subnet " + text(body, "subnet_id"));
    }

    private void refuseWhenFloating(ObjectNode router, ObjectNode gone) {
        String subnet = text(gone.path("fixed_ips").path(0), "subnet_id");
        for (ObjectNode floating : table(NetworkKind.FLOATING_IP).values()) {
            ObjectNode port = table(NetworkKind.PORT).get(text(floating, "port_id"));
            if (text(floating, "router_id").equals(text(router, "id"))
                    && port != null
                    && onSubnet(port, subnet)) {
                throw new Refusal(
                        409,
                        "RouterInterfaceInUseByFloatingIP",
                        "Router interface for subnet "
                                + subnet
                                + " on router "
                                + text(router, "id")
                                + " cannot be deleted, as it is required by one or more floating"
                                + " IPs.");
            }
        }
    }

    private ObjectNode makeFloatingIp(Call call, ObjectNode asked, String project) {
        if (!asked.hasNonNull("floating_network_id")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Failed to parse request. Required attribute 'floating_network_id' not"
                            + " specified");
        }
        ObjectNode network = find(call, NetworkKind.NETWORK, text(asked, "floating_network_id"));
        if (!Json.truth(network, "router:external", false)) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad floatingip request: Network "
                            + text(network, "id")
                            + " is not a valid external network.");
        }
        ObjectNode target =
                asked.hasNonNull("port_id")
                        ? find(call, NetworkKind.PORT, text(asked, "port_id"))
                        : null;
        String router = target == null ? null : routerBetween(target, text(network, "id"), asked);
        ObjectNode made = addFloatingIp(asked, project, world.newId());
        if (target != null && router != null) {
            associate(made, target, router, text(asked, "fixed_ip_address"));
        }
        return made;
    }

    ObjectNode addFloatingIp(ObjectNode asked, String project, String id) {
        ObjectNode network = table(NetworkKind.NETWORK).get(text(asked, "floating_network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "floating_network_id"));
        }
        ObjectNode port =
                addPort(
                        object(
                                "network_id",
                                text(network, "id"),
                                "device_owner",
                                "network:floatingip",
                                "device_id",
                                id,
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "fixed_ips",
                                asked.hasNonNull("floating_ip_address")
                                        ? array(
                                                object(
                                                        "ip_address",
                                                        text(asked, "floating_ip_address")))
                                        : null),
                        "",
                        World.idOf("floating " + id));
        port.put("status", "N/A");
        ObjectNode floating = base(asked, project, id);
        floating.remove("name");
        floating.put("floating_ip_address", text(port.path("fixed_ips").path(0), "ip_address"))
                .put("floating_network_id", text(network, "id"))
                .put("status", "DOWN")
                .put("dns_domain", text(asked, "dns_domain"))
                .put("dns_name", text(asked, "dns_name"))
                .put("revision_number", 0)
                .put("_port", text(port, "id"));
        floating.putNull("router_id").putNull("port_id").putNull("fixed_ip_address");
        floating.set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        floating.putArray("port_forwardings");
        store(NetworkKind.FLOATING_IP, floating);
        return floating;
    }

    private String routerBetween(ObjectNode port, String externalNetwork, JsonNode asked) {
        String owner = text(port, "_floating_ip");
        if (!owner.isEmpty()) {
            ObjectNode other = table(NetworkKind.FLOATING_IP).get(owner);
            throw new Refusal(
                    409,
                    "FloatingIPPortAlreadyAssociated",
                    "Cannot associate floating IP "
                            + (other == null ? owner : text(other, "floating_ip_address"))
                            + " ("
                            + owner
                            + ") with port "
                            + text(port, "id")
                            + " using fixed IP "
                            + text(port.path("fixed_ips").path(0), "ip_address")
                            + ", as that fixed IP already has a floating IP on external network "
                            + externalNetwork
                            + ".");
        }
        if (port.path("fixed_ips").isEmpty()) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad floatingip request: Cannot add floating IP to port "
                            + text(port, "id")
                            + " that has no fixed IPv4 addresses.");
        }
        String subnet = text(port.path("fixed_ips").path(0), "subnet_id");
        for (ObjectNode inner : table(NetworkKind.PORT).values()) {
            if (text(inner, "device_owner").equals("network:router_interface")
                    && onSubnet(inner, subnet)) {
                ObjectNode router = table(NetworkKind.ROUTER).get(text(inner, "device_id"));
                if (router != null
                        && text(router.path("external_gateway_info"), "network_id")
                                .equals(externalNetwork)) {
                    return text(router, "id");
                }
            }
        }
        throw new Refusal(
                404,
                "ExternalGatewayForFloatingIPNotFound",
                "External network "
                        + externalNetwork
                        + " is not reachable from subnet "
                        + subnet
                        + ".  Therefore, cannot associate Port "
                        + text(port, "id")
                        + " with a Floating IP.");
    }

    void associate(ObjectNode floating, ObjectNode port, String routerId, String fixed) {
        floating.put("port_id", text(port, "id"))
                .put("router_id", routerId)
                .put(
                        "fixed_ip_address",
                        fixed.isEmpty()
                                ? text(port.path("fixed_ips").path(0), "ip_address")
                                : fixed);
        port.put("_floating_ip", text(floating, "id"));
        touch(floating);
        world.later(0.3, "network.floating-ip", text(floating, "id"), object("status", "ACTIVE"));
    }

    private void disassociate(ObjectNode floating) {
        ObjectNode port = table(NetworkKind.PORT).get(text(floating, "port_id"));
        if (port != null) {
            port.remove("_floating_ip");
        }
        floating.putNull("port_id").putNull("router_id").putNull("fixed_ip_address");
        touch(floating);
        world.later(0.3, "network.floating-ip", text(floating, "id"), object("status", "DOWN"));
    }

    private void settleFloatingIp(String id, ObjectNode plan) {
        ObjectNode floating = table(NetworkKind.FLOATING_IP).get(id);
        if (floating != null
                && floating.hasNonNull("port_id") == text(plan, "status").equals("ACTIVE")) {
            floating.put("status", text(plan, "status"));
            touch(floating);
        }
    }

    ObjectNode defaultGroup(String project) {
        String id = World.idOf("default group " + project);
        ObjectNode known = table(NetworkKind.SECURITY_GROUP).get(id);
        if (known != null) {
            return known;
        }
        ObjectNode group = makeGroup("default", "Default security group", project, id);
        for (String ethertype : List.of("IPv4", "IPv6")) {
            addRule(
                    object(
                            "security_group_id",
                            id,
                            "direction",
                            "ingress",
                            "ethertype",
                            ethertype,
                            "remote_group_id",
                            id),
                    project,
                    World.idOf("default rule " + project + ethertype));
        }
        return group;
    }

    ObjectNode makeGroup(String name, String description, String project, String id) {
        ObjectNode group = base(object("name", name, "description", description), project, id);
        group.put("stateful", true).put("shared", false);
        store(NetworkKind.SECURITY_GROUP, group);
        for (String ethertype : List.of("IPv4", "IPv6")) {
            addRule(
                    object("security_group_id", id, "direction", "egress", "ethertype", ethertype),
                    project,
                    World.idOf("egress " + id + ethertype));
        }
        return group;
    }

    private ObjectNode makeRule(Call call, ObjectNode asked, String project) {
        ObjectNode group = find(call, NetworkKind.SECURITY_GROUP, text(asked, "security_group_id"));
        String direction = text(asked, "direction");
        if (!direction.equals("ingress") && !direction.equals("egress")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for direction. Reason: '"
                            + direction
                            + "' is not in ['ingress', 'egress'].");
        }
        int low = Json.number(asked, "port_range_min", -1);
        int high = Json.number(asked, "port_range_max", -1);
        if ((low >= 0 || high >= 0) && Json.absent(asked, "protocol")) {
            throw new Refusal(
                    400,
                    "SecurityGroupProtocolRequiredWithPorts",
                    "Must also specify protocol if port range is given.");
        }
        if (low > high && !text(asked, "protocol").startsWith("icmp")) {
            throw new Refusal(
                    400,
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
        if (asked.hasNonNull("remote_ip_prefix") && asked.hasNonNull("remote_group_id")) {
            throw new Refusal(
                    400,
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix, remote_group_id or remote_address_group_id may"
                            + " be provided.");
        }
        if (asked.hasNonNull("remote_ip_prefix")
                && prefix(text(asked, "remote_ip_prefix")) == null) {
            throw new Refusal(
                    400,
                    "InvalidCIDR",
                    "Invalid CIDR " + text(asked, "remote_ip_prefix") + " given as IP prefix.");
        }
        ObjectNode candidate = rule(asked, project, world.newId());
        for (ObjectNode other : table(NetworkKind.SECURITY_GROUP_RULE).values()) {
            if (sameRule(candidate, other)) {
                throw new Refusal(
                        409,
                        "SecurityGroupRuleExists",
                        "Security group rule already exists. Rule id is "
                                + text(other, "id")
                                + ".");
            }
        }
        touch(group);
        store(NetworkKind.SECURITY_GROUP_RULE, candidate);
        return candidate;
    }

    private static boolean sameRule(ObjectNode one, ObjectNode other) {
        for (String field :
                List.of(
                        "security_group_id",
                        "direction",
                        "ethertype",
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "normalized_cidr",
                        "remote_group_id",
                        "remote_address_group_id")) {
            if (!text(one, field).equals(text(other, field))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String prefix(String text) {
        Cidr cidr =
                Cidr.parse(
                        text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"));
        return cidr == null ? null : cidr.toString();
    }

    ObjectNode addRule(ObjectNode asked, String project, String id) {
        ObjectNode rule = rule(asked, project, id);
        store(NetworkKind.SECURITY_GROUP_RULE, rule);
        return rule;
    }

    private ObjectNode rule(ObjectNode asked, String project, String id) {
        ObjectNode rule =
                object(
                        "id",
                        id,
                        "tenant_id",
                        project,
                        "security_group_id",
                        text(asked, "security_group_id"),
                        "ethertype",
                        asked.hasNonNull("ethertype") ? text(asked, "ethertype") : "IPv4",
                        "direction",
                        text(asked, "direction"));
        for (String field :
                List.of(
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "remote_ip_prefix",
                        "remote_address_group_id")) {
            rule.set(field, Json.of(asked.get(field)));
        }
        rule.set("normalized_cidr", Json.of(prefix(text(asked, "remote_ip_prefix"))));
        rule.set("remote_group_id", Json.of(asked.get("remote_group_id")));
        rule.set(
                "description",
                asked.hasNonNull("description") ? asked.get("description") : Json.of(""));
        rule.put("revision_number", 0)
                .put("created_at", world.stamp())
                .put("updated_at", world.stamp())
                .put("project_id", project);
        return rule;
    }

    private ObjectNode makeOther(NetworkKind kind, ObjectNode asked, String project) {
        ObjectNode document = base(asked, project, world.newId());
        asked.properties().forEach(field -> document.set(field.getKey(), field.getValue()));
        if (kind == NetworkKind.RBAC_POLICY) {
            document.remove(
                    List.of(
                            "name",
                            "description",
                            "tags",
                            "revision_number",
                            "created_at",
                            "updated_at"));
        }
        if (kind == NetworkKind.TRUNK) {
            document.put("status", "DOWN")
                    .put("admin_state_up", Json.truth(asked, "admin_state_up", true));
            Json.items(document, "sub_ports");
        }
        store(kind, document);
        return document;
    }

    private Reply update(Call call, NetworkKind kind) {
        ObjectNode document = findOwn(call, kind, call.name(0), "update");
        if (!(call.body().get(kind.one()) instanceof ObjectNode asked)) {
            throw new Refusal(400, "HTTPBadRequest", "Resource body required");
        }
        checkAttributes(kind, asked);
        tell(call, kind, "update.start", object("id", text(document, "id"), kind.one(), asked));
        for (Map.Entry<String, JsonNode> change : List.copyOf(asked.properties())) {
            apply(call, kind, document, change.getKey(), change.getValue(), asked);
        }
        touch(document);
        ObjectNode shown = view(call.grant(), kind, document);
        tell(call, kind, "update.end", object(kind.one(), Json.copy(shown)));
        return Reply.ok(object(kind.one(), shown));
    }

    private void apply(
            Call call,
            NetworkKind kind,
            ObjectNode document,
            String name,
            JsonNode value,
            ObjectNode asked) {
        if (List.of("id", "tenant_id", "project_id", "cidr", "ip_version", "floating_network_id")
                        .contains(name)
                || kind == NetworkKind.SUBNET && name.equals("network_id")
                || kind == NetworkKind.PORT && name.equals("network_id")) {
            throw new Refusal(400, "HTTPBadRequest", "Cannot update read-only attribute " + name);
        }
        if (kind == NetworkKind.NETWORK
                && !call.grant().admin()
                && List.of("shared", "router:external").contains(name)) {
            throw disallowed("update_network");
        }
        switch (kind.one() + "." + name) {
            case "router.external_gateway_info" -> {
                if (value.hasNonNull("network_id")) {
                    externalNetwork(call, text(value, "network_id"));
                }
                setGateway(document, value);
            }
            case "floatingip.port_id" -> repoint(call, document, asked);
            case "floatingip.fixed_ip_address" -> {}
            case "port.fixed_ips" -> {
                ObjectNode network = table(NetworkKind.NETWORK).get(text(document, "network_id"));
                if (network != null) {
                    release(document);
                    document.set("fixed_ips", addresses(asked, network));
                    document.set("dns_assignment", dnsOf(document));
                }
            }
            case "port.security_groups" -> {
                value.forEach(group -> find(call, NetworkKind.SECURITY_GROUP, group.asString("")));
                document.set(name, value);
            }
            case "security_group.name" -> {
                if (text(document, "name").equals("default")) {
                    throw new Refusal(
                            409,
                            "SecurityGroupCannotUpdateDefault",
                            "Updating default security group not allowed.");
                }
                document.set(name, value);
            }
            default -> document.set(name, value);
        }
    }

    private void repoint(Call call, ObjectNode floating, ObjectNode asked) {
        if (!asked.hasNonNull("port_id")) {
            disassociate(floating);
            return;
        }
        ObjectNode port = find(call, NetworkKind.PORT, text(asked, "port_id"));
        if (text(port, "_floating_ip").equals(text(floating, "id"))) {
            return;
        }
        String router = routerBetween(port, text(floating, "floating_network_id"), asked);
        if (floating.hasNonNull("port_id")) {
            disassociate(floating);
        }
        associate(floating, port, router, text(asked, "fixed_ip_address"));
    }

    private Reply delete(Call call, NetworkKind kind) {
        ObjectNode document = findOwn(call, kind, call.name(0), "delete");
        String id = text(document, "id");
        tell(call, kind, "delete.start", object(kind.one() + "_id", id));
        ObjectNode last = Json.copy(view(admin(call), kind, document));
        switch (kind) {
            case NETWORK -> deleteNetwork(document);
            case SUBNET -> deleteSubnet(document);
            case PORT -> deletePort(document);
            case ROUTER -> deleteRouter(document);
            case FLOATING_IP -> deleteFloatingIp(document);
            case SECURITY_GROUP -> deleteGroup(document);
            default -> drop(kind, document);
        }
        tell(call, kind, "delete.end", object(kind.one(), last, kind.one() + "_id", id));
        return Reply.empty(204);
    }

    private static boolean selfMade(ObjectNode port) {
        return text(port, "device_owner").equals("network:dhcp");
    }

    private void deleteNetwork(ObjectNode network) {
        String id = text(network, "id");
        Set<String> busy = new TreeSet<>();
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            if (text(port, "network_id").equals(id) && !selfMade(port)) {
                busy.add(text(port, "id"));
            }
        }
        if (!busy.isEmpty()) {
            throw new Refusal(
                    409,
                    "NetworkInUse",
                    "Unable to complete operation on network "
                            + id
                            + ". There are one or more ports still in use on the network, id for"
                            + " these ports is: "
                            + String.join(",", busy)
                            + ".");
        }
        for (ObjectNode port : List.copyOf(table(NetworkKind.PORT).values())) {
            if (text(port, "network_id").equals(id)) {
                remove(port);
            }
        }
        for (String subnet : Json.texts(network.path("subnets"))) {
            ObjectNode gone = table(NetworkKind.SUBNET).get(subnet);
            if (gone != null) {
                drop(NetworkKind.SUBNET, gone);
                taken.remove(subnet);
            }
        }
        drop(NetworkKind.NETWORK, network);
        for (ObjectNode policy : List.copyOf(table(NetworkKind.RBAC_POLICY).values())) {
            if (text(policy, "object_id").equals(id)) {
                drop(NetworkKind.RBAC_POLICY, policy);
            }
        }
    }

    private void deleteSubnet(ObjectNode subnet) {
        String id = text(subnet, "id");
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            if (onSubnet(port, id) && !selfMade(port)) {
                throw new Refusal(
                        409,
                        "SubnetInUse",
                        "Unable to complete operation on subnet "
                                + id
                                + ": One or more ports have an IP allocation from this subnet.");
            }
        }
        for (ObjectNode port : List.copyOf(table(NetworkKind.PORT).values())) {
            if (onSubnet(port, id)) {
                remove(port);
            }
        }
        ObjectNode network = table(NetworkKind.NETWORK).get(text(subnet, "network_id"));
        if (network != null) {
            Json.removeText(Json.items(network, "subnets"), id);
            touch(network);
        }
        taken.remove(id);
        drop(NetworkKind.SUBNET, subnet);
    }

    private void deletePort(ObjectNode port) {
        String owner = text(port, "device_owner");
        if (owner.equals("network:router_interface")
                || owner.equals("network:router_gateway")
                || owner.equals("network:floatingip")) {
            throw new Refusal(
                    409,
                    "ServicePortInUse",
                    "Port "
                            + text(port, "id")
                            + " cannot be deleted directly via the port API: has device owner "
                            + owner
                            + ".");
        }
        remove(port);
    }

    private void deleteRouter(ObjectNode router) {
        String id = text(router, "id");
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            if (text(port, "device_id").equals(id)
                    && text(port, "device_owner").equals("network:router_interface")) {
                throw new Refusal(
                        409,
                        "RouterInUse",
                        "Router " + id + " has ports still attached: " + text(port, "id"));
            }
        }
        ObjectNode gateway = table(NetworkKind.PORT).get(text(router, "_gateway_port"));
        if (gateway != null) {
            remove(gateway);
        }
        drop(NetworkKind.ROUTER, router);
    }

    private void deleteFloatingIp(ObjectNode floating) {
        ObjectNode target = table(NetworkKind.PORT).get(text(floating, "port_id"));
        if (target != null) {
            target.remove("_floating_ip");
        }
        ObjectNode own = table(NetworkKind.PORT).get(text(floating, "_port"));
        if (own != null) {
            release(own);
            drop(NetworkKind.PORT, own);
        }
        drop(NetworkKind.FLOATING_IP, floating);
    }

    private void deleteGroup(ObjectNode group) {
        String id = text(group, "id");
        if (text(group, "name").equals("default")) {
            throw new Refusal(
                    409,
                    "SecurityGroupCannotRemoveDefault",
                    "Insufficient rights for removing default security group.");
        }
        for (ObjectNode port : table(NetworkKind.PORT).values()) {
            if (Json.texts(port.path("security_groups")).contains(id)) {
                throw new Refusal(409, "SecurityGroupInUse", "Security Group " + id + " in use.");
            }
        }
        for (ObjectNode rule : List.copyOf(table(NetworkKind.SECURITY_GROUP_RULE).values())) {
            if (text(rule, "security_group_id").equals(id)) {
                drop(NetworkKind.SECURITY_GROUP_RULE, rule);
            }
        }
        drop(NetworkKind.SECURITY_GROUP, group);
    }

    private void tagRoutes(NetworkKind kind) {
        String path = "/v2.0/" + kind.path() + "/{}/tags";
        route(
                "GET",
                path,
                call -> Reply.ok(object("tags", find(call, kind, call.name(0)).path("tags"))));
        route(
                "PUT",
                path,
                call -> {
                    ObjectNode document = findOwn(call, kind, call.name(0), "update");
                    ArrayNode tags = Json.list(new TreeSet<>(Json.texts(call.body().path("tags"))));
                    document.set("tags", tags);
                    tellTags(call, kind, document, "update");
                    return Reply.ok(object("tags", tags));
                });
        route(
                "DELETE",
                path,
                call -> {
                    ObjectNode document = findOwn(call, kind, call.name(0), "update");
                    document.putArray("tags");
                    tellTags(call, kind, document, "delete_all");
                    return Reply.empty(204);
                });
        route(
                "PUT",
                path + "/{}",
                call -> {
                    ObjectNode document = findOwn(call, kind, call.name(0), "update");
                    Set<String> tags = new TreeSet<>(Json.texts(document.path("tags")));
                    tags.add(call.name(1));
                    document.set("tags", Json.list(tags));
                    tellTags(call, kind, document, "create");
                    return Reply.of(201, Json.of(null));
                });
        route(
                "GET",
                path + "/{}",
                call -> {
                    if (!Json.texts(find(call, kind, call.name(0)).path("tags"))
                            .contains(call.name(1))) {
                        throw new Refusal(
                                404, "TagNotFound", "Tag " + call.name(1) + " could not be found.");
                    }
                    return Reply.empty(204);
                });
        route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode document = findOwn(call, kind, call.name(0), "update");
                    Json.removeText(Json.items(document, "tags"), call.name(1));
                    tellTags(call, kind, document, "delete");
                    return Reply.empty(204);
                });
    }

    private void tellTags(Call call, NetworkKind kind, ObjectNode document, String what) {
        touch(document);
        bus.say(
                "neutron",
                "network.control1",
                "tag." + what + ".end",
                object(
                        "parent_resource",
                        kind.many(),
                        "parent_resource_id",
                        text(document, "id"),
                        "tags",
                        document.path("tags").deepCopy()),
                Bus.Asker.of(call));
    }

    private void checkQuota(String project, NetworkKind kind, int more) {
        if (!QUOTA.containsKey(kind.one()) || project.isEmpty()) {
            return;
        }
        int limit = quota(project).getOrDefault(kind.one(), -1);
        if (limit >= 0 && usedBy(project, kind.one()) + more > limit) {
            throw new Refusal(
                    409, "OverQuota", "Quota exceeded for resources: ['" + kind.one() + "'].");
        }
    }

    private int usedBy(String project, String resource) {
        return used.getOrDefault(project + " " + resource, 0);
    }

    private Map<String, Integer> quota(String project) {
        Map<String, Integer> limits = new java.util.LinkedHashMap<>(QUOTA);
        ObjectNode own = world.table("network_quota").get(project);
        if (own != null) {
            limits.replaceAll((name, limit) -> Json.number(own, name, limit));
        }
        return limits;
    }

    void setQuota(String project, ObjectNode limits) {
        world.table("network_quota").computeIfAbsent(project, key -> object()).setAll(limits);
    }

    private void quotaRoutes() {
        route(
                "GET",
                "/v2.0/quotas",
                call -> {
                    if (!call.grant().admin()) {
                        throw disallowed("get_quota");
                    }
                    ArrayNode all = array();
                    world.table("network_quota")
                            .keySet()
                            .forEach(project ->
                                    all.add(
                                            ((ObjectNode) Json.of(quota(project)))
                                                    .put("project_id", project)
                                                    .put("tenant_id", project)));
                    return Reply.ok(object("quotas", all));
                });
        route(
                "GET",
                "/v2.0/quotas/{}",
                call -> {
                    seesQuota(call, "get_quota");
                    return Reply.ok(object("quota", quota(call.name(0))));
                });
        route("GET", "/v2.0/quotas/{}/default", call -> Reply.ok(object("quota", QUOTA)));
        for (String details : List.of("details", "details.json")) {
            route(
                    "GET",
                    "/v2.0/quotas/{}/" + details,
                    call -> {
                        seesQuota(call, "get_quota");
                        ObjectNode lines = object();
                        quota(call.name(0))
                                .forEach((name, limit) ->
                                        lines.set(
                                                name,
                                                object(
                                                        "limit",
                                                        limit,
                                                        "used",
                                                        usedBy(call.name(0), name),
                                                        "reserved",
                                                        0)));
                        return Reply.ok(object("quota", lines));
                    });
        }
        route(
                "PUT",
                "/v2.0/quotas/{}",
                call -> {
                    if (!call.grant().admin()) {
                        throw disallowed("update_quota");
                    }
                    setQuota(call.name(0), call.body("quota"));
                    return Reply.ok(object("quota", quota(call.name(0))));
                });
        route(
                "DELETE",
                "/v2.0/quotas/{}",
                call -> {
                    if (!call.grant().admin()) {
                        throw disallowed("delete_quota");
                    }
                    world.table("network_quota").remove(call.name(0));
                    return Reply.empty(204);
                });
    }

    private static void seesQuota(Call call, String rule) {
        if (!call.grant().sees(call.name(0))) {
            throw disallowed(rule);
        }
    }

    private void smallRoutes() {
        route(
                "GET",
                "/v2.0/agents",
                call ->
                        Reply.ok(
                                object(
                                        "agents",
                                        call.grant().admin() ? hosts.networkAgents() : array())));
        route(
                "GET",
                "/v2.0/availability_zones",
                call ->
                        Reply.ok(
                                object(
                                        "availability_zones",
                                        call.grant().admin()
                                                ? array(
                                                        object(
                                                                "name",
                                                                "nova",
                                                                "resource",
                                                                "network",
                                                                "state",
                                                                "available"),
                                                        object(
                                                                "name",
                                                                "nova",
                                                                "resource",
                                                                "router",
                                                                "state",
                                                                "available"))
                                                : array())));
        route(
                "GET",
                "/v2.0/service-providers",
                call ->
                        Reply.ok(
                                object(
                                        "service_providers",
                                        array(
                                                object(
                                                        "service_type",
                                                        "L3_ROUTER_NAT",
                                                        "name",
                                                        "single_node",
                                                        "default",
                                                        true)))));
        route("GET", "/v2.0/flavors", call -> Reply.ok(object("flavors", array())));
        route(
                "GET",
                "/v2.0/extensions",
                call -> {
                    ArrayNode extensions = array();
                    for (String alias :
                            List.of(
                                    "address-group",
                                    "address-scope",
                                    "agent",
                                    "allowed-address-pairs",
                                    "availability_zone",
                                    "dns-integration",
                                    "external-net",
                                    "extra_dhcp_opt",
                                    "extraroute",
                                    "net-mtu",
                                    "network-ip-availability",
                                    "pagination",
                                    "port-security",
                                    "provider",
                                    "qos",
                                    "quotas",
                                    "quota_details",
                                    "rbac-policies",
                                    "revision-if-match",
                                    "router",
                                    "security-group",
                                    "sorting",
                                    "standard-attr-description",
                                    "standard-attr-revisions",
                                    "standard-attr-tag",
                                    "standard-attr-timestamp",
                                    "subnet_allocation",
                                    "trunk")) {
                        extensions.add(
                                object(
                                        "name",
                                        alias,
                                        "alias",
                                        alias,
                                        "description",
                                        "",
                                        "updated",
                                        "2020-01-01T00:00:00-00:00",
                                        "links",
                                        array()));
                    }
                    return Reply.ok(object("extensions", extensions));
                });
        route(
                "GET",
                "/v2.0/network-ip-availabilities",
                call -> {
                    ArrayNode lines = array();
                    if (call.grant().admin()) {
                        table(NetworkKind.NETWORK)
                                .values()
                                .forEach(network -> lines.add(availability(network)));
                    }
                    return Reply.ok(object("network_ip_availabilities", lines));
                });
    }

    private ObjectNode availability(ObjectNode network) {
        ArrayNode subnets = array();
        long usedIps = 0;
        long totalIps = 0;
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = table(NetworkKind.SUBNET).getOrDefault(id, object());
            long total = 0;
            for (JsonNode pool : subnet.path("allocation_pools")) {
                BigInteger start = Cidr.number(text(pool, "start"));
                BigInteger end = Cidr.number(text(pool, "end"));
                total += start == null || end == null ? 0 : end.subtract(start).longValue() + 1;
            }
            subnets.add(
                    object(
                            "subnet_id",
                            id,
                            "ip_version",
                            subnet.path("ip_version"),
                            "cidr",
                            text(subnet, "cidr"),
                            "subnet_name",
                            text(subnet, "name"),
                            "used_ips",
                            takenIn(id).size(),
                            "total_ips",
                            total));
            usedIps += takenIn(id).size();
            totalIps += total;
        }
        return object(
                "network_id",
                text(network, "id"),
                "network_name",
                text(network, "name"),
                "tenant_id",
                text(network, "project_id"),
                "project_id",
                text(network, "project_id"),
                "subnet_ip_availability",
                subnets,
                "used_ips",
                usedIps,
                "total_ips",
                totalIps);
    }

    private ObjectNode version() {
        return object(
                "id",
                "v2.0",
                "status",
                "CURRENT",
                "links",
                array(object("rel", "self", "href", base + "/v2.0/")));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        if (refusal.status() == 401) {
            return unauthorized();
        }
        String type = refusal.type().isEmpty() ? "HTTPBadRequest" : refusal.type();
        return Reply.of(
                refusal.status(),
                object(
                        "NeutronError",
                        object("type", type, "message", refusal.message(), "detail", "")));
    }

    @Override
    Reply unknown(Call call) {
        return refuse(call, new Refusal(404, "HTTPNotFound", "The resource could not be found."));
    }
}
