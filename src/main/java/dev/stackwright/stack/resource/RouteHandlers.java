package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.StepOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is not a thing of its own in Neutron but written into a router: routes and a gateway. */
final class RouteHandlers {

    private RouteHandlers() {}

    static List<ResourceHandler> all() {
        return List.of(new RoutesHandler(), new GatewayHandler());
    }

    /** One route more, or several. */
    private static final class RoutesHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Neutron::ExtraRoute", "OS::Neutron::ExtraRouteSet");
        }

        @Override
        public StepOutcome create(Work work) {
            var wanted = routes(work, false);
            var surplus = JsonNodeFactory.instance.arrayNode();
            for (var route : routes(work, true)) {
                if (wanted.valueStream().noneMatch(route::equals)) {
                    surplus.add(route);
                }
            }
            if (!surplus.isEmpty()) {
                change(work, "remove_extraroutes", surplus);
            }
            if (!wanted.isEmpty()) {
                change(work, "add_extraroutes", wanted);
            }
            work.is(work.row().toString());
            return work.done();
        }

        @Override
        public StepOutcome update(Work work) {
            return create(work);
        }

        @Override
        public StepOutcome delete(Work work) {
            var routes = routes(work, false);
            if (work.exists() && !routes.isEmpty()) {
                change(work, "remove_extraroutes", routes);
            }
            return work.done();
        }

        private static void change(Work work, String action, ArrayNode routes) {
            var router =
                    Names.id(
                            work,
                            "router",
                            work.given("router", "router_id")
                                    .orElseThrow(() -> new Impossible("It needs a router")));
            var request =
                    Request.put(Service.NETWORK, "/routers/{}/" + action, router)
                            .body(Map.of("router", Map.of("routes", routes)));
            if (action.startsWith("remove")) {
                work.drop(action, request);
            } else {
                work.change(action, request);
            }
        }

        private static ArrayNode routes(Work work, boolean before) {
            var routes = JsonNodeFactory.instance.arrayNode();
            boolean many = work.type().properties().containsKey("routes");
            if (many) {
                var given = before ? work.jsonBefore("routes") : work.json("routes");
                given.forEach(route -> routes.add(route(route)));
            } else if (!before) {
                routes.add(
                        RestHandler.object()
                                .put("destination", work.required("destination"))
                                .put("nexthop", work.required("nexthop")));
            }
            return routes;
        }

        private static JsonNode route(JsonNode given) {
            return RestHandler.object()
                    .put("destination", given.path("destination").asString())
                    .put("nexthop", given.path("nexthop").asString());
        }
    }

    /** The gateway of a router that is defined elsewhere. */
    private static final class GatewayHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Neutron::RouterGateway");
        }

        @Override
        public StepOutcome create(Work work) {
            var network =
                    work.given("network", "network_id")
                            .orElseThrow(() -> new Impossible("It needs a network"));
            var router = Names.id(work, "router", work.required("router_id"));
            work.change(
                    "open",
                    gateway(router, Map.of("network_id", Names.id(work, "network", network))));
            work.is(work.row().toString());
            return work.done();
        }

        @Override
        public StepOutcome delete(Work work) {
            if (work.exists()) {
                var router = Names.id(work, "router", work.required("router_id"));
                work.drop("close", gateway(router, Map.of()));
            }
            return work.done();
        }

        private static Request gateway(String router, Map<String, String> where) {
            return Request.put(Service.NETWORK, "/routers/{}", router)
                    .body(Map.of("router", Map.of("external_gateway_info", where)));
        }
    }
}
