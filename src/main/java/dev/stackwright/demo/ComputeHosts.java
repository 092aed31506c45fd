package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compute hosts as Nova shows them: services, hypervisors, zones. */
final class ComputeHosts {

    final Hosts hosts;
    private final Servers servers;

    ComputeHosts(Hosts hosts, Servers servers) {
        this.hosts = hosts;
        this.servers = servers;
    }

    boolean hostIsUp(String host) {
        return hosts.computeUp(host);
    }

    void hostRoutes(ComputeService service) {
        service.route(
                "GET",
                "/v2.1/os-services",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-services:list");
                    return Reply.ok(
                            object(
                                    "services",
                                    hosts.services().stream()
                                            .filter(each ->
                                                    call.query("host") == null
                                                            || each.host()
                                                                    .equals(call.query("host")))
                                            .filter(each ->
                                                    call.query("binary") == null
                                                            || each.binary()
                                                                    .equals(call.query("binary")))
                                            .map(each -> serviceView(call, each))
                                            .toList()));
                });
        service.route("PUT", "/v2.1/os-services/{}", this::updateService);
        service.route("GET", "/v2.1/os-hypervisors", call -> hypervisors(call, false));
        service.route("GET", "/v2.1/os-hypervisors/detail", call -> hypervisors(call, true));
        service.route("GET", "/v2.1/os-hypervisors/statistics", this::statistics);
        service.route(
                "GET",
                "/v2.1/os-hypervisors/{}",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-hypervisors:show");
                    for (Hosts.Host host : hosts.all()) {
                        if (host.nodeId().equals(call.name(0))
                                || String.valueOf(host.number()).equals(call.name(0))) {
                            return Reply.ok(
                                    object(
                                            "hypervisor",
                                            hypervisor(
                                                    call, host, true, servers.scheduler.loads())));
                        }
                    }
                    throw new Refusal(404, "Compute host " + call.name(0) + " could not be found.");
                });
        service.route(
                "GET",
                "/v2.1/os-availability-zone",
                call ->
                        Reply.ok(
                                object(
                                        "availabilityZoneInfo",
                                        array(
                                                object(
                                                        "zoneName",
                                                        "nova",
                                                        "zoneState",
                                                        object("available", true),
                                                        "hosts",
                                                        null)))));
        service.route("GET", "/v2.1/os-availability-zone/detail", this::zones);
        service.route(
                "GET",
                "/v2.1/os-aggregates",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-aggregates:index");
                    return Reply.ok(object("aggregates", array()));
                });
    }

    private ObjectNode serviceView(Call call, Hosts.NovaService each) {
        ObjectNode shown =
                object(
                        "binary",
                        each.binary(),
                        "host",
                        each.host(),
                        "id",
                        call.since(53) ? each.uuid() : each.number(),
                        "zone",
                        each.zone(),
                        "status",
                        hosts.enabled(each.uuid()) ? "enabled" : "disabled",
                        "state",
                        hosts.up(each) ? "up" : "down",
                        "updated_at",
                        World.stampWithMicros(hosts.lastSeen(each.binary(), each.host())),
                        "disabled_reason",
                        hosts.disabledReason(each.uuid()));
        return call.since(11) ? shown.put("forced_down", hosts.forcedDown(each.uuid())) : shown;
    }

    private Reply updateService(Call call) {
        Policy.COMPUTE.needAdmin(call, "os-services:update");
        for (Hosts.NovaService each : hosts.services()) {
            if (each.uuid().equals(call.name(0))) {
                ObjectNode asked = call.body();
                if (text(asked, "status").equals("disabled")) {
                    hosts.disable(each.uuid(), text(asked, "disabled_reason"));
                } else if (text(asked, "status").equals("enabled")) {
                    hosts.enable(each.uuid());
                }
                if (asked.has("forced_down")) {
                    hosts.forceDown(each.uuid(), Json.truth(asked, "forced_down", false));
                }
                return Reply.ok(object("service", serviceView(call, each)));
            }
        }
        throw new Refusal(404, "Compute service " + call.name(0) + " could not be found.");
    }

    private Reply hypervisors(Call call, boolean detailed) {
        Policy.COMPUTE.needAdmin(call, "os-hypervisors:" + (detailed ? "list-detail" : "list"));
        ArrayNode shown = array();
        Map<String, Scheduler.Load> loads = servers.scheduler.loads();
        String pattern = call.query("hypervisor_hostname_pattern");
        for (Hosts.Host host : hosts.all()) {
            if (pattern == null || host.name().contains(pattern)) {
                shown.add(hypervisor(call, host, detailed, loads));
            }
        }
        return Reply.ok(object("hypervisors", shown));
    }

    private ObjectNode hypervisor(
            Call call, Hosts.Host host, boolean detailed, Map<String, Scheduler.Load> loads) {
        ObjectNode shown =
                object(
                        "id",
                        call.since(53) ? host.nodeId() : host.number(),
                        "hypervisor_hostname",
                        host.name(),
                        "state",
                        hosts.computeUp(host.name()) ? "up" : "down",
                        "status",
                        hosts.enabled(host.serviceId()) ? "enabled" : "disabled");
        if (detailed) {
            shown.put("hypervisor_type", "QEMU")
                    .put("hypervisor_version", 8_002_002)
                    .put("host_ip", "192.0.2." + (10 + host.number() % 200));
            shown.set(
                    "service",
                    object(
                            "id",
                            call.since(53) ? host.serviceId() : host.number() + 2,
                            "host",
                            host.name(),
                            "disabled_reason",
                            hosts.disabledReason(host.serviceId())));
            if (call.since(88)) {
                shown.set(
                        "uptime",
                        Json.of(
                                hosts.computeUp(host.name())
                                        ? " 10:00:00 up 12 days,  3:04,  1 user,  load average:"
                                                + " 0.20, 0.30, 0.25"
                                        : null));
            } else {
                sizes(call, shown, host, loads);
            }
        }
        if (call.since(53) && call.asks("with_servers")) {
            ArrayNode on = shown.putArray("servers");
            servers.table().values().stream()
                    .filter(server -> text(server, "_host").equals(host.name()))
                    .forEach(server ->
                            on.add(
                                    object(
                                            "uuid",
                                            text(server, "id"),
                                            "name",
                                            "instance-%08x"
                                                    .formatted(
                                                            Json.number(server, "_number", 0)))));
        }
        return shown;
    }

    private void sizes(
            Call call, ObjectNode shown, Hosts.Host host, Map<String, Scheduler.Load> loads) {
        Scheduler.Load load = loads.getOrDefault(host.name(), Scheduler.Load.NONE);
        shown.put("vcpus", host.vcpus())
                .put("memory_mb", host.memoryMb())
                .put("local_gb", host.diskGb());
        shown.put("vcpus_used", load.vcpus())
                .put("memory_mb_used", load.memoryMb())
                .put("local_gb_used", load.diskGb());
        shown.put("free_ram_mb", host.memoryMb() - load.memoryMb())
                .put("free_disk_gb", host.diskGb() - load.diskGb());
        shown.put("current_workload", 0)
                .put("running_vms", load.servers())
                .put("disk_available_least", 0);
        ObjectNode cpu =
                object(
                        "arch",
                        "x86_64",
                        "model",
                        "EPYC",
                        "vendor",
                        "AMD",
                        "features",
                        array("pge", "clflush"),
                        "topology",
                        object("cores", 32, "threads", 2, "sockets", 1));
        shown.set("cpu_info", call.since(28) ? cpu : Json.of(cpu.toString()));
    }

    private Reply statistics(Call call) {
        Policy.COMPUTE.needAdmin(call, "os-hypervisors:statistics");
        Map<String, Scheduler.Load> loads = servers.scheduler.loads();
        ObjectNode sums = object("count", hosts.all().size());
        for (Hosts.Host host : hosts.all()) {
            ObjectNode one = object();
            sizes(call, one, host, loads);
            one.remove("cpu_info");
            for (Map.Entry<String, JsonNode> each : one.properties()) {
                sums.put(
                        each.getKey(),
                        Json.number(sums, each.getKey(), 0) + each.getValue().intValue());
            }
        }
        return Reply.ok(object("hypervisor_statistics", sums));
    }

    private Reply zones(Call call) {
        Policy.COMPUTE.needAdmin(call, "os-availability-zone:detail");
        ObjectNode internal = object();
        ObjectNode nova = object();
        for (Hosts.NovaService each : hosts.services()) {
            ObjectNode zone = each.zone().equals("nova") ? nova : internal;
            ObjectNode host =
                    zone.get(each.host()) instanceof ObjectNode known
                            ? known
                            : zone.putObject(each.host());
            host.set(
                    each.binary(),
                    object(
                            "available",
                            hosts.up(each),
                            "active",
                            hosts.enabled(each.uuid()),
                            "updated_at",
                            World.stampWithMicros(hosts.lastSeen(each.binary(), each.host()))));
        }
        return Reply.ok(
                object(
                        "availabilityZoneInfo",
                        array(
                                object(
                                        "zoneName",
                                        "internal",
                                        "zoneState",
                                        object("available", true),
                                        "hosts",
                                        internal),
                                object(
                                        "zoneName",
                                        "nova",
                                        "zoneState",
                                        object("available", true),
                                        "hosts",
                                        nova))));
    }
}
