package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Neutron shows what it keeps to one caller. */
final class NetworkView {

    private final NetworkDocuments documents;

    NetworkView(NetworkDocuments documents) {
        this.documents = documents;
    }

    ObjectNode view(Grant grant, NetworkKind kind, ObjectNode document) {
        ObjectNode shown = object();
        boolean admin = grant.admin();
        document.properties()
                .forEach(field -> {
                    if (!field.getKey().startsWith("_") && (admin || !kind.hides(field.getKey()))) {
                        shown.set(field.getKey(), field.getValue());
                    }
                });
        if (kind == NetworkKind.NETWORK) {
            boolean own = grant.sees(text(document, "project_id"));
            if (!own) {
                shown.remove("router:external");
            }
            if (!Json.truth(document, "router:external", false)) {
                shown.remove("is_default");
            }
            if (!admin) {
                shown.put("shared", documents.shared(grant, document));
            }
        }
        if (kind == NetworkKind.SECURITY_GROUP) {
            ArrayNode rules = shown.putArray("security_group_rules");
            for (ObjectNode rule : documents.table(NetworkKind.SECURITY_GROUP_RULE).values()) {
                if (text(rule, "security_group_id").equals(text(document, "id"))) {
                    rules.add(rule);
                }
            }
        }
        if (kind == NetworkKind.FLOATING_IP) {
            shown.set("port_details", portDetails(text(document, "port_id")));
        }
        return shown;
    }

    private JsonNode portDetails(String portId) {
        ObjectNode port = documents.table(NetworkKind.PORT).get(portId);
        if (port == null) {
            return Json.of(null);
        }
        ObjectNode details = object();
        for (String field :
                List.of(
                        "name",
                        "network_id",
                        "mac_address",
                        "admin_state_up",
                        "status",
                        "device_id",
                        "device_owner")) {
            details.set(field, port.get(field));
        }
        return details;
    }
}
