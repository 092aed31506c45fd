package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Neutron v2.0: networks, subnets, ports, routers, floating IPs, security groups, and who may see
 * them.
 */
final class NetworkService extends Service {

    private final Hosts hosts;

    private final NetworkView views;

    private final NetworkList lists;

    private final NetworkTags tags;

    final NetworkDocuments documents;

    final NetworkQuotas quotas;

    final SubnetAddresses addresses;

    final SecurityGroups groups;

    final Ports ports;

    final Networks networks;

    final Subnets subnets;

    final Routers routers;

    final FloatingIps floatingIps;

    NetworkService(String base, World world, Bus bus, Hosts hosts) {
        super("network", base, world);
        this.hosts = hosts;
        documents = new NetworkDocuments(world, bus);
        quotas = new NetworkQuotas(world, documents);
        addresses = new SubnetAddresses(documents);
        groups = new SecurityGroups(world, documents);
        ports = new Ports(world, bus, addresses, documents, groups, quotas);
        networks = new Networks(world, addresses, documents, groups, ports);
        subnets = new Subnets(world, addresses, documents, ports);
        routers = new Routers(world, bus, documents, ports);
        floatingIps = new FloatingIps(world, addresses, documents, ports);
        views = new NetworkView(documents);
        lists = new NetworkList(base, documents, groups, views);
        tags = new NetworkTags(bus, documents);
        openRoute("GET", "/", call -> Reply.ok(object("versions", array(version()))));
        route("GET", "/v2.0", call -> Reply.ok(object("resources", array())));
        for (NetworkKind kind : NetworkKind.values()) {
            String path = "/v2.0/" + kind.path();
            route("GET", path, call -> lists.list(call, kind));
            route("POST", path, call -> create(call, kind));
            route("GET", path + "/{}", call -> show(call, kind));
            route("PUT", path + "/{}", call -> update(call, kind));
            route("DELETE", path + "/{}", call -> delete(call, kind));
            tags.tagRoutes(this, kind);
        }
        route("PUT", "/v2.0/routers/{}/add_router_interface", routers::addInterface);
        route("PUT", "/v2.0/routers/{}/remove_router_interface", routers::removeInterface);
        quotas.quotaRoutes(this);
        smallRoutes();
        world.on("network.dhcp", (id, plan) -> subnets.addDhcpPort(id));
        world.on("network.port-up", (id, plan) -> ports.portStatus(id, "ACTIVE"));
        world.on("network.floating-ip", floatingIps::settleFloatingIp);
    }

    /** Counts anew what was read from a file. */
    void recount() {
        documents.recountUsed();
        networks.recountSegments();
        addresses.recountAddresses();
    }

    private Reply show(Call call, NetworkKind kind) {
        ObjectNode document = documents.find(call, kind, call.name(0));
        return Reply.ok(
                object(
                        kind.one(),
                        NetworkList.chosen(call, views.view(call.grant(), kind, document))));
    }

    private Reply create(Call call, NetworkKind kind) {
        if (!call.grant().mayChange()) {
            throw NetworkDocuments.disallowed("create_" + kind.one());
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
        documents.tell(call, kind, "create.start", object(kind.one(), asked));
        quotas.checkQuota(project, kind, 1);
        ObjectNode made =
                switch (kind) {
                    case NETWORK -> networks.makeNetwork(call, asked, project);
                    case SUBNET -> subnets.makeSubnet(call, asked, project);
                    case PORT -> ports.makePort(call, asked, project);
                    case ROUTER -> routers.makeRouter(call, asked, project);
                    case FLOATING_IP -> floatingIps.makeFloatingIp(call, asked, project);
                    case SECURITY_GROUP ->
                            groups.makeGroup(
                                    text(asked, "name"),
                                    text(asked, "description"),
                                    project,
                                    world.newId());
                    case SECURITY_GROUP_RULE -> groups.makeRule(call, asked, project);
                    default -> makeOther(kind, asked, project);
                };
        ObjectNode shown = views.view(call.grant(), kind, made);
        documents.tell(call, kind, "create.end", object(kind.one(), shown));
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
            throw NetworkDocuments.disallowed("create_network");
        }
        return project;
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

    private ObjectNode makeOther(NetworkKind kind, ObjectNode asked, String project) {
        ObjectNode document = documents.base(asked, project, world.newId());
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
        documents.store(kind, document);
        return document;
    }

    private Reply update(Call call, NetworkKind kind) {
        ObjectNode document = documents.findOwn(call, kind, call.name(0), "update");
        if (!(call.body().get(kind.one()) instanceof ObjectNode asked)) {
            throw new Refusal(400, "HTTPBadRequest", "Resource body required");
        }
        checkAttributes(kind, asked);
        documents.tell(
                call, kind, "update.start", object("id", text(document, "id"), kind.one(), asked));
        for (Map.Entry<String, JsonNode> change : List.copyOf(asked.properties())) {
            apply(call, kind, document, change.getKey(), change.getValue(), asked);
        }
        documents.touch(document);
        ObjectNode shown = views.view(call.grant(), kind, document);
        documents.tell(call, kind, "update.end", object(kind.one(), Json.copy(shown)));
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
            throw NetworkDocuments.disallowed("update_network");
        }
        switch (kind.one() + "." + name) {
            case "router.external_gateway_info" -> {
                if (value.hasNonNull("network_id")) {
                    routers.externalNetwork(call, text(value, "network_id"));
                }
                routers.setGateway(document, value);
            }
            case "floatingip.port_id" -> floatingIps.repoint(call, document, asked);
            case "floatingip.fixed_ip_address" -> {}
            case "port.fixed_ips" -> {
                ObjectNode network =
                        documents.table(NetworkKind.NETWORK).get(text(document, "network_id"));
                if (network != null) {
                    addresses.release(document);
                    document.set("fixed_ips", addresses.allot(asked, network));
                    document.set("dns_assignment", Ports.dnsOf(document));
                }
            }
            case "port.security_groups" -> {
                value.forEach(group ->
                        documents.find(call, NetworkKind.SECURITY_GROUP, group.asString("")));
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

    private Reply delete(Call call, NetworkKind kind) {
        ObjectNode document = documents.findOwn(call, kind, call.name(0), "delete");
        String id = text(document, "id");
        documents.tell(call, kind, "delete.start", object(kind.one() + "_id", id));
        ObjectNode last = Json.copy(views.view(admin(call), kind, document));
        switch (kind) {
            case NETWORK -> networks.deleteNetwork(document);
            case SUBNET -> subnets.deleteSubnet(document);
            case PORT -> ports.deletePort(document);
            case ROUTER -> routers.deleteRouter(document);
            case FLOATING_IP -> floatingIps.deleteFloatingIp(document);
            case SECURITY_GROUP -> groups.deleteGroup(document);
            default -> documents.drop(kind, document);
        }
        documents.tell(call, kind, "delete.end", object(kind.one(), last, kind.one() + "_id", id));
        return Reply.empty(204);
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
                        documents
                                .table(NetworkKind.NETWORK)
                                .values()
                                .forEach(network -> lines.add(subnets.availability(network)));
                    }
                    return Reply.ok(object("network_ip_availabilities", lines));
                });
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
