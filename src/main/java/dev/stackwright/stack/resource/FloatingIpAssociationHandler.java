package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A floating IP pointing at a port. */
final class FloatingIpAssociationHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Neutron::FloatingIPAssociation");
    }

    @Override
    public StepOutcome create(Work work) {
        var body = RestHandler.object();
        body.put("port_id", Names.id(work, "port", work.required("port_id")));
        work.given("fixed_ip_address").ifPresent(given -> body.put("fixed_ip_address", given));
        var answer = work.change("associate", put(work.required("floatingip_id"), body));
        work.seen(answer.body().path("floatingip"));
        work.is(work.required("floatingip_id"));
        return work.done();
    }

    @Override
    public StepOutcome update(Work work) {
        return create(work);
    }

    /** Others name it otherwise. */
    @Override
    public StepOutcome adopt(Work work) {
        work.remember(work.memory().put("id", work.required("floatingip_id")));
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.exists()) {
            return work.done();
        }
        var live = work.find(Request.get(Service.NETWORK, "/floatingips/{}", work.physicalId()));
        var port = live.map(ip -> ip.path("floatingip").path("port_id").asString(""));
        var ours = work.before().values().get("port_id");
        boolean elsewhere =
                ours instanceof Value.Text text
                        && port.isPresent()
                        && !port.get().isEmpty()
                        && !port.get().equals(text.value());
        if (port.isEmpty() || port.get().isEmpty() || elsewhere) {
            return work.done();
        }
        work.change("part", put(work.physicalId(), RestHandler.object().putNull("port_id")));
        return work.done();
    }

    private static Request put(String id, ObjectNode body) {
        return Request.put(Service.NETWORK, "/floatingips/{}", id).body(Map.of("floatingip", body));
    }
}
