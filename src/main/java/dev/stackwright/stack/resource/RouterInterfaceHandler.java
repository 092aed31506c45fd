package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A router's foot in a subnet: nothing of its own, only a port that Neutron makes. */
final class RouterInterfaceHandler implements ResourceHandler {

    @Override
    public Set<String> types() {
        return Set.of("OS::Neutron::RouterInterface");
    }

    @Override
    public StepOutcome create(Work work) {
        var router = router(work);
        var what = what(work);
        if (port(work, router, what).isEmpty()) {
            try {
                work.change(
                        "add",
                        Request.put(Service.NETWORK, "/routers/{}/add_router_interface", router)
                                .body(Map.of(what.key(), what.id())));
            } catch (ChangeRefused e) {
                throw new Impossible(String.valueOf(e.getMessage()));
            }
        }
        work.is(router + ":" + what.key() + "=" + what.id());
        return work.done();
    }

    @Override
    public StepOutcome delete(Work work) {
        if (!work.exists()) {
            return work.done();
        }
        var id = work.physicalId();
        int colon = id.indexOf(':');
        int equals = id.indexOf('=');
        var router = id.substring(0, colon);
        var key = id.substring(colon + 1, equals);
        work.drop(
                "remove",
                Request.put(Service.NETWORK, "/routers/{}/remove_router_interface", router)
                        .body(Map.of(key, id.substring(equals + 1))));
        return work.done();
    }

    private static String router(Work work) {
        var given = work.text("router").or(() -> work.text("router_id"));
        return Names.id(
                work, "router", given.orElseThrow(() -> new Impossible("It needs a router")));
    }

    private record What(String key, String id) {}

    private static What what(Work work) {
        var port = work.text("port").or(() -> work.given("port_id"));
        if (port.isPresent()) {
            return new What("port_id", Names.id(work, "port", port.get()));
        }
        var subnet = work.text("subnet").or(() -> work.text("subnet_id"));
        return new What(
                "subnet_id",
                Names.id(
                        work,
                        "subnet",
                        subnet.orElseThrow(() -> new Impossible("It needs a subnet or a port"))));
    }

    private static Optional<JsonNode> port(Work work, String router, What what) {
        return work
                .list(Request.get(Service.NETWORK, "/ports").query("device_id", router), "ports")
                .stream()
                .filter(port -> port.path("device_id").asString().equals(router))
                .filter(port ->
                        what.key().equals("port_id")
                                ? port.path("id").asString().equals(what.id())
                                : stands(port, what.id()))
                .findFirst();
    }

    private static boolean stands(JsonNode port, String subnet) {
        for (var address : port.path("fixed_ips")) {
            if (address.path("subnet_id").asString().equals(subnet)) {
                return port.path("device_owner").asString("").startsWith("network:")
                        && !port.path("device_owner").asString().endsWith("gateway");
            }
        }
        return false;
    }
}
