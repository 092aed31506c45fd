package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of subnets: which are taken, and which a port gets. */
final class SubnetAddresses {

    private final NetworkDocuments documents;
    private final Map<String, Set<BigInteger>> taken = new HashMap<>();

    SubnetAddresses(NetworkDocuments documents) {
        this.documents = documents;
    }

    void recountAddresses() {
        taken.clear();
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            for (JsonNode address : port.path("fixed_ips")) {
                BigInteger number = Cidr.number(text(address, "ip_address"));
                if (number != null) {
                    takenIn(text(address, "subnet_id")).add(number);
                }
            }
        }
    }

    void forget(String subnetId) {
        taken.remove(subnetId);
    }

    Set<BigInteger> takenIn(String subnetId) {
        return taken.computeIfAbsent(subnetId, key -> new HashSet<>());
    }

    String take(ObjectNode subnet, @Nullable String wanted) {
        String id = text(subnet, "id");
        Cidr cidr = Cidr.parse(text(subnet, "cidr"));
        if (cidr == null) {
            throw new IllegalStateException("Subnet " + id + " has no cidr");
        }
        Set<BigInteger> gone = takenIn(id);
        if (wanted != null) {
            BigInteger address = Cidr.number(wanted);
            if (address == null || !cidr.contains(address)) {
                throw new Refusal(
                        400,
                        "InvalidIpForSubnet",
                        "IP address " + wanted + " is not a valid IP for the specified subnet.");
            }
            if (!gone.add(address)) {
                throw new Refusal(
                        409,
                        "IpAddressAlreadyAllocated",
                        "IP address " + wanted + " already allocated in subnet " + id);
            }
            return wanted;
        }
        for (JsonNode pool : subnet.path("allocation_pools")) {
            BigInteger address = Cidr.number(text(pool, "start"));
            BigInteger end = Cidr.number(text(pool, "end"));
            if (address == null || end == null) {
                continue;
            }
            BigInteger hint = address.add(BigInteger.valueOf(gone.size()));
            address =
                    gone.size() > 1000 && hint.compareTo(end) < 0
                            ? hint.subtract(BigInteger.TWO)
                            : address;
            for (; address.compareTo(end) <= 0; address = address.add(BigInteger.ONE)) {
                if (gone.add(address)) {
                    return Cidr.text(address, cidr.version());
                }
            }
        }
        throw new Refusal(
                409,
                "IpAddressGenerationFailure",
                "No more IP addresses available on network " + text(subnet, "network_id") + ".");
    }

    void release(ObjectNode port) {
        for (JsonNode address : port.path("fixed_ips")) {
            BigInteger number = Cidr.number(text(address, "ip_address"));
            if (number != null) {
                takenIn(text(address, "subnet_id")).remove(number);
            }
        }
    }

    ArrayNode allot(ObjectNode asked, ObjectNode network) {
        ArrayNode addresses = array();
        if (asked.hasNonNull("fixed_ips")) {
            for (JsonNode each : asked.get("fixed_ips")) {
                ObjectNode subnet = subnetFor(each, network);
                String wanted = each.hasNonNull("ip_address") ? text(each, "ip_address") : null;
                addresses.add(
                        object(
                                "subnet_id",
                                text(subnet, "id"),
                                "ip_address",
                                take(subnet, wanted)));
            }
            return addresses;
        }
        Set<Integer> versions = new HashSet<>();
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = documents.table(NetworkKind.SUBNET).get(id);
            if (subnet != null && versions.add(Json.number(subnet, "ip_version", 4))) {
                addresses.add(object("subnet_id", id, "ip_address", take(subnet, null)));
            }
        }
        return addresses;
    }

    private ObjectNode subnetFor(JsonNode asked, ObjectNode network) {
        if (asked.hasNonNull("subnet_id")) {
            ObjectNode subnet = documents.table(NetworkKind.SUBNET).get(text(asked, "subnet_id"));
            if (subnet == null || !text(subnet, "network_id").equals(text(network, "id"))) {
                throw NetworkDocuments.invalid(
                        "Failed to create port on network "
                                + text(network, "id")
                                + ", because fixed_ips included invalid subnet "
                                + text(asked, "subnet_id"));
            }
            return subnet;
        }
        BigInteger address = Cidr.number(text(asked, "ip_address"));
        for (String id : Json.texts(network.path("subnets"))) {
            ObjectNode subnet = documents.table(NetworkKind.SUBNET).get(id);
            Cidr cidr = subnet == null ? null : Cidr.parse(text(subnet, "cidr"));
            if (subnet != null && cidr != null && address != null && cidr.contains(address)) {
                return subnet;
            }
        }
        throw new Refusal(
                400,
                "InvalidIpForNetwork",
                "IP address "
                        + text(asked, "ip_address")
                        + " is not a valid IP for any of the subnets on the specified network.");
    }
}
