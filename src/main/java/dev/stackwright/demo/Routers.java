package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Routers, their interfaces and their way out. */
final class Routers {

    private final World world;
    private final Bus bus;
    private final NetworkDocuments documents;
    private final Ports ports;

    Routers(World world, Bus bus, NetworkDocuments documents, Ports ports) {
        this.world = world;
        this.bus = bus;
        this.documents = documents;
        this.ports = ports;
    }

    ObjectNode makeRouter(Call call, ObjectNode asked, String project) {
        if (asked.hasNonNull("external_gateway_info")) {
            externalNetwork(call, text(asked.get("external_gateway_info"), "network_id"));
        }
        return addRouter(asked, project, world.newId());
    }

    ObjectNode externalNetwork(Call call, String id) {
        ObjectNode network = documents.find(call, NetworkKind.NETWORK, id);
        if (!Json.truth(network, "router:external", false)) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Network " + id + " is not an external network.");
        }
        return network;
    }

    ObjectNode addRouter(ObjectNode asked, String project, String id) {
        ObjectNode router = documents.base(asked, project, id);
        router.put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("status", "ACTIVE")
                .put("distributed", false)
                .put("ha", false);
        router.putNull("external_gateway_info").putNull("flavor_id");
        router.putArray("availability_zones").add("nova");
        router.set(
                "availability_zone_hints",
                asked.hasNonNull("availability_zone_hints")
                        ? asked.get("availability_zone_hints")
                        : array());
        router.set("routes", asked.hasNonNull("routes") ? asked.get("routes") : array());
        documents.store(NetworkKind.ROUTER, router);
        setGateway(router, asked.path("external_gateway_info"));
        return router;
    }

    void setGateway(ObjectNode router, JsonNode asked) {
        ObjectNode old = documents.table(NetworkKind.PORT).get(text(router, "_gateway_port"));
        String network = text(asked, "network_id");
        if (old != null && text(old, "network_id").equals(network)) {
            ((ObjectNode) router.get("external_gateway_info"))
                    .put("enable_snat", Json.truth(asked, "enable_snat", true));
            return;
        }
        if (old != null) {
            ports.remove(old);
            router.remove("_gateway_port");
            router.putNull("external_gateway_info");
        }
        if (network.isEmpty()) {
            return;
        }
        ObjectNode wanted =
                object(
                        "network_id",
                        network,
                        "device_owner",
                        "network:router_gateway",
                        "device_id",
                        text(router, "id"),
                        "port_security_enabled",
                        false,
                        "security_groups",
                        array(),
                        "binding:host_id",
                        "network1");
        if (asked.hasNonNull("external_fixed_ips")) {
            wanted.set("fixed_ips", asked.get("external_fixed_ips"));
        }
        ObjectNode port =
                ports.addPort(
                        wanted, "", World.idOf("gateway " + text(router, "id") + world.stamp()));
        port.put("status", "ACTIVE");
        router.put("_gateway_port", text(port, "id"));
        router.set(
                "external_gateway_info",
                object(
                        "network_id",
                        network,
                        "external_fixed_ips",
                        port.get("fixed_ips"),
                        "enable_snat",
                        Json.truth(asked, "enable_snat", true)));
    }

    Reply addInterface(Call call) {
        ObjectNode router =
                documents.findOwn(call, NetworkKind.ROUTER, call.name(0), "add_router_interface");
        ObjectNode body = call.body();
        ObjectNode port;
        if (body.hasNonNull("port_id")) {
            port = documents.find(call, NetworkKind.PORT, text(body, "port_id"));
            if (!text(port, "device_id").isEmpty()) {
                throw new Refusal(
                        409,
                        "PortInUse",
                        "Unable to complete operation on port "
                                + text(port, "id")
                                + " for network "
                                + text(port, "network_id")
                                + ". Port already has an attached device "
                                + text(port, "device_id")
                                + ".");
            }
            port.put("device_id", text(router, "id"))
                    .put("device_owner", "network:router_interface")
                    .put("status", "ACTIVE");
            Ports.bindTo(port, "network1");
        } else if (body.hasNonNull("subnet_id")) {
            ObjectNode subnet = documents.find(call, NetworkKind.SUBNET, text(body, "subnet_id"));
            port = connect(router, subnet);
        } else {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Either subnet_id or port_id must be specified.");
        }
        documents.touch(router);
        ObjectNode answer = interfaceBody(router, port);
        bus.say(
                "neutron",
                "network.control1",
                "router.interface.create",
                object("router_interface", answer),
                Bus.Asker.of(call));
        return Reply.ok(answer);
    }

    ObjectNode connect(ObjectNode router, ObjectNode subnet) {
        String subnetId = text(subnet, "id");
        for (ObjectNode other : documents.table(NetworkKind.PORT).values()) {
            if (text(other, "device_id").equals(text(router, "id"))
                    && Ports.onSubnet(other, subnetId)) {
                throw new Refusal(
                        400,
                        "BadRequest",
                        "Bad router request: Router already has a port on subnet "
                                + subnetId
                                + ".");
            }
        }
        if (!subnet.hasNonNull("gateway_ip")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad router request: Subnet for router interface must have a gateway IP.");
        }
        ObjectNode port =
                ports.addPort(
                        object(
                                "network_id",
                                text(subnet, "network_id"),
                                "device_owner",
                                "network:router_interface",
                                "device_id",
                                text(router, "id"),
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "binding:host_id",
                                "network1",
                                "fixed_ips",
                                array(
                                        object(
                                                "subnet_id",
                                                subnetId,
                                                "ip_address",
                                                text(subnet, "gateway_ip")))),
                        text(router, "project_id"),
                        World.idOf("interface " + text(router, "id") + subnetId + world.now()));
        port.put("status", "ACTIVE");
        return port;
    }

    private static ObjectNode interfaceBody(ObjectNode router, ObjectNode port) {
        String subnet = text(port.path("fixed_ips").path(0), "subnet_id");
        return object(
                "id",
                text(router, "id"),
                "tenant_id",
                text(router, "project_id"),
                "port_id",
                text(port, "id"),
                "network_id",
                text(port, "network_id"),
                "subnet_id",
                subnet,
                "subnet_ids",
                array(subnet));
    }

    Reply removeInterface(Call call) {
        ObjectNode router =
                documents.findOwn(
                        call, NetworkKind.ROUTER, call.name(0), "remove_router_interface");
        ObjectNode body = call.body();
        String routerId = text(router, "id");
        for (ObjectNode port : List.copyOf(documents.table(NetworkKind.PORT).values())) {
            boolean asked =
                    body.hasNonNull("port_id")
                            ? text(port, "id").equals(text(body, "port_id"))
                            : Ports.onSubnet(port, text(body, "subnet_id"));
            if (asked
                    && text(port, "device_id").equals(routerId)
                    && text(port, "device_owner").equals("network:router_interface")) {
                refuseWhenFloating(router, port);
                ports.remove(port);
                documents.touch(router);
                ObjectNode answer = interfaceBody(router, port);
                bus.say(
                        "neutron",
                        "network.control1",
                        "router.interface.delete",
                        object("router_interface", answer),
                        Bus.Asker.of(call));
                return Reply.ok(answer);
            }
        }
        if (body.hasNonNull("port_id")) {
            throw new Refusal(
                    404,
                    "RouterInterfaceNotFound",
                    "Router "
                            + routerId
                            + " does not have an interface with id "
                            + text(body, "port_id"));
        }
        documents.find(call, NetworkKind.SUBNET, text(body, "subnet_id"));
        throw new Refusal(
                404,
                "RouterInterfaceNotFoundForSubnet",
                "Router " + routerId + " has no interface on subnet " + text(body, "subnet_id"));
    }

    private void refuseWhenFloating(ObjectNode router, ObjectNode gone) {
        String subnet = text(gone.path("fixed_ips").path(0), "subnet_id");
        for (ObjectNode floating : documents.table(NetworkKind.FLOATING_IP).values()) {
            ObjectNode port = documents.table(NetworkKind.PORT).get(text(floating, "port_id"));
            if (text(floating, "router_id").equals(text(router, "id"))
                    && port != null
                    && Ports.onSubnet(port, subnet)) {
                throw new Refusal(
                        409,
                        "RouterInterfaceInUseByFloatingIP",
                        "Router interface for subnet "
                                + subnet
                                + " on router "
                                + text(router, "id")
                                + " cannot be deleted, as it is required by one or more floating"
                                + " IPs.");
            }
        }
    }

    void deleteRouter(ObjectNode router) {
        String id = text(router, "id");
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            if (text(port, "device_id").equals(id)
                    && text(port, "device_owner").equals("network:router_interface")) {
                throw new Refusal(
                        409,
                        "RouterInUse",
                        "Router " + id + " has ports still attached: " + text(port, "id"));
            }
        }
        ObjectNode gateway = documents.table(NetworkKind.PORT).get(text(router, "_gateway_port"));
        if (gateway != null) {
            ports.remove(gateway);
        }
        documents.drop(NetworkKind.ROUTER, router);
    }
}
