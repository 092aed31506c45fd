package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cinder v3: volumes, snapshots, types, quotas. */
final class VolumeService extends Service {

    private final Map<String, ObjectNode> volumes;

    private final Map<String, ObjectNode> types;

    final VolumeQuotas quotas;
    final VolumeTypes kinds;
    final VolumeLife life;
    final VolumeView shows;
    final VolumeList lists;
    final Snapshots copies;
    final VolumeRoutes routes;

    VolumeService(String base, World world, Bus bus) {
        super("volume", base, world);
        quotas = new VolumeQuotas(world);
        kinds = new VolumeTypes(world);
        life = new VolumeLife(world, bus, kinds, quotas);
        shows = new VolumeView(world, base, kinds);
        lists = new VolumeList(world, base, shows);
        copies = new Snapshots(world, bus, life, lists);
        routes = new VolumeRoutes(world, copies, kinds, life, lists, quotas, shows);
        volumes = world.table("volume");
        types = world.table("volume_type");
        openRoute("GET", "/", call -> Reply.of(300, object("versions", array(version()))));
        route("GET", "/v3", call -> Reply.ok(object("versions", array(version()))));
        routes.volumeRoutes(this);
        copies.snapshotRoutes(this);
        kinds.typeRoutes(this);
        quotas.quotaRoutes(this);
        smallRoutes();
        world.on("volume.created", (id, plan) -> life.created(id, plan));
        world.on("volume.deleted", (id, plan) -> life.deleted(id, plan));
        world.on("volume.extended", (id, plan) -> life.extended(id, plan));
        world.on("volume.retyped", (id, plan) -> life.status(id, text(plan, "status")));
        world.on("snapshot.created", (id, plan) -> copies.snapshotCreated(id, plan));
        world.on("snapshot.deleted", (id, plan) -> copies.snapshotDeleted(id, plan));
    }

    static final String P = "/v3/{}";

    @Override
    void negotiate(Call call) {
        call.minor(minorOf(call.header("OpenStack-API-Version"), "volume", 0, 3, 70, 0));
    }

    private void smallRoutes() {
        route(
                "GET",
                P + "/os-services",
                call -> {
                    Policy.VOLUME.needAdmin(call, "volume_extension:services:index");
                    ArrayNode services = array();
                    for (String binary :
                            List.of(
                                    "cinder-scheduler storage1",
                                    "cinder-volume storage1@fast",
                                    "cinder-volume storage1@slow",
                                    "cinder-backup storage1")) {
                        String[] parts = binary.split(" ");
                        ObjectNode service =
                                object(
                                        "binary",
                                        parts[0],
                                        "host",
                                        parts[1],
                                        "zone",
                                        "nova",
                                        "status",
                                        "enabled",
                                        "state",
                                        "up",
                                        "updated_at",
                                        World.stampWithMicros(
                                                Instant.ofEpochSecond(
                                                        world.now().getEpochSecond() / 10 * 10)),
                                        "disabled_reason",
                                        null);
                        if (call.since(7)) {
                            service.putNull("cluster");
                        }
                        if (parts[0].equals("cinder-volume")) {
                            if (call.since(49)) {
                                service.put("backend_state", "up");
                            }
                            service.put("replication_status", "disabled")
                                    .putNull("active_backend_id")
                                    .put("frozen", false);
                        }
                        services.add(service);
                    }
                    return Reply.ok(object("services", services));
                });
        route(
                "GET",
                P + "/os-availability-zone",
                call ->
                        Reply.ok(
                                object(
                                        "availabilityZoneInfo",
                                        array(
                                                object(
                                                        "zoneName",
                                                        "nova",
                                                        "zoneState",
                                                        object("available", true))))));
        route(
                "GET",
                P + "/scheduler-stats/get_pools",
                call -> {
                    Policy.VOLUME.needAdmin(call, "scheduler_extension:scheduler_stats:get_pools");
                    ArrayNode pools = array();
                    for (String backend : List.of("fast", "slow")) {
                        pools.add(pool(backend, call.asks("detail")));
                    }
                    return Reply.ok(object("pools", pools));
                });
        for (String name :
                List.of("backups", "groups", "group_snapshots", "attachments", "messages")) {
            route("GET", P + "/" + name, call -> Reply.ok(object(name, array())));
            route("GET", P + "/" + name + "/detail", call -> Reply.ok(object(name, array())));
            if (name.equals("backups")) {
                route("GET", P + "/" + name + "/{}", VolumeService::noBackup);
                route("DELETE", P + "/" + name + "/{}", VolumeService::noBackup);
            }
        }
        for (String path :
                List.of(
                        "/os-volume-transfer",
                        "/os-volume-transfer/detail",
                        "/volume-transfers",
                        "/volume-transfers/detail")) {
            route("GET", P + path, call -> Reply.ok(object("transfers", array())));
        }
        route("GET", P + "/extensions", call -> Reply.ok(object("extensions", array())));
        route(
                "GET",
                P + "/qos-specs",
                call -> {
                    Policy.VOLUME.needAdmin(call, "volume_extension:qos_specs_manage:get_all");
                    return Reply.ok(object("qos_specs", array()));
                });
    }

    private static Reply noBackup(Call call) {
        throw new Refusal(404, "Backup " + call.name(1) + " could not be found.");
    }

    private ObjectNode pool(String backend, boolean detail) {
        String host = "storage1@" + backend + "#" + backend;
        int size = 0;
        int count = 0;
        for (ObjectNode volume : volumes.values()) {
            if (text(volume, "_host").equals(host)) {
                size += Json.number(volume, "size", 0);
                count++;
            }
        }
        ObjectNode pool = object("name", host);
        if (detail) {
            pool.set(
                    "capabilities",
                    object(
                            "pool_name",
                            backend,
                            "total_capacity_gb",
                            20_000,
                            "free_capacity_gb",
                            20_000.0 - size,
                            "provisioned_capacity_gb",
                            (double) size,
                            "allocated_capacity_gb",
                            size,
                            "max_over_subscription_ratio",
                            "20.0",
                            "reserved_percentage",
                            0,
                            "thin_provisioning_support",
                            true,
                            "thick_provisioning_support",
                            false,
                            "multiattach",
                            true,
                            "QoS_support",
                            false,
                            "online_extend_support",
                            true,
                            "backend_state",
                            "up",
                            "total_volumes",
                            count,
                            "filter_function",
                            null,
                            "goodness_function",
                            null,
                            "volume_backend_name",
                            backend,
                            "storage_protocol",
                            "local",
                            "vendor_name",
                            "Open Source",
                            "driver_version",
                            "1.0.0",
                            "timestamp",
                            world.stampWithMicros()));
        }
        return pool;
    }

    private ObjectNode version() {
        return object(
                "id",
                "v3.0",
                "status",
                "CURRENT",
                "version",
                "3.70",
                "min_version",
                "3.0",
                "updated",
                "2022-08-31T00:00:00Z",
                "links",
                array(
                        object(
                                "rel",
                                "describedby",
                                "type",
                                "text/html",
                                "href",
                                "https://docs.openstack.org/"),
                        object("rel", "self", "href", base + "/v3/")),
                "media-types",
                array(
                        object(
                                "base",
                                "application/json",
                                "type",
                                "application/vnd.openstack.volume+json;version=3")));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        Reply reply = namedFault(refusal);
        if (refusal.status() == 413 && reply.body() != null) {
            ((ObjectNode) reply.body().path("overLimit")).put("retryAfter", "0");
            return reply.with("Retry-After", "0");
        }
        return reply;
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
                "volume 3." + call.minor(),
                "Vary",
                "OpenStack-API-Version");
    }
}
