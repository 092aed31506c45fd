package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** How much of each a project may have in Nova. */
final class ComputeQuotas {

    private static final Map<String, Integer> QUOTA = new LinkedHashMap<>();

    private static final List<String> BEFORE_36 =
            List.of("fixed_ips", "floating_ips", "security_groups", "security_group_rules");

    private static final List<String> BEFORE_57 =
            List.of("injected_files", "injected_file_content_bytes", "injected_file_path_bytes");

    static {
        QUOTA.put("cores", 20);
        QUOTA.put("fixed_ips", -1);
        QUOTA.put("floating_ips", -1);
        QUOTA.put("injected_file_content_bytes", 10240);
        QUOTA.put("injected_file_path_bytes", 255);
        QUOTA.put("injected_files", 5);
        QUOTA.put("instances", 10);
        QUOTA.put("key_pairs", 100);
        QUOTA.put("metadata_items", 128);
        QUOTA.put("ram", 51200);
        QUOTA.put("security_group_rules", -1);
        QUOTA.put("security_groups", -1);
        QUOTA.put("server_group_members", 10);
        QUOTA.put("server_groups", 10);
    }

    private final World world;
    private final Servers servers;
    private final Map<String, ObjectNode> groups;

    ComputeQuotas(World world, Servers servers) {
        this.world = world;
        this.servers = servers;
        this.groups = world.table("server_group");
    }

    private Map<String, Integer> quota(String project) {
        Map<String, Integer> limits = new LinkedHashMap<>(QUOTA);
        ObjectNode own = world.table("compute_quota").get(project);
        if (own != null) {
            limits.replaceAll((name, limit) -> Json.number(own, name, limit));
        }
        return limits;
    }

    void setQuota(String project, ObjectNode limits) {
        world.table("compute_quota").computeIfAbsent(project, key -> object()).setAll(limits);
    }

    private Map<String, Integer> used(String project) {
        Map<String, Integer> used = new TreeMap<>();
        for (ObjectNode server : servers.table().values()) {
            if (text(server, "tenant_id").equals(project)) {
                used.merge("instances", 1, Integer::sum);
                used.merge("cores", Json.number(server.path("_flavor"), "vcpus", 0), Integer::sum);
                used.merge("ram", Json.number(server.path("_flavor"), "ram", 0), Integer::sum);
            }
        }
        return used;
    }

    void checkQuota(String project, int instances, int cores, int ram) {
        Map<String, Integer> asked =
                new TreeMap<>(Map.of("instances", instances, "cores", cores, "ram", ram));
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        asked.entrySet()
                .removeIf(each -> {
                    int limit = limits.getOrDefault(each.getKey(), -1);
                    return each.getValue() == 0
                            || limit < 0
                            || used.getOrDefault(each.getKey(), 0) + each.getValue() <= limit;
                });
        if (!asked.isEmpty()) {
            throw new Refusal(
                    403,
                    "Quota exceeded for "
                            + String.join(", ", asked.keySet())
                            + ": Requested "
                            + joined(asked.values())
                            + ", but already used "
                            + joined(
                                    asked.keySet().stream()
                                            .map(name -> used.getOrDefault(name, 0))
                                            .toList())
                            + " of "
                            + joined(asked.keySet().stream().map(limits::get).toList())
                            + " "
                            + String.join(", ", asked.keySet()));
        }
    }

