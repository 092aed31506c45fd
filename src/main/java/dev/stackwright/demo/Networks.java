package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Networks, and the policies that open them to others. */
final class Networks {

    private final World world;
    private final SubnetAddresses addresses;
    private final NetworkDocuments documents;
    private final SecurityGroups groups;
    private final Ports ports;
    private long segmentation = 1000;

    Networks(
            World world,
            SubnetAddresses addresses,
            NetworkDocuments documents,
            SecurityGroups groups,
            Ports ports) {
        this.world = world;
        this.addresses = addresses;
        this.documents = documents;
        this.groups = groups;
        this.ports = ports;
    }

    void recountSegments() {
        for (ObjectNode network : documents.table(NetworkKind.NETWORK).values()) {
            segmentation =
                    Math.max(segmentation, Json.number(network, "provider:segmentation_id", 0));
        }
    }

    ObjectNode makeNetwork(Call call, ObjectNode asked, String project) {
        boolean admin = call.grant().admin();
        for (String field : List.of("shared", "router:external")) {
            if (Json.truth(asked, field, false) && !admin) {
                throw new Refusal(
                        403,
                        "PolicyNotAuthorized",
                        "(rule:create_network and rule:create_network:"
                                + field
                                + ") is disallowed by policy");
            }
        }
        for (String field : asked.propertyNames()) {
            if (field.startsWith("provider:") && !admin) {
                throw NetworkDocuments.disallowed("create_network:" + field);
            }
        }
        return addNetwork(asked, project, world.newId());
    }

    ObjectNode addNetwork(ObjectNode asked, String project, String id) {
        groups.defaultGroup(project);
        ObjectNode network = documents.base(asked, project, id);
        boolean external = Json.truth(asked, "router:external", false);
        network.put("admin_state_up", Json.truth(asked, "admin_state_up", true))
                .put("mtu", Json.number(asked, "mtu", external ? 1500 : 1450))
                .put("status", "ACTIVE")
                .put("shared", Json.truth(asked, "shared", false))
                .put("port_security_enabled", Json.truth(asked, "port_security_enabled", true))
                .put("dns_domain", text(asked, "dns_domain"))
                .put("router:external", external)
                .put("is_default", Json.truth(asked, "is_default", false))
                .put("l2_adjacency", true)
                .put(
                        "provider:network_type",
                        asked.hasNonNull("provider:network_type")
                                ? text(asked, "provider:network_type")
                                : "vxlan");
        network.putArray("subnets");
        network.set(
                "availability_zone_hints",
                asked.hasNonNull("availability_zone_hints")
                        ? asked.get("availability_zone_hints")
                        : array());
        network.putArray("availability_zones");
        network.putNull("ipv4_address_scope")
                .putNull("ipv6_address_scope")
                .set("qos_policy_id", Json.of(asked.get("qos_policy_id")));
        network.set("provider:physical_network", Json.of(asked.get("provider:physical_network")));
        network.set(
                "provider:segmentation_id",
                asked.hasNonNull("provider:segmentation_id")
                        ? asked.get("provider:segmentation_id")
                        : external ? Json.of(null) : Json.of(++segmentation));
        documents.store(NetworkKind.NETWORK, network);
        if (external) {
            openTo(network, "access_as_external");
        }
        if (Json.truth(network, "shared", false)) {
            openTo(network, "access_as_shared");
        }
        return network;
    }

    private void openTo(ObjectNode network, String action) {
        String id = World.idOf(action + text(network, "id"));
        documents.store(
                NetworkKind.RBAC_POLICY,
                object(
                        "id",
                        id,
                        "project_id",
                        text(network, "project_id"),
                        "tenant_id",
                        text(network, "project_id"),
                        "action",
                        action,
                        "object_id",
                        text(network, "id"),
                        "object_type",
                        "network",
                        "target_tenant",
                        "*"));
    }

    @Nullable ObjectNode networkFor(Grant grant, String id) {
        ObjectNode network = documents.table(NetworkKind.NETWORK).get(id);
        return network != null && documents.visible(grant, NetworkKind.NETWORK, network)
                ? network
                : null;
    }

    /** The networks that Nova would choose from when a server asks for none. */
    List<ObjectNode> networksOf(Grant grant) {
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode network : documents.table(NetworkKind.NETWORK).values()) {
            if (grant.owns(text(network, "project_id")) && !network.path("subnets").isEmpty()) {
                found.add(network);
            }
        }
        return found;
    }

    void deleteNetwork(ObjectNode network) {
        String id = text(network, "id");
        Set<String> busy = new TreeSet<>();
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            if (text(port, "network_id").equals(id) && !Ports.selfMade(port)) {
                busy.add(text(port, "id"));
            }
        }
        if (!busy.isEmpty()) {
            throw new Refusal(
                    409,
                    "NetworkInUse",
                    "Unable to complete operation on network "
                            + id
                            + ". There are one or more ports still in use on the network, id for"
                            + " these ports is: "
                            + String.join(",", busy)
                            + ".");
        }
        for (ObjectNode port : List.copyOf(documents.table(NetworkKind.PORT).values())) {
            if (text(port, "network_id").equals(id)) {
                ports.remove(port);
            }
        }
        for (String subnet : Json.texts(network.path("subnets"))) {
            ObjectNode gone = documents.table(NetworkKind.SUBNET).get(subnet);
            if (gone != null) {
                documents.drop(NetworkKind.SUBNET, gone);
                addresses.forget(subnet);
            }
        }
        documents.drop(NetworkKind.NETWORK, network);
        for (ObjectNode policy : List.copyOf(documents.table(NetworkKind.RBAC_POLICY).values())) {
            if (text(policy, "object_id").equals(id)) {
                documents.drop(NetworkKind.RBAC_POLICY, policy);
            }
        }
    }
}
