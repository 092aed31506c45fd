package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Service;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What Neutron has: each type is a line of data, and a few lines of code where it is odd. */
final class NetworkResources {

    private NetworkResources() {}

    static List<ResourceHandler> all() {
        return List.of(
                new RestHandler(
                        data("Net", "networks")
                                .renamed("qos_policy", "qos_policy_id")
                                .resolved("qos_policy", "qos_policy")
                                .left("dhcp_agent_ids")
                                .onlyTrue("shared")) {
                    @Override
                    void finish(Work work) {
                        super.finish(work);
                        Agents.DHCP.bring(work, work.json("dhcp_agent_ids"));
                    }

                    @Override
                    void finishChange(Work work) {
                        if (work.changed().containsKey("dhcp_agent_ids")) {
                            Agents.DHCP.bring(work, work.json("dhcp_agent_ids"));
                        }
                    }
                },
                new RestHandler(
                        data("Subnet", "subnets")
                                .renamed(
                                        "network", "network_id",
                                        "subnetpool", "subnetpool_id",
                                        "segment", "segment_id")
                                .resolved("network", "network", "subnetpool", "subnetpool")
                                .left("network_id", "gateway_ip")) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        orOldName(work, body, "network_id", "network_id", "network");
                        gateway(work, body);
                    }

                    @Override
                    void alsoChanged(Work work, ObjectNode changes) {
                        if (work.changed().containsKey("gateway_ip")) {
                            gateway(work, changes);
                        }
                    }
                },
                new RestHandler(
                        data("Router", "routers")
                                .left("external_gateway_info", "l3_agent_id", "l3_agent_ids")) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        var gateway = work.json("external_gateway_info");
                        if (gateway.isObject() && !gateway.isEmpty()) {
                            body.set("external_gateway_info", outside(work, gateway));
                        }
                    }

                    @Override
                    void finish(Work work) {
                        super.finish(work);
                        Agents.ROUTING.bring(work, routingAgents(work));
                    }

                    @Override
                    void finishChange(Work work) {
                        if (work.changed().containsKey("l3_agent_ids")
                                || work.changed().containsKey("l3_agent_id")) {
                            Agents.ROUTING.bring(work, routingAgents(work));
                        }
                    }

                    @Override
                    void alsoChanged(Work work, ObjectNode changes) {
                        var gateway = work.changed().get("external_gateway_info");
                        if (gateway != null) {
                            changes.set("external_gateway_info", outside(work, gateway));
                        }
                    }
                },
                new PortHandler(),
                new SecurityGroupHandler(),
                new RestHandler(
                        data("SecurityGroupRule", "security-group-rules")
                                .renamed(
                                        "security_group", "security_group_id",
                                        "remote_group", "remote_group_id")
                                .resolved(
                                        "security_group", "security_group",
                                        "remote_group", "security_group")
                                .left("description")
                                .unnamed()) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        if (body.path("protocol").asString("").equals("any")) {
                            body.remove("protocol");
                        }
                    }

                    @Override
                    void finish(Work work) {
                        // Neutron cannot change a rule; its description stays the mark.
                    }
                },
                new RestHandler(
                        data("FloatingIP", "floatingips")
                                .renamed(
                                        "floating_network", "floating_network_id",
                                        "floating_subnet", "subnet_id")
                                .resolved(
                                        "floating_network", "network",
                                        "floating_subnet", "subnet")
                                .left("floating_network_id")
                                .unnamed()) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        orOldName(
                                work,
                                body,
                                "floating_network_id",
                                "floating_network_id",
                                "network");
                    }
                },
                new RouterInterfaceHandler(),
                new FloatingIpAssociationHandler(),
                new TrunkHandler(),
                QuotaHandler.NETWORK);
    }

    /** Those without any oddity. */
    static List<ResourceHandler> plain() {
        return Stream.of(
                        data("ProviderNet", "networks")
                                .renamed(
                                        "network_type", "provider:network_type",
                                        "physical_network", "provider:physical_network",
                                        "segmentation_id", "provider:segmentation_id",
                                        "router_external", "router:external"),
                        data("SubnetPool", "subnetpools")
                                .refers("address_scope", "address_scope")
                                .onlyTrue("shared", "is_default"),
                        data("AddressScope", "address-scopes").unmarked().onlyTrue("shared"),
                        RestType.of(
                                        "OS::Neutron::QoSPolicy",
                                        Service.NETWORK,
                                        "/qos/policies",
                                        "policy",
                                        "policies")
                                .onlyTrue("shared"),
                        rule("QoSBandwidthLimitRule", "bandwidth_limit_rules"),
                        rule("QoSDscpMarkingRule", "dscp_marking_rules"),
                        rule("QoSMinimumBandwidthRule", "minimum_bandwidth_rules"),
                        rule("QoSMinimumPacketRateRule", "minimum_packet_rate_rules"),
                        data("RBACPolicy", "rbac-policies").unnamed().unmarked(),
                        data("Segment", "segments").refers("network", "network"),
                        data("MeteringLabel", "metering/metering-labels")
                                .unmarked()
                                .onlyTrue("shared"),
                        data("MeteringRule", "metering/metering-label-rules").unnamed().unmarked(),
                        data("FloatingIPPortForward", "floatingips/{floating_ip}/port_forwardings")
                                .unnamed()
                                .unmarked()
                                .left("floating_ip")
                                .resolved("floating_ip", "floating_ip", "internal_port", "port")
                                .renamed(
                                        "internal_port", "internal_port_id",
                                        "internal_port_number", "internal_port"))
                .<ResourceHandler>map(RestHandler::new)
                .toList();
    }

    private static RestType rule(String type, String collection) {
        return data(type, "qos/policies/{policy}/" + collection)
                .unnamed()
                .unmarked()
                .left("policy", "tenant_id")
                .resolved("policy", "qos_policy");
    }

    private static JsonNode routingAgents(Work work) {
        var all = work.json("l3_agent_ids");
        return all.isArray() && !all.isEmpty()
                ? all
                : work.given("l3_agent_id")
                        .<JsonNode>map(one -> JsonNodeFactory.instance.arrayNode().add(one))
                        .orElse(all);
    }

    /** A collection of Neutron: its keys are its name in the singular and the plural. */
    static RestType data(String type, String collection) {
        var key = collection.substring(collection.lastIndexOf('/') + 1).replace('-', '_');
        return RestType.of(
                "OS::Neutron::" + type,
                Service.NETWORK,
                "/" + collection,
                key.endsWith("ies")
                        ? key.substring(0, key.length() - 3) + "y"
                        : key.substring(0, key.length() - 1),
                key);
    }

    static void orOldName(Work work, ObjectNode body, String field, String oldName, String kind) {
        if (!body.has(field)) {
            work.given(oldName).ifPresent(given -> body.put(field, Names.id(work, kind, given)));
        }
    }

    /** An empty gateway means: none at all. */
    private static void gateway(Work work, ObjectNode body) {
        work.text("gateway_ip")
                .ifPresent(given -> {
                    if (given.isEmpty() || given.equals("~")) {
                        body.putNull("gateway_ip");
                    } else {
                        body.put("gateway_ip", given);
                    }
                });
    }

    private static JsonNode outside(Work work, JsonNode gateway) {
        var sent = RestHandler.object();
        if (!gateway.isObject() || gateway.isEmpty()) {
            return sent;
        }
        sent.put("network_id", Names.id(work, "network", gateway.path("network").asString()));
        if (gateway.path("enable_snat").isBoolean()) {
            sent.set("enable_snat", gateway.path("enable_snat"));
        }
        var addresses = gateway.path("external_fixed_ips");
        if (addresses.isArray() && !addresses.isEmpty()) {
            sent.set("external_fixed_ips", addresses(work, addresses));
        }
        return sent;
    }

    static JsonNode addresses(Work work, JsonNode given) {
        var sent = JsonNodeFactory.instance.arrayNode();
        for (var one : given) {
            var address = sent.addObject();
            var subnet = one.path("subnet").asString(one.path("subnet_id").asString(""));
            if (!subnet.isEmpty()) {
                address.put("subnet_id", Names.id(work, "subnet", subnet));
            }
            var ip = one.path("ip_address").asString("");
            if (!ip.isEmpty()) {
                address.put("ip_address", ip);
            }
        }
        return sent;
    }
}
