package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Security groups and their rules. */
final class SecurityGroups {

    private final World world;
    private final NetworkDocuments documents;

    SecurityGroups(World world, NetworkDocuments documents) {
        this.world = world;
        this.documents = documents;
    }

    @Nullable ObjectNode groupFor(Grant grant, String idOrName) {
        for (ObjectNode group : documents.table(NetworkKind.SECURITY_GROUP).values()) {
            if (grant.owns(text(group, "project_id"))
                    && (text(group, "id").equals(idOrName)
                            || text(group, "name").equals(idOrName))) {
                return group;
            }
        }
        return null;
    }

    ObjectNode defaultGroup(String project) {
        String id = World.idOf("default group " + project);
        ObjectNode known = documents.table(NetworkKind.SECURITY_GROUP).get(id);
        if (known != null) {
            return known;
        }
        ObjectNode group = makeGroup("default", "Default security group", project, id);
        for (String ethertype : List.of("IPv4", "IPv6")) {
            addRule(
                    object(
                            "security_group_id",
                            id,
                            "direction",
                            "ingress",
                            "ethertype",
                            ethertype,
                            "remote_group_id",
                            id),
                    project,
                    World.idOf("default rule " + project + ethertype));
        }
        return group;
    }

    ObjectNode makeGroup(String name, String description, String project, String id) {
        ObjectNode group =
                documents.base(object("name", name, "description", description), project, id);
        group.put("stateful", true).put("shared", false);
        documents.store(NetworkKind.SECURITY_GROUP, group);
        for (String ethertype : List.of("IPv4", "IPv6")) {
            addRule(
                    object("security_group_id", id, "direction", "egress", "ethertype", ethertype),
                    project,
                    World.idOf("egress " + id + ethertype));
        }
        return group;
    }

    ObjectNode makeRule(Call call, ObjectNode asked, String project) {
        ObjectNode group =
                documents.find(call, NetworkKind.SECURITY_GROUP, text(asked, "security_group_id"));
        String direction = text(asked, "direction");
        if (!direction.equals("ingress") && !direction.equals("egress")) {
            throw new Refusal(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for direction. Reason: '"
                            + direction
                            + "' is not in ['ingress', 'egress'].");
        }
        int low = Json.number(asked, "port_range_min", -1);
        int high = Json.number(asked, "port_range_max", -1);
        if ((low >= 0 || high >= 0) && Json.absent(asked, "protocol")) {
            throw new Refusal(
                    400,
                    "SecurityGroupProtocolRequiredWithPorts",
                    "Must also specify protocol if port range is given.");
        }
        if (low > high && !text(asked, "protocol").startsWith("icmp")) {
            throw new Refusal(
                    400,
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
        if (asked.hasNonNull("remote_ip_prefix") && asked.hasNonNull("remote_group_id")) {
            throw new Refusal(
                    400,
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix, remote_group_id or remote_address_group_id may"
                            + " be provided.");
        }
        if (asked.hasNonNull("remote_ip_prefix")
                && prefix(text(asked, "remote_ip_prefix")) == null) {
            throw new Refusal(
                    400,
                    "InvalidCIDR",
                    "Invalid CIDR " + text(asked, "remote_ip_prefix") + " given as IP prefix.");
        }
        ObjectNode candidate = rule(asked, project, world.newId());
        for (ObjectNode other : documents.table(NetworkKind.SECURITY_GROUP_RULE).values()) {
            if (sameRule(candidate, other)) {
                throw new Refusal(
                        409,
                        "SecurityGroupRuleExists",
                        "Security group rule already exists. Rule id is "
                                + text(other, "id")
                                + ".");
            }
        }
        documents.touch(group);
        documents.store(NetworkKind.SECURITY_GROUP_RULE, candidate);
        return candidate;
    }

    private static boolean sameRule(ObjectNode one, ObjectNode other) {
        for (String field :
                List.of(
                        "security_group_id",
                        "direction",
                        "ethertype",
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "normalized_cidr",
                        "remote_group_id",
                        "remote_address_group_id")) {
            if (!text(one, field).equals(text(other, field))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String prefix(String text) {
        Cidr cidr =
                Cidr.parse(
                        text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"));
        return cidr == null ? null : cidr.toString();
    }

    ObjectNode addRule(ObjectNode asked, String project, String id) {
        ObjectNode rule = rule(asked, project, id);
        documents.store(NetworkKind.SECURITY_GROUP_RULE, rule);
        return rule;
    }

    private ObjectNode rule(ObjectNode asked, String project, String id) {
        ObjectNode rule =
                object(
                        "id",
                        id,
                        "tenant_id",
                        project,
                        "security_group_id",
                        text(asked, "security_group_id"),
                        "ethertype",
                        asked.hasNonNull("ethertype") ? text(asked, "ethertype") : "IPv4",
                        "direction",
                        text(asked, "direction"));
        for (String field :
                List.of(
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "remote_ip_prefix",
                        "remote_address_group_id")) {
            rule.set(field, Json.of(asked.get(field)));
        }
        rule.set("normalized_cidr", Json.of(prefix(text(asked, "remote_ip_prefix"))));
        rule.set("remote_group_id", Json.of(asked.get("remote_group_id")));
        rule.set(
                "description",
                asked.hasNonNull("description") ? asked.get("description") : Json.of(""));
        rule.put("revision_number", 0)
                .put("created_at", world.stamp())
                .put("updated_at", world.stamp())
                .put("project_id", project);
        return rule;
    }

    void deleteGroup(ObjectNode group) {
        String id = text(group, "id");
        if (text(group, "name").equals("default")) {
            throw new Refusal(
                    409,
                    "SecurityGroupCannotRemoveDefault",
                    "Insufficient rights for removing default security group.");
        }
        for (ObjectNode port : documents.table(NetworkKind.PORT).values()) {
            if (Json.texts(port.path("security_groups")).contains(id)) {
                throw new Refusal(409, "SecurityGroupInUse", "Security Group " + id + " in use.");
            }
        }
        for (ObjectNode rule :
                List.copyOf(documents.table(NetworkKind.SECURITY_GROUP_RULE).values())) {
            if (text(rule, "security_group_id").equals(id)) {
                documents.drop(NetworkKind.SECURITY_GROUP_RULE, rule);
            }
        }
        documents.drop(NetworkKind.SECURITY_GROUP, group);
    }
}
