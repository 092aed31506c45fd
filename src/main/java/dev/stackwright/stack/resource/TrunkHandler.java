package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A trunk with its sub-ports, which come and go by calls of their own. */
final class TrunkHandler extends RestHandler {

    TrunkHandler() {
        super(NetworkResources.data("Trunk", "trunks").refers("port", "port").left("sub_ports"));
    }

    @Override
    void alsoWanted(Work work, ObjectNode body) {
        body.set("sub_ports", ports(work, work.json("sub_ports")));
    }

    @Override
    public StepOutcome update(Work work) {
        if (work.changed().containsKey("sub_ports")) {
            open(work);
            var wanted = ports(work, work.json("sub_ports"));
            var before = ports(work, work.jsonBefore("sub_ports"));
            move(work, "remove_subports", without(before, wanted));
            move(work, "add_subports", without(wanted, before));
            work.change("state", put(work, state(work.json("admin_state_up").asBoolean(true))));
        }
        return super.update(work);
    }

    /** Neutron touches no trunk that is switched off. */
    private void open(Work work) {
        if (show(work).filter(live -> !live.path("admin_state_up").asBoolean(true)).isPresent()) {
            work.change("open", put(work, state(true)));
        }
    }

    private static ObjectNode state(boolean up) {
        return object().put("admin_state_up", up);
    }

    @Override
    public StepOutcome delete(Work work) {
        if (work.wasMade(() -> look(work))) {
            open(work);
        }
        return super.delete(work);
    }

    private static ArrayNode without(ArrayNode these, ArrayNode those) {
        var left = JsonNodeFactory.instance.arrayNode();
        these.valueStream()
                .filter(one -> those.valueStream().noneMatch(one::equals))
                .forEach(left::add);
        return left;
    }

    private static void move(Work work, String action, ArrayNode ports) {
        if (!ports.isEmpty()) {
            work.once(
                    action,
                    () ->
                            Request.put(Service.NETWORK, "/trunks/{}/" + action, work.physicalId())
                                    .body(Map.of("sub_ports", ports)));
        }
    }

    private static ArrayNode ports(Work work, JsonNode given) {
        var ports = JsonNodeFactory.instance.arrayNode();
        for (var one : given) {
            var port = ports.addObject();
            port.put("port_id", Names.id(work, "port", one.path("port").asString()));
            for (var field : new String[] {"segmentation_id", "segmentation_type"}) {
                if (one.hasNonNull(field)) {
                    port.set(field, one.path(field));
                }
            }
        }
        return ports;
    }
}
