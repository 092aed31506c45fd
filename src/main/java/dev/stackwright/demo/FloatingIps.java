package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Floating IPs, and the router between one and its port. */
final class FloatingIps {

    private final World world;
    private final SubnetAddresses addresses;
    private final NetworkDocuments documents;
    private final Ports ports;

    FloatingIps(World world, SubnetAddresses addresses, NetworkDocuments documents, Ports ports) {
        this.world = world;
        this.addresses = addresses;
        this.documents = documents;
        this.ports = ports;
    }

    ObjectNode makeFloatingIp(Call call, ObjectNode asked, String project) {
        if (!asked.hasNonNull("floating_network_id")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Failed to parse request. Required attribute 'floating_network_id' not"
                            + " specified");
        }
        ObjectNode network =
                documents.find(call, NetworkKind.NETWORK, text(asked, "floating_network_id"));
        if (!Json.truth(network, "router:external", false)) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad floatingip request: Network "
                            + text(network, "id")
                            + " is not a valid external network.");
        }
        ObjectNode target =
                asked.hasNonNull("port_id")
                        ? documents.find(call, NetworkKind.PORT, text(asked, "port_id"))
                        : null;
        String router = target == null ? null : routerBetween(target, text(network, "id"), asked);
        ObjectNode made = addFloatingIp(asked, project, world.newId());
        if (target != null && router != null) {
            associate(made, target, router, text(asked, "fixed_ip_address"));
        }
        return made;
    }

    ObjectNode addFloatingIp(ObjectNode asked, String project, String id) {
        ObjectNode network =
                documents.table(NetworkKind.NETWORK).get(text(asked, "floating_network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "floating_network_id"));
        }
        ObjectNode port =
                ports.addPort(
                        object(
                                "network_id",
                                text(network, "id"),
                                "device_owner",
                                "network:floatingip",
                                "device_id",
                                id,
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "fixed_ips",
                                asked.hasNonNull("floating_ip_address")
                                        ? array(
                                                object(
                                                        "ip_address",
                                                        text(asked, "floating_ip_address")))
                                        : null),
                        "",
                        World.idOf("floating " + id));
        port.put("status", "N/A");
        ObjectNode floating = documents.base(asked, project, id);
        floating.remove("name");
        floating.put("floating_ip_address", text(port.path("fixed_ips").path(0), "ip_address"))
                .put("floating_network_id", text(network, "id"))
                .put("status", "DOWN")
                .put("dns_domain", text(asked, "dns_domain"))
                .put("dns_name", text(asked, "dns_name"))
                .put("revision_number", 0)
                .put("_port", text(port, "id"));
        floating.putNull("router_id").putNull("port_id").putNull("fixed_ip_address");
        floating.set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        floating.putArray("port_forwardings");
        documents.store(NetworkKind.FLOATING_IP, floating);
        return floating;
    }

    private String routerBetween(ObjectNode port, String externalNetwork, JsonNode asked) {
        String owner = text(port, "_floating_ip");
        if (!owner.isEmpty()) {
            ObjectNode other = documents.table(NetworkKind.FLOATING_IP).get(owner);
            throw new Refusal(
                    409,
                    "FloatingIPPortAlreadyAssociated",
                    "Cannot associate floating IP "
                            + (other == null ? owner : text(other, "floating_ip_address"))
                            + " ("
                            + owner
                            + ") with port "
                            + text(port, "id")
                            + " using fixed IP "
                            + text(port.path("fixed_ips").path(0), "ip_address")
                            + ", as that fixed IP already has a floating IP on external network "
                            + externalNetwork
                            + ".");
        }
        if (port.path("fixed_ips").isEmpty()) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad floatingip request: Cannot add floating IP to port "
                            + text(port, "id")
                            + " that has no fixed IPv4 addresses.");
        }
        String subnet = text(port.path("fixed_ips").path(0), "subnet_id");
        for (ObjectNode inner : documents.table(NetworkKind.PORT).values()) {
            if (text(inner, "device_owner").equals("network:router_interface")
                    && Ports.onSubnet(inner, subnet)) {
                ObjectNode router =
                        documents.table(NetworkKind.ROUTER).get(text(inner, "device_id"));
                if (router != null
                        && text(router.path("external_gateway_info"), "network_id")
                                .equals(externalNetwork)) {
                    return text(router, "id");
                }
            }
        }
        throw new Refusal(
                404,
                "ExternalGatewayForFloatingIPNotFound",
                "External network "
                        + externalNetwork
                        + " is not reachable from subnet "
                        + subnet
                        + ".  Therefore, cannot associate Port "
                        + text(port, "id")
                        + " with a Floating IP.");
    }

    void associate(ObjectNode floating, ObjectNode port, String routerId, String fixed) {
        floating.put("port_id", text(port, "id"))
                .put("router_id", routerId)
                .put(
                        "fixed_ip_address",
                        fixed.isEmpty()
                                ? text(port.path("fixed_ips").path(0), "ip_address")
                                : fixed);
        port.put("_floating_ip", text(floating, "id"));
        documents.touch(floating);
        world.later(0.3, "network.floating-ip", text(floating, "id"), object("status", "ACTIVE"));
    }

    void settleFloatingIp(String id, ObjectNode plan) {
        ObjectNode floating = documents.table(NetworkKind.FLOATING_IP).get(id);
        if (floating != null
                && floating.hasNonNull("port_id") == text(plan, "status").equals("ACTIVE")) {
            floating.put("status", text(plan, "status"));
            documents.touch(floating);
        }
    }

    void repoint(Call call, ObjectNode floating, ObjectNode asked) {
        if (!asked.hasNonNull("port_id")) {
            ports.disassociate(floating);
            return;
        }
        ObjectNode port = documents.find(call, NetworkKind.PORT, text(asked, "port_id"));
        if (text(port, "_floating_ip").equals(text(floating, "id"))) {
            return;
        }
        String router = routerBetween(port, text(floating, "floating_network_id"), asked);
        if (floating.hasNonNull("port_id")) {
            ports.disassociate(floating);
        }
        associate(floating, port, router, text(asked, "fixed_ip_address"));
    }

    void deleteFloatingIp(ObjectNode floating) {
        ObjectNode target = documents.table(NetworkKind.PORT).get(text(floating, "port_id"));
        if (target != null) {
            target.remove("_floating_ip");
        }
        ObjectNode own = documents.table(NetworkKind.PORT).get(text(floating, "_port"));
        if (own != null) {
            addresses.release(own);
            documents.drop(NetworkKind.PORT, own);
        }
        documents.drop(NetworkKind.FLOATING_IP, floating);
    }
}