    private static String joined(Iterable<?> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(String.valueOf(item)));
        return String.join(", ", texts);
    }

    void quotaRoutes(ComputeService service) {
        String path = "/v2.1/os-quota-sets/{}";
        service.route(
                "GET",
                path,
                call -> {
                    seesQuota(call);
                    return Reply.ok(
                            object(
                                    "quota_set",
                                    quotaView(call, quota(call.name(0)), call.name(0))));
                });
        service.route(
                "GET",
                path + "/defaults",
                call -> Reply.ok(object("quota_set", quotaView(call, QUOTA, call.name(0)))));
        service.route(
                "GET",
                path + "/detail",
                call -> {
                    seesQuota(call);
                    Map<String, Integer> used = used(call.name(0));
                    ObjectNode lines = object("id", call.name(0));
                    quotaView(call, quota(call.name(0)), "")
                            .properties()
                            .forEach(line -> {
                                if (!line.getKey().equals("id")) {
                                    lines.set(
                                            line.getKey(),
                                            object(
                                                    "limit",
                                                    line.getValue(),
                                                    "in_use",
                                                    used.getOrDefault(line.getKey(), 0),
                                                    "reserved",
                                                    0));
                                }
                            });
                    return Reply.ok(object("quota_set", lines));
                });
        service.route(
                "PUT",
                path,
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-quota-sets:update");
                    setQuota(call.name(0), call.body("quota_set"));
                    return Reply.ok(object("quota_set", quotaView(call, quota(call.name(0)), "")));
                });
        service.route(
                "DELETE",
                path,
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-quota-sets:delete");
                    world.table("compute_quota").remove(call.name(0));
                    return Reply.empty(202);
                });
        service.route(
                "GET",
                "/v2.1/os-quota-class-sets/{}",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-quota-class-sets:show");
                    return Reply.ok(
                            object("quota_class_set", quotaView(call, QUOTA, call.name(0))));
                });
        service.route(
                "GET",
                "/v2.1/limits",
                call -> {
                    String asked = call.query("tenant_id");
                    String project = asked == null ? call.grant().project() : asked;
                    if (!call.grant().sees(project)) {
                        throw Policy.COMPUTE.disallowed("limits:other_project");
                    }
                    return Reply.ok(
                            object(
                                    "limits",
                                    object("rate", array(), "absolute", limits(call, project))));
                });
    }

    private void seesQuota(Call call) {
        if (!world.table("project").containsKey(call.name(0))) {
            throw new Refusal(400, "Project ID " + call.name(0) + " is not a valid project.");
        }
        if (!call.grant().sees(call.name(0))) {
            throw Policy.COMPUTE.disallowed("os-quota-sets:show");
        }
    }

    private static ObjectNode quotaView(Call call, Map<String, Integer> limits, String id) {
        ObjectNode shown = object();
        if (!id.isEmpty()) {
            shown.put("id", id);
        }
        limits.forEach((name, limit) -> {
            if (!(call.since(36) && BEFORE_36.contains(name))
                    && !(call.since(57) && BEFORE_57.contains(name))) {
                shown.put(name, limit);
            }
        });
        return shown;
    }

    private ObjectNode limits(Call call, String project) {
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        ObjectNode absolute =
                object(
                        "maxTotalInstances",
                        limits.get("instances"),
                        "maxTotalCores",
                        limits.get("cores"),
                        "maxTotalRAMSize",
                        limits.get("ram"),
                        "maxServerMeta",
                        limits.get("metadata_items"),
                        "maxTotalKeypairs",
                        limits.get("key_pairs"),
                        "maxServerGroups",
                        limits.get("server_groups"),
                        "maxServerGroupMembers",
                        limits.get("server_group_members"),
                        "totalRAMUsed",
                        used.getOrDefault("ram", 0),
                        "totalCoresUsed",
                        used.getOrDefault("cores", 0),
                        "totalInstancesUsed",
                        used.getOrDefault("instances", 0),
                        "totalServerGroupsUsed",
                        (int)
                                groups.values().stream()
                                        .filter(group -> text(group, "project_id").equals(project))
                                        .count());
        if (!call.since(57)) {
            absolute.put("maxPersonality", 5).put("maxPersonalitySize", 10240);
        }
        if (!call.since(39)) {
            absolute.put("maxImageMeta", 128);
        }
        if (!call.since(36)) {
            absolute.put("maxTotalFloatingIps", -1)
                    .put("maxSecurityGroups", -1)
                    .put("maxSecurityGroupRules", -1);
            absolute.put("totalFloatingIpsUsed", 0).put("totalSecurityGroupsUsed", 0);
        }
        return absolute;
    }
}
