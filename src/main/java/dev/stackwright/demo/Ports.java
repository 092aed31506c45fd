package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ports: what a caller makes, and what Nova plugs into servers. */
final class Ports {

    private final World world;
    private final Bus bus;
    private final SubnetAddresses addresses;
    private final NetworkDocuments documents;
    private final SecurityGroups groups;
    private final NetworkQuotas quotas;

    Ports(
            World world,
            Bus bus,
            SubnetAddresses addresses,
            NetworkDocuments documents,
            SecurityGroups groups,
            NetworkQuotas quotas) {
        this.world = world;
        this.bus = bus;
        this.addresses = addresses;
        this.documents = documents;
        this.groups = groups;
        this.quotas = quotas;
    }

    ObjectNode makePort(Call call, ObjectNode asked, String project) {
        String networkId = text(asked, "network_id");
        if (!asked.hasNonNull("network_id")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Failed to parse request. Required attribute 'network_id' not specified");
        }
        if (!NetworkDocuments.isUuid(networkId)) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for network_id. Reason: '"
                            + networkId
                            + "' is not a valid UUID.");
        }
        ObjectNode network = documents.find(call, NetworkKind.NETWORK, networkId);
        boolean external = Json.truth(network, "router:external", false);
        if (!call.grant().sees(text(network, "project_id"))
                && external
                && !documents.shared(call.grant(), network)) {
            throw new Refusal(
                    403,
                    "HTTPForbidden",
                    "Tenant "
                            + call.grant().project()
                            + " not allowed to create port on this network");
        }
        for (JsonNode group : asked.path("security_groups")) {
            documents.find(call, NetworkKind.SECURITY_GROUP, group.asString(""));
        }
        return addPort(asked, project, world.newId());
    }

    ObjectNode addPort(ObjectNode asked, String project, String id) {
        ObjectNode network = documents.table(NetworkKind.NETWORK).get(text(asked, "network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "network_id"));
        }
        ObjectNode port = documents.base(asked, project, id);
        boolean secure =
                Json.truth(
                        asked,
                        "port_security_enabled",
                        Json.truth(network, "port_security_enabled", true));
        port.put("network_id", text(network, "id"))
                .put(
                        "mac_address",
                        asked.hasNonNull("mac_address") ? text(asked, "mac_address") : mac(id))
                .put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("status", "DOWN")
                .put("device_id", text(asked, "device_id"))
                .put("device_owner", text(asked, "device_owner"))
                .put("port_security_enabled", secure)
                .put(
                        "binding:vnic_type",
                        asked.hasNonNull("binding:vnic_type")
                                ? text(asked, "binding:vnic_type")
                                : "normal")
                .put("dns_name", text(asked, "dns_name"))
                .put("ip_allocation", "immediate");
        port.set("fixed_ips", addresses.allot(asked, network));
        port.set("dns_assignment", dnsOf(port));
        port.set(
                "security_groups",
                asked.hasNonNull("security_groups")
                        ? asked.get("security_groups")
                        : secure ? array(text(groups.defaultGroup(project), "id")) : array());
        for (String field : List.of("allowed_address_pairs", "extra_dhcp_opts")) {
            port.set(field, asked.hasNonNull(field) ? asked.get(field) : array());
        }
        if (asked.hasNonNull("tags")) {
            port.set("tags", asked.get("tags"));
        }
        port.set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        port.putNull("qos_network_policy_id").putNull("resource_request");
        port.set(
                "binding:profile",
                asked.hasNonNull("binding:profile") ? asked.get("binding:profile") : object());
        bindTo(port, text(asked, "binding:host_id"));
        documents.store(NetworkKind.PORT, port);
        return port;
    }

    static ArrayNode dnsOf(ObjectNode port) {
        ArrayNode names = array();
        for (JsonNode address : port.path("fixed_ips")) {
            String ip = text(address, "ip_address");
            String host =
                    text(port, "dns_name").isEmpty()
                            ? "host-" + ip.replace('.', '-').replace(':', '-')
                            : text(port, "dns_name");
            names.add(object("ip_address", ip, "hostname", host, "fqdn", host + ".demo.invalid."));
        }
        return names;
    }

    private static String mac(String id) {
        String hex = id.replace("-", "");
        return "fa:16:3e:"
                + hex.substring(0, 2)
                + ":"
                + hex.substring(2, 4)
                + ":"
                + hex.substring(4, 6);
    }

    static void bindTo(ObjectNode port, String host) {
        port.put("binding:host_id", host)
                .put("binding:vif_type", host.isEmpty() ? "unbound" : "ovs");
        port.set(
                "binding:vif_details",
                host.isEmpty()
                        ? object()
                        : object(
                                "connectivity",
                                "l2",
                                "port_filter",
                                true,
                                "ovs_hybrid_plug",
                                false,
                                "datapath_type",
                                "system",
                                "bridge_name",
                                "br-int"));
    }

    /** Nova takes the port for a server. */
    void plug(
            Bus.@Nullable Asker asker,
            ObjectNode port,
            String serverId,
            String hostname,
            @Nullable String host,
            String zone) {
        port.put("device_id", serverId)
                .put("device_owner", "compute:" + zone)
                .put("dns_name", hostname);
        port.set("dns_assignment", dnsOf(port));
        bindTo(port, host == null ? "" : host);
        documents.touch(port);
        if (host != null) {
            world.later(0.3, "network.port-up", text(port, "id"), object());
        }
        bus.say(
                "neutron",
                "network.control1",
                "port.update.end",
                object("port", Json.open(port)),
                asker);
    }

    /** Nova lets go of the port; those that it made itself it deletes. */
    void unplug(Bus.@Nullable Asker asker, String portId) {
        ObjectNode port = documents.table(NetworkKind.PORT).get(portId);
        if (port == null) {
            return;
        }
        if (Json.truth(port, "_made_by_nova", false)) {
            remove(port);
            bus.say(
                    "neutron",
                    "network.control1",
                    "port.delete.end",
                    object("port", Json.open(port), "port_id", portId),
                    asker);
            return;
        }
        port.put("device_id", "").put("device_owner", "").put("status", "DOWN").put("dns_name", "");
        port.set("dns_assignment", dnsOf(port));
        bindTo(port, "");
        documents.touch(port);
        bus.say(
                "neutron",
                "network.control1",
                "port.update.end",
                object("port", Json.open(port)),
                asker);
    }

    ObjectNode makePortFor(Bus.@Nullable Asker asker, ObjectNode asked, String project) {
        quotas.checkQuota(project, NetworkKind.PORT, 1);
        ObjectNode port = addPort(asked, project, world.newId());
        port.put("_made_by_nova", true);
        bus.say(
                "neutron",
                "network.control1",
                "port.create.end",
                object("port", Json.open(port)),
                asker);
        return port;
    }

    @Nullable ObjectNode portFor(Grant grant, String id) {
        ObjectNode port = documents.table(NetworkKind.PORT).get(id);
        return port != null && documents.visible(grant, NetworkKind.PORT, port) ? port : null;
    }

    void portStatus(String id, String status) {
        ObjectNode port = documents.table(NetworkKind.PORT).get(id);
        if (port != null && !text(port, "binding:host_id").isEmpty()) {
            port.put("status", status);
            documents.touch(port);
        }
    }

    void remove(ObjectNode port) {
        addresses.release(port);
        documents.drop(NetworkKind.PORT, port);
        for (ObjectNode floating : documents.table(NetworkKind.FLOATING_IP).values()) {
            if (text(floating, "port_id").equals(text(port, "id"))) {
                disassociate(floating);
            }
        }
    }

    static boolean onSubnet(JsonNode port, String subnetId) {
        for (JsonNode address : port.path("fixed_ips")) {
            if (text(address, "subnet_id").equals(subnetId)) {
                return true;
            }
        }
        return false;
    }

    void disassociate(ObjectNode floating) {
        ObjectNode port = documents.table(NetworkKind.PORT).get(text(floating, "port_id"));
        if (port != null) {
            port.remove("_floating_ip");
        }
        floating.putNull("port_id").putNull("router_id").putNull("fixed_ip_address");
        documents.touch(floating);
        world.later(0.3, "network.floating-ip", text(floating, "id"), object("status", "DOWN"));
    }

    static boolean selfMade(ObjectNode port) {
        return text(port, "device_owner").equals("network:dhcp");
    }

    void deletePort(ObjectNode port) {
        String owner = text(port, "device_owner");
        if (owner.equals("network:router_interface")
                || owner.equals("network:router_gateway")
                || owner.equals("network:floatingip")) {
            throw new Refusal(
                    409,
                    "ServicePortInUse",
                    "Port "
                            + text(port, "id")
                            + " cannot be deleted directly via the port API: has device owner "
                            + owner
                            + ".");
        }
        remove(port);
    }
}
