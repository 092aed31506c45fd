package dev.stackwright.stack.resource;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A port: its addresses and groups are lists of names. */
final class PortHandler extends RestHandler {

    PortHandler() {
        super(
                NetworkResources.data("Port", "ports")
                        .renamed("network", "network_id", "qos_policy", "qos_policy_id")
                        .resolved(
                                "network", "network",
                                "qos_policy", "qos_policy",
                                "security_groups", "security_group")
                        .left("network_id", "fixed_ips", "no_fixed_ips", "replacement_policy"));
    }

    @Override
    void alsoWanted(Work work, ObjectNode body) {
        NetworkResources.orOldName(work, body, "network_id", "network_id", "network");
        if (body.path("binding:vnic_type").asString("").equals("normal")) {
            body.remove("binding:vnic_type");
        }
        addresses(work, body);
    }

    @Override
    void alsoChanged(Work work, ObjectNode changes) {
        if (work.changed().containsKey("fixed_ips") || work.changed().containsKey("no_fixed_ips")) {
            addresses(work, changes);
        }
        if (changes.path("security_groups").isNull()) {
            changes.remove("security_groups");
        }
    }

    private static void addresses(Work work, ObjectNode body) {
        if (work.json("no_fixed_ips").asBoolean(false)) {
            body.set("fixed_ips", JsonNodeFactory.instance.arrayNode());
            return;
        }
        var given = work.json("fixed_ips");
        if (given.isArray() && !given.isEmpty()) {
            body.set("fixed_ips", NetworkResources.addresses(work, given));
        }
    }
}
