package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of each a project may have in Neutron. */
final class NetworkQuotas {

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

    private final World world;
    private final NetworkDocuments documents;

    NetworkQuotas(World world, NetworkDocuments documents) {
        this.world = world;
        this.documents = documents;
    }

    void checkQuota(String project, NetworkKind kind, int more) {
        if (!QUOTA.containsKey(kind.one()) || project.isEmpty()) {
            return;
        }
        int limit = quota(project).getOrDefault(kind.one(), -1);
        if (limit >= 0 && documents.usedBy(project, kind.one()) + more > limit) {
            throw new Refusal(
                    409, "OverQuota", "Quota exceeded for resources: ['" + kind.one() + "'].");
        }
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

    void quotaRoutes(Service service) {
        service.route(
                "GET",
                "/v2.0/quotas",
                call -> {
                    if (!call.grant().admin()) {
                        throw NetworkDocuments.disallowed("get_quota");
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
        service.route(
                "GET",
                "/v2.0/quotas/{}",
                call -> {
                    seesQuota(call, "get_quota");
                    return Reply.ok(object("quota", quota(call.name(0))));
                });
        service.route("GET", "/v2.0/quotas/{}/default", call -> Reply.ok(object("quota", QUOTA)));
        for (String details : List.of("details", "details.json")) {
            service.route(
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
                                                        documents.usedBy(call.name(0), name),
                                                        "reserved",
                                                        0)));
                        return Reply.ok(object("quota", lines));
                    });
        }
        service.route(
                "PUT",
                "/v2.0/quotas/{}",
                call -> {
                    if (!call.grant().admin()) {
                        throw NetworkDocuments.disallowed("update_quota");
                    }
                    setQuota(call.name(0), call.body("quota"));
                    return Reply.ok(object("quota", quota(call.name(0))));
                });
        service.route(
                "DELETE",
                "/v2.0/quotas/{}",
                call -> {
                    if (!call.grant().admin()) {
                        throw NetworkDocuments.disallowed("delete_quota");
                    }
                    world.table("network_quota").remove(call.name(0));
                    return Reply.empty(204);
                });
    }

    private static void seesQuota(Call call, String rule) {
        if (!call.grant().sees(call.name(0))) {
            throw NetworkDocuments.disallowed(rule);
        }
    }
}
