package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How much of each a project may have in Cinder. */
final class VolumeQuotas {

    private final World world;
    private final Map<String, ObjectNode> volumes;
    private final Map<String, ObjectNode> snapshots;
    private final Map<String, ObjectNode> types;

    VolumeQuotas(World world) {
        this.world = world;
        this.volumes = world.table("volume");
        this.snapshots = world.table("snapshot");
        this.types = world.table("volume_type");
    }

    void checkQuota(String project, int gigabytes) {
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        int most = limits.getOrDefault("gigabytes", 1000);
        if (most >= 0 && used.getOrDefault("gigabytes", 0) + gigabytes > most) {
            throw new Refusal(
                    413,
                    "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed"
                            + " gigabytes quota. Requested "
                            + gigabytes
                            + "G, quota is "
                            + most
                            + "G and "
                            + used.getOrDefault("gigabytes", 0)
                            + "G has been consumed.");
        }
        int count = limits.getOrDefault("volumes", 10);
        if (count >= 0 && used.getOrDefault("volumes", 0) + 1 > count) {
            throw new Refusal(
                    413,
                    "VolumeLimitExceeded: Maximum number of volumes allowed ("
                            + count
                            + ") exceeded for quota 'volumes'.");
        }
    }

    private Map<String, Integer> quota(String project) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put("volumes", 10);
        limits.put("per_volume_gigabytes", -1);
        limits.put("snapshots", 10);
        limits.put("gigabytes", 1000);
        limits.put("backups", 10);
        limits.put("backup_gigabytes", 1000);
        for (ObjectNode type : types.values()) {
            for (String resource : List.of("volumes_", "gigabytes_", "snapshots_")) {
                limits.put(resource + text(type, "name"), -1);
            }
        }
        limits.put("groups", 10);
        ObjectNode own = world.table("volume_quota").get(project);
        if (own != null) {
            limits.replaceAll((name, limit) -> Json.number(own, name, limit));
        }
        return limits;
    }

    void setQuota(String project, ObjectNode limits) {
        world.table("volume_quota").computeIfAbsent(project, key -> object()).setAll(limits);
    }

    private Map<String, Integer> used(String project) {
        Map<String, Integer> used = new LinkedHashMap<>();
        for (ObjectNode volume : volumes.values()) {
            if (text(volume, "_project").equals(project)) {
                int size = Json.number(volume, "size", 0);
                used.merge("volumes", 1, Integer::sum);
                used.merge("gigabytes", size, Integer::sum);
                used.merge("volumes_" + text(volume, "volume_type"), 1, Integer::sum);
                used.merge("gigabytes_" + text(volume, "volume_type"), size, Integer::sum);
            }
        }
        for (ObjectNode snapshot : snapshots.values()) {
            if (text(snapshot, "_project").equals(project)) {
                used.merge("snapshots", 1, Integer::sum);
                used.merge("gigabytes", Json.number(snapshot, "size", 0), Integer::sum);
            }
        }
        return used;
    }

    void quotaRoutes(Service service) {
        service.route(
                "GET",
                VolumeService.P + "/os-quota-sets/{}",
                call -> {
                    String project = call.name(1);
                    if (!call.grant().sees(project)) {
                        throw new Refusal(
                                403,
                                "Policy doesn't allow volume_extension:quotas:show to be"
                                        + " performed.");
                    }
                    Map<String, Integer> limits = quota(project);
                    ObjectNode set = object();
                    if (call.asks("usage")) {
                        Map<String, Integer> used = used(project);
                        limits.forEach((name, limit) ->
                                set.set(
                                        name,
                                        object(
                                                "limit",
                                                limit,
                                                "in_use",
                                                used.getOrDefault(name, 0),
                                                "reserved",
                                                0)));
                    } else {
                        limits.forEach((name, limit) -> set.put(name, limit));
                    }
                    return Reply.ok(object("quota_set", set.put("id", project)));
                });
        service.route(
                "GET",
                VolumeService.P + "/os-quota-sets/{}/defaults",
                call ->
                        Reply.ok(
                                object(
                                        "quota_set",
                                        ((ObjectNode) Json.of(quota("")))
                                                .put("id", call.name(1)))));
        service.route(
                "PUT",
                VolumeService.P + "/os-quota-sets/{}",
                call -> {
                    Policy.VOLUME.needAdmin(call, "volume_extension:quotas:update");
                    setQuota(call.name(1), call.body("quota_set"));
                    return Reply.ok(object("quota_set", quota(call.name(1))));
                });
        service.route(
                "GET",
                VolumeService.P + "/os-quota-class-sets/{}",
                call -> {
                    Policy.VOLUME.needAdmin(call, "volume_extension:quota_classes:get");
                    return Reply.ok(
                            object(
                                    "quota_class_set",
                                    ((ObjectNode) Json.of(quota(""))).put("id", call.name(1))));
                });
        service.route(
                "GET",
                VolumeService.P + "/limits",
                call -> {
                    String project =
                            call.grant().admin() && call.query("project_id") != null
                                    ? String.valueOf(call.query("project_id"))
                                    : call.grant().project();
                    Map<String, Integer> limits = quota(project);
                    Map<String, Integer> used = used(project);
                    return Reply.ok(
                            object(
                                    "limits",
                                    object(
                                            "rate",
                                            array(),
                                            "absolute",
                                            object(
                                                    "maxTotalVolumes",
                                                    limits.get("volumes"),
                                                    "maxTotalSnapshots",
                                                    limits.get("snapshots"),
                                                    "maxTotalVolumeGigabytes",
                                                    limits.get("gigabytes"),
                                                    "maxTotalBackups",
                                                    limits.get("backups"),
                                                    "maxTotalBackupGigabytes",
                                                    limits.get("backup_gigabytes"),
                                                    "totalVolumesUsed",
                                                    used.getOrDefault("volumes", 0),
                                                    "totalGigabytesUsed",
                                                    used.getOrDefault("gigabytes", 0),
                                                    "totalSnapshotsUsed",
                                                    used.getOrDefault("snapshots", 0),
                                                    "totalBackupsUsed",
                                                    0,
                                                    "totalBackupGigabytesUsed",
                                                    0))));
                });
    }
}
