package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Subnets, their allocation pools and the DHCP port that comes with them. */
final class Subnets {

    private final World world;
    private final SubnetAddresses addresses;
    private final NetworkDocuments documents;
    private final Ports ports;

    Subnets(World world, SubnetAddresses addresses, NetworkDocuments documents, Ports ports) {
        this.world = world;
        this.addresses = addresses;
        this.documents = documents;
        this.ports = ports;
    }

    ObjectNode makeSubnet(Call call, ObjectNode asked, String project) {
        ObjectNode network = documents.find(call, NetworkKind.NETWORK, text(asked, "network_id"));
        if (!call.grant().sees(text(network, "project_id"))) {
            throw NetworkDocuments.disallowed("create_subnet");
        }
        return addSubnet(asked, project, world.newId());
    }

    ObjectNode addSubnet(ObjectNode asked, String project, String id) {
        ObjectNode network = documents.table(NetworkKind.NETWORK).get(text(asked, "network_id"));
        if (network == null) {
            throw NetworkKind.NETWORK.notFound(text(asked, "network_id"));
        }
        Cidr cidr = Cidr.parse(text(asked, "cidr"));
        if (!asked.hasNonNull("cidr")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad subnets request: a subnetpool must be specified in the absence of a"
                            + " cidr.");
        }
        if (cidr == null) {
            throw NetworkDocuments.invalid(text(asked, "cidr") + " is not in a CIDR format.");
        }
        if (Json.number(asked, "ip_version", cidr.version()) != cidr.version()) {
            throw NetworkDocuments.invalid(
                    "cidr '"
                            + cidr
                            + "' does not match the ip_version '"
                            + Json.number(asked, "ip_version", 0)
                            + "'");
        }
        for (ObjectNode other : documents.table(NetworkKind.SUBNET).values()) {
            Cidr taken = Cidr.parse(text(other, "cidr"));
            if (text(other, "network_id").equals(text(network, "id"))
                    && taken != null
                    && taken.overlaps(cidr)) {
                throw NetworkDocuments.invalid(
                        "Requested subnet with cidr: "
                                + cidr
                                + " for network: "
                                + text(network, "id")
                                + " overlaps with another subnet.");
            }
        }
        ObjectNode subnet = documents.base(asked, project, id);
        boolean noGateway = asked.has("gateway_ip") && asked.get("gateway_ip").isNull();
        String gateway = asked.hasNonNull("gateway_ip") ? text(asked, "gateway_ip") : cidr.at(1);
        if (!noGateway && Cidr.number(gateway) == null) {
            throw NetworkDocuments.invalid("'" + gateway + "' is not a valid IP address.");
        }
        subnet.put("network_id", text(network, "id"))
                .put("ip_version", cidr.version())
                .put("enable_dhcp", Json.truth(asked, "enable_dhcp", true))
                .put("cidr", cidr.toString());
        subnet.set("gateway_ip", noGateway ? Json.of(null) : Json.of(gateway));
        subnet.set("allocation_pools", pools(asked, cidr, noGateway ? null : Cidr.number(gateway)));
        for (String field : List.of("subnetpool_id", "ipv6_ra_mode", "ipv6_address_mode")) {
            subnet.set(field, Json.of(asked.get(field)));
        }
        for (String field : List.of("host_routes", "dns_nameservers", "service_types")) {
            subnet.set(field, asked.hasNonNull(field) ? asked.get(field) : array());
        }
        subnet.put("revision_number", 0);
        documents.store(NetworkKind.SUBNET, subnet);
        Json.items(network, "subnets").add(id);
        documents.touch(network);
        if (Json.truth(subnet, "enable_dhcp", true)) {
            world.later(0.5, "network.dhcp", id, object());
        }
        return subnet;
    }

    private static JsonNode pools(ObjectNode asked, Cidr cidr, @Nullable BigInteger gateway) {
        if (asked.hasNonNull("allocation_pools") && !asked.get("allocation_pools").isEmpty()) {
            for (JsonNode pool : asked.get("allocation_pools")) {
                BigInteger start = Cidr.number(text(pool, "start"));
                BigInteger end = Cidr.number(text(pool, "end"));
                if (start == null || end == null || !cidr.contains(start) || !cidr.contains(end)) {
                    throw new Refusal(
                            400,
                            "OutOfBoundsAllocationPool",
                            "The allocation pool "
                                    + text(pool, "start")
                                    + "-"
                                    + text(pool, "end")
                                    + " spans beyond the subnet cidr "
                                    + cidr
                                    + ".");
                }
            }
            return asked.get("allocation_pools");
        }
        BigInteger start = cidr.first().add(BigInteger.ONE);
        BigInteger end = cidr.version() == 4 ? cidr.last().subtract(BigInteger.ONE) : cidr.last();
        ArrayNode pools = array();
        if (gateway == null || gateway.compareTo(start) < 0 || gateway.compareTo(end) > 0) {
            pools.add(pool(start, end, cidr));
            return pools;
        }
        if (gateway.compareTo(start) > 0) {
            pools.add(pool(start, gateway.subtract(BigInteger.ONE), cidr));
        }
        if (gateway.compareTo(end) < 0) {
            pools.add(pool(gateway.add(BigInteger.ONE), end, cidr));
        }
        return pools;
    }

    private static ObjectNode pool(BigInteger start, BigInteger end, Cidr cidr) {
        return object(
                "start", Cidr.text(start, cidr.version()), "end", Cidr.text(end, cidr.version()));
    }

    void addDhcpPort(String subnetId) {
        ObjectNode subnet = documents.table(NetworkKind.SUBNET).get(subnetId);
        if (subnet == null) {
            return;
        }
        ObjectNode network = documents.table(NetworkKind.NETWORK).get(text(subnet, "network_id"));
        if (network == null) {
            return;
        }
        Json.items(network, "availability_zones").removeAll().add("nova");
        String device = "dhcp" + World.idOf("network1") + "-" + text(network, "id");
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            if (text(port, "device_id").equals(device)) {
                Json.items(port, "fixed_ips")
                        .add(
                                object(
                                        "subnet_id",
                                        subnetId,
                                        "ip_address",
                                        addresses.take(subnet, null)));
                return;
            }
        }
        ObjectNode port =
                ports.addPort(
                        object(
                                "network_id",
                                text(network, "id"),
                                "device_owner",
                                "network:dhcp",
                                "device_id",
                                device,
                                "port_security_enabled",
                                false,
                                "security_groups",
                                array(),
                                "binding:host_id",
                                "network1",
                                "fixed_ips",
                                array(object("subnet_id", subnetId))),
                        text(network, "project_id"),
                        World.idOf("dhcp " + subnetId));
        port.put("status", "ACTIVE");
    }

    void deleteSubnet(ObjectNode subnet) {
        String id = text(subnet, "id");
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            if (Ports.onSubnet(port, id) && !Ports.selfMade(port)) {
                throw new Refusal(
                        409,
                        "SubnetInUse",
                        "Unable to complete operation on subnet "
                                + id
                                + ": One or more ports have an IP allocation from this subnet.");
            }
        }
        for (ObjectNode port : List.copyOf(documents.table(NetworkKind.PORT).values())) {
            if (Ports.onSubnet(port, id)) {
                ports.remove(port);
            }
        }
        ObjectNode network = documents.table(NetworkKind.NETWORK).get(text(subnet, "network_id"));
        if (network != null) {
            Json.removeText(Json.items(network, "subnets"), id);
            documents.touch(network);
        }
        addresses.forget(id);
        documents.drop(NetworkKind.SUBNET, subnet);
    }

    ObjectNode availability(ObjectNode network) {
        ArrayNode subnets = array();
        long usedIps = 0;
        long totalIps = 0;
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = documents.table(NetworkKind.SUBNET).getOrDefault(id, object());
            long total = 0;
            for (JsonNode pool : subnet.path("allocation_pools")) {
                BigInteger start = Cidr.number(text(pool, "start"));
                BigInteger end = Cidr.number(text(pool, "end"));
                total += start == null || end == null ? 0 : end.subtract(start).longValue() + 1;
            }
            subnets.add(
                    object(
                            "subnet_id",
                            id,
                            "ip_version",
                            subnet.path("ip_version"),
                            "cidr",
                            text(subnet, "cidr"),
                            "subnet_name",
                            text(subnet, "name"),
                            "used_ips",
                            addresses.takenIn(id).size(),
                            "total_ips",
                            total));
            usedIps += addresses.takenIn(id).size();
            totalIps += total;
        }
        return object(
                "network_id",
                text(network, "id"),
                "network_name",
                text(network, "name"),
                "tenant_id",
                text(network, "project_id"),
                "project_id",
                text(network, "project_id"),
                "subnet_ip_availability",
                subnets,
                "used_ips",
                usedIps,
                "total_ips",
                totalIps);
    }
}
