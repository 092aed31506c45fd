package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What Neutron keeps, and who sees and may change which of it. */
final class NetworkDocuments {

    private final World world;
    private final Bus bus;
    private final Map<String, Integer> used = new HashMap<>();

    NetworkDocuments(World world, Bus bus) {
        this.world = world;
        this.bus = bus;
    }

    void recountUsed() {
        used.clear();
        for (NetworkKind kind : NetworkKind.values()) {
            for (ObjectNode document : table(kind).values()) {
                used.merge(text(document, "project_id") + " " + kind.one(), 1, Integer::sum);
            }
        }
    }

    Map<String, ObjectNode> table(NetworkKind kind) {
        return world.table(kind.one());
    }

    boolean visible(Grant grant, NetworkKind kind, ObjectNode document) {
        if (grant.sees(text(document, "project_id"))) {
            return true;
        }
        return switch (kind) {
            case NETWORK ->
                    shared(grant, document) || Json.truth(document, "router:external", false);
            case SUBNET -> {
                ObjectNode network = table(NetworkKind.NETWORK).get(text(document, "network_id"));
                yield network != null && shared(grant, network);
            }
            case PORT -> {
                ObjectNode network = table(NetworkKind.NETWORK).get(text(document, "network_id"));
                yield network != null && grant.owns(text(network, "project_id"));
            }
            case SUBNET_POOL, ADDRESS_SCOPE, QOS_POLICY -> Json.truth(document, "shared", false);
            default -> false;
        };
    }

    boolean shared(Grant grant, ObjectNode network) {
        if (Json.truth(network, "shared", false)) {
            return true;
        }
        for (ObjectNode policy : table(NetworkKind.RBAC_POLICY).values()) {
            if (text(policy, "object_id").equals(text(network, "id"))
                    && text(policy, "action").equals("access_as_shared")
                    && (text(policy, "target_tenant").equals("*")
                            || grant.owns(text(policy, "target_tenant")))) {
                return true;
            }
        }
        return false;
    }

    ObjectNode find(Call call, NetworkKind kind, String id) {
        ObjectNode document = table(kind).get(id);
        if (document == null || !visible(call.grant(), kind, document)) {
            throw kind.notFound(id);
        }
        return document;
    }

    /** Finds what the caller wants to change: what is only shared with them they may not. */
    ObjectNode findOwn(Call call, NetworkKind kind, String id, String verb) {
        ObjectNode document = find(call, kind, id);
        if (!call.grant().mayChange() || !call.grant().sees(text(document, "project_id"))) {
            throw disallowed(verb + "_" + kind.one());
        }
        return document;
    }

    static Refusal disallowed(String rule) {
        return new Refusal(403, "PolicyNotAuthorized", "rule:" + rule + " is disallowed by policy");
    }

    void tell(Call call, NetworkKind kind, String what, ObjectNode payload) {
        bus.say(
                "neutron",
                "network.control1",
                kind.one() + "." + what,
                payload,
                Bus.Asker.of(call));
    }

    void store(NetworkKind kind, ObjectNode document) {
        table(kind).put(text(document, "id"), document);
        used.merge(text(document, "project_id") + " " + kind.one(), 1, Integer::sum);
    }

    void drop(NetworkKind kind, ObjectNode document) {
        table(kind).remove(text(document, "id"));
        used.merge(text(document, "project_id") + " " + kind.one(), -1, Integer::sum);
    }

    void touch(ObjectNode document) {
        document.put("updated_at", world.stamp());
        document.put("revision_number", Json.number(document, "revision_number", 0) + 1);
    }

    ObjectNode base(ObjectNode asked, String project, String id) {
        return object(
                "id",
                id,
                "name",
                text(asked, "name"),
                "tenant_id",
                project,
                "project_id",
                project,
                "description",
                text(asked, "description"),
                "tags",
                array(),
                "revision_number",
                1,
                "created_at",
                world.stamp(),
                "updated_at",
                world.stamp());
    }

    static Refusal invalid(String why) {
        return new Refusal(400, "InvalidInput", "Invalid input for operation: " + why);
    }

    static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    int usedBy(String project, String resource) {
        return used.getOrDefault(project + " " + resource, 0);
    }
}
