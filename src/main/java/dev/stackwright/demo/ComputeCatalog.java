package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Nova knows beside servers: flavors, key pairs, quotas, server groups, hosts and services.
 */
final class ComputeCatalog {

    private final World world;

    final ComputeHosts computeHosts;
    final ComputeQuotas quotas;
    final Flavors kinds;
    final ServerGroups serverGroups;
    final Keypairs keys;

    ComputeCatalog(String base, World world, Bus bus, Hosts hosts, Servers servers) {
        computeHosts = new ComputeHosts(hosts, servers);
        quotas = new ComputeQuotas(world, servers);
        kinds = new Flavors(base, world);
        serverGroups = new ServerGroups(world);
        keys = new Keypairs(world, bus, base);
        this.world = world;
    }

    void addTo(ComputeService service) {
        kinds.flavorRoutes(service);
        keys.keypairRoutes(service);
        serverGroups.groupRoutes(service);
        quotas.quotaRoutes(service);
        computeHosts.hostRoutes(service);
        service.route("GET", "/v2.1/extensions", call -> Reply.ok(object("extensions", array())));
        service.route(
                "GET",
                "/v2.1/os-migrations",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-migrations:index");
                    return Reply.ok(object("migrations", array()));
                });
        service.route(
                "GET",
                "/v2.1/os-simple-tenant-usage/{}",
                call -> Reply.ok(object("tenant_usage", object())));
        service.route(
                "GET",
                "/v2.1/os-simple-tenant-usage",
                call -> Reply.ok(object("tenant_usages", array())));
    }

    static Page page(
            Call call, List<ObjectNode> found, String key, Function<String, Refusal> missing) {
        String limit = call.query("limit");
        int most = limit == null || limit.isEmpty() ? 1000 : Integer.parseInt(limit);
        return Page.of(found, key, call.query("marker"), most, missing);
    }

    static ArrayNode next(String base, Call call, String marker) {
        return array(object("rel", "next", "href", base + Page.next(call, marker)));
    }
}
