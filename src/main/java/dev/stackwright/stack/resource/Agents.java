package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import java.util.LinkedHashSet;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which agents serve a network or a router; only administrators may say so. */
enum Agents {
    DHCP("/networks/{}/dhcp-agents", "/agents/{}/dhcp-networks", "network_id"),
    ROUTING("/routers/{}/l3-agents", "/agents/{}/l3-routers", "router_id");

    private final String serving;
    private final String served;
    private final String key;

    Agents(String serving, String served, String key) {
        this.serving = serving;
        this.served = served;
        this.key = key;
    }

    /** Exactly those serve it afterwards; with none named, Neutron decides. */
    void bring(Work work, JsonNode wanted) {
        if (!wanted.isArray() || wanted.isEmpty()) {
            return;
        }
        var there = new LinkedHashSet<String>();
        work.list(Request.get(Service.NETWORK, serving, work.physicalId()), "agents")
                .forEach(agent -> there.add(agent.path("id").asString()));
        var surplus = new LinkedHashSet<>(there);
        for (var agent : wanted) {
            surplus.remove(agent.asString());
        }
        // A router has one agent most often: the old one makes room.
        for (var agent : surplus) {
            work.drop(
                    "leave " + agent,
                    Request.delete(Service.NETWORK, served + "/{}", agent, work.physicalId()));
        }
        for (var agent : wanted) {
            if (!there.contains(agent.asString())) {
                join(work, agent.asString());
            }
        }
    }

    private void join(Work work, String agent) {
        try {
            work.change(
                    "join " + agent,
                    Request.post(Service.NETWORK, served, agent)
                            .body(Map.of(key, work.physicalId())));
        } catch (ChangeRefused e) {
            // The scheduler was quicker.
            if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)) {
                throw e;
            }
        }
    }
}
