package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The machines of the demo cloud, what runs on them and when each was last heard of. */
final class Hosts {

    static final Duration HEARTBEAT = Duration.ofSeconds(10);
    static final Duration DOWN_AFTER = Duration.ofSeconds(60);

    /** A machine that runs servers. */
    record Host(String name, int number, int vcpus, int memoryMb, int diskGb) {

        String serviceId() {
            return World.idOf("service nova-compute " + name);
        }

        String nodeId() {
            return World.idOf("node " + name);
        }
    }

    /** One of Nova's services. */
    record NovaService(int number, String binary, String host, String zone) {

        String uuid() {
            return World.idOf("service " + binary + " " + host);
        }
    }

    private final World world;
    private final DemoFaults faults;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final List<NovaService> services = new ArrayList<>();
    private final Map<String, String> disabled = new LinkedHashMap<>();
    private final Map<String, Boolean> forcedDown = new LinkedHashMap<>();

    Hosts(World world, DemoFaults faults, int count) {
        this.world = world;
        this.faults = faults;
        services.add(new NovaService(1, "nova-scheduler", "control1", "internal"));
        services.add(new NovaService(2, "nova-conductor", "control1", "internal"));
        for (int i = 1; i <= count; i++) {
            Host host = new Host("compute" + i, i, 64, 131_072, 2000);
            hosts.put(host.name(), host);
            services.add(new NovaService(i + 2, "nova-compute", host.name(), "nova"));
        }
    }

    List<Host> all() {
        return List.copyOf(hosts.values());
    }

    @Nullable Host find(String name) {
        return hosts.get(name);
    }

    List<NovaService> services() {
        return services;
    }

    void disable(String service, String reason) {
        disabled.put(service, reason);
    }

    void enable(String service) {
        disabled.remove(service);
    }

    void forceDown(String service, boolean down) {
        forcedDown.put(service, down);
    }

    ObjectNode written() {
        return object("disabled", disabled, "forced_down", forcedDown);
    }

    void read(JsonNode written) {
        disabled.clear();
        forcedDown.clear();
        written.path("disabled")
                .properties()
                .forEach(each -> disabled.put(each.getKey(), each.getValue().asString("")));
        written.path("forced_down")
                .properties()
                .forEach(each -> forcedDown.put(each.getKey(), each.getValue().asBoolean(false)));
    }

    boolean forcedDown(String service) {
        return forcedDown.getOrDefault(service, false);
    }

    boolean enabled(String service) {
        return !disabled.containsKey(service);
    }

    @Nullable String disabledReason(String service) {
        return disabled.get(service);
    }

    /** When the service last reported: a moment ago, or when it fell silent. */
    Instant lastSeen(String binary, String host) {
        Instant silent =
                switch (binary) {
                    case "nova-compute" -> faults.silentSince(host);
                    case "nova-scheduler" -> faults.schedulerSilentSince();
                    default -> faults.deadSince(host);
                };
        Instant until = silent != null && silent.isBefore(world.now()) ? silent : world.now();
        long beat = HEARTBEAT.toSeconds();
        return Instant.ofEpochSecond(until.getEpochSecond() / beat * beat);
    }

    boolean up(NovaService service) {
        return !forcedDown(service.uuid())
                && Duration.between(lastSeen(service.binary(), service.host()), world.now())
                                .compareTo(DOWN_AFTER)
                        <= 0;
    }

    boolean computeUp(String host) {
        for (NovaService service : services) {
            if (service.binary().equals("nova-compute") && service.host().equals(host)) {
                return up(service);
            }
        }
        return false;
    }

    boolean silent(String host) {
        return faults.silentSince(host) != null;
    }

    boolean schedulerSilent() {
        return faults.schedulerSilentSince() != null;
    }

    boolean schedulable(Host host) {
        return enabled(host.serviceId()) && computeUp(host.name());
    }

    ArrayNode networkAgents() {
        ArrayNode agents = array();
        for (Host host : hosts.values()) {
            agents.add(
                    agent(
                            "Open vSwitch agent",
                            "neutron-openvswitch-agent",
                            "N/A",
                            host.name(),
                            null));
        }
        agents.add(
                agent("Open vSwitch agent", "neutron-openvswitch-agent", "N/A", "network1", null));
        agents.add(agent("DHCP agent", "neutron-dhcp-agent", "dhcp_agent", "network1", "nova"));
        agents.add(agent("L3 agent", "neutron-l3-agent", "l3_agent", "network1", "nova"));
        agents.add(agent("Metadata agent", "neutron-metadata-agent", "N/A", "network1", null));
        return agents;
    }

    private ObjectNode agent(
            String type, String binary, String topic, String host, @Nullable String zone) {
        String beat = World.stampWithSpace(lastSeen(binary, host)).substring(0, 19);
        return object(
                "id",
                World.idOf(binary + host),
                "agent_type",
                type,
                "binary",
                binary,
                "topic",
                topic,
                "host",
                host,
                "admin_state_up",
                true,
                "created_at",
                "2026-01-05 08:00:00",
                "started_at",
                "2026-01-05 08:00:00",
                "heartbeat_timestamp",
                beat,
                "description",
                null,
                "resources_synced",
                null,
                "availability_zone",
                zone,
                "alive",
                Duration.between(lastSeen(binary, host), world.now()).compareTo(DOWN_AFTER) <= 0,
                "configurations",
                object(
                        "log_agent_heartbeats",
                        false,
                        "devices",
                        0,
                        "tunnel_types",
                        array("vxlan")));
    }
}
