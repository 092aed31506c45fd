package dev.stackwright.demo;

import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which host a new server goes to. */
final class Scheduler {

    record Load(int servers, int vcpus, int memoryMb, int diskGb) {

        static final Load NONE = new Load(0, 0, 0, 0);

        Load and(Load other) {
            return new Load(
                    servers + other.servers,
                    vcpus + other.vcpus,
                    memoryMb + other.memoryMb,
                    diskGb + other.diskGb);
        }
    }

    private final Hosts hosts;
    private final Map<String, ObjectNode> servers;
    private int turn = 0;

    Scheduler(World world, Hosts hosts) {
        this.hosts = hosts;
        this.servers = world.table("server");
    }

    Hosts.@Nullable Host pick(ObjectNode server, String wanted) {
        List<Hosts.Host> fitting = new ArrayList<>();
        JsonNode flavor = server.path("_flavor");
        Map<String, Load> loads = loads();
        for (Hosts.Host host : hosts.all()) {
            Load load = loads.getOrDefault(host.name(), Load.NONE);
            if (hosts.schedulable(host)
                    && (wanted.isEmpty() || wanted.equals(host.name()))
                    && load.vcpus() + Json.number(flavor, "vcpus", 1) <= host.vcpus() * 4
                    && load.memoryMb() + Json.number(flavor, "ram", 0) <= host.memoryMb()
                    && load.diskGb() + Json.number(flavor, "disk", 0) <= host.diskGb()) {
                fitting.add(host);
            }
        }
        return fitting.isEmpty() ? null : fitting.get(turn++ % fitting.size());
    }

    /** What each host carries. */
    Map<String, Load> loads() {
        Map<String, Load> loads = new HashMap<>();
        for (ObjectNode server : servers.values()) {
            String host = text(server, "_host");
            if (!host.isEmpty()) {
                JsonNode flavor = server.path("_flavor");
                Load one =
                        new Load(
                                1,
                                Json.number(flavor, "vcpus", 0),
                                Json.number(flavor, "ram", 0),
                                Json.number(flavor, "disk", 0));
                loads.merge(host, one, Load::and);
            }
        }
        return loads;
    }

    Hosts.@Nullable Host pickOther(ObjectNode server) {
        String here = text(server, "_host");
        Hosts.Host first = pick(server, "");
        for (int i = 0; first != null && first.name().equals(here) && i < 8; i++) {
            first = pick(server, "");
        }
        return first;
    }
}
