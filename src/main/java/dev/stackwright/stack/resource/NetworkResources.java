package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What Neutron has: each type is a line of data, and a few lines of code where it is odd. */
final class NetworkResources {

    private NetworkResources() {}

    static List<ResourceHandler> all() {
        return List.of(
                new RestHandler(
                        data(
                                "OS::Neutron::Net",
                                "networks",
                                Map.of("qos_policy", "qos_policy_id"),
                                Map.of("qos_policy", "qos_policy"),
                                Set.of("dhcp_agent_ids"))) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        // Saying shared at all is for administrators only.
                        if (!body.path("shared").asBoolean(false)) {
                            body.remove("shared");
                        }
                    }
                },
                new RestHandler(
                        data(
                                "OS::Neutron::Subnet",
                                "subnets",
                                Map.of(
                                        "network", "network_id",
                                        "subnetpool", "subnetpool_id",
                                        "segment", "segment_id"),
                                Map.of("network", "network", "subnetpool", "subnetpool"),
                                Set.of("network_id", "gateway_ip"))) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        orOldName(work, body, "network_id", "network_id", "network");
                        gateway(work, body);
                    }

                    @Override
                    void alsoChanged(Work work, ObjectNode changes) {
                        if (work.changed().containsKey("gateway_ip")) {
                            gateway(work, changes);
                        }
                    }
                },
                new RestHandler(
                        data(
                                "OS::Neutron::Router",
                                "routers",
                                Map.of(),
                                Map.of(),
                                Set.of("external_gateway_info", "l3_agent_id", "l3_agent_ids"))) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        var gateway = work.json("external_gateway_info");
                        if (gateway.isObject() && !gateway.isEmpty()) {
                            body.set("external_gateway_info", outside(work, gateway));
                        }
                    }

                    @Override
                    void alsoChanged(Work work, ObjectNode changes) {
                        var gateway = work.changed().get("external_gateway_info");
                        if (gateway != null) {
                            changes.set("external_gateway_info", outside(work, gateway));
                        }
                    }
                },
                new PortHandler(),
                new SecurityGroupHandler(),
                new RestHandler(
                        data(
                                "OS::Neutron::SecurityGroupRule",
                                "security-group-rules",
                                Map.of(
                                        "security_group", "security_group_id",
                                        "remote_group", "remote_group_id"),
                                Map.of(
                                        "security_group", "security_group",
                                        "remote_group", "security_group"),
                                Set.of("description"),
                                false)) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        if (body.path("protocol").asString("").equals("any")) {
                            body.remove("protocol");
                        }
                    }

                    @Override
                    void finish(Work work) {
                        // Neutron cannot change a rule; its description stays the mark.
                    }
                },
                new RestHandler(
                        data(
                                "OS::Neutron::FloatingIP",
                                "floatingips",
                                Map.of(
                                        "floating_network", "floating_network_id",
                                        "floating_subnet", "subnet_id"),
                                Map.of(
                                        "floating_network", "network",
                                        "floating_subnet", "subnet"),
                                Set.of("floating_network_id"),
                                false)) {
                    @Override
                    void alsoWanted(Work work, ObjectNode body) {
                        orOldName(
                                work,
                                body,
                                "floating_network_id",
                                "floating_network_id",
                                "network");
                    }
                },
                new RouterInterfaceHandler(),
                new FloatingIpAssociationHandler());
    }

    static RestType data(
            String type,
            String collection,
            Map<String, String> renamed,
            Map<String, String> resolved,
            Set<String> left) {
        return data(type, collection, renamed, resolved, left, true);
    }

    private static RestType data(
            String type,
            String collection,
            Map<String, String> renamed,
            Map<String, String> resolved,
            Set<String> left,
            boolean nameable) {
        var key = collection.replace('-', '_');
        return new RestType(
                type,
                Service.NETWORK,
                "/" + collection,
                key.substring(0, key.length() - 1),
                key,
                nameable,
                renamed,
                resolved,
                left);
    }

    private static void orOldName(
            Work work, ObjectNode body, String field, String oldName, String kind) {
        if (!body.has(field)) {
            work.text(oldName)
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> body.put(field, Names.id(work, kind, given)));
        }
    }

    /** An empty gateway means: none at all. */
    private static void gateway(Work work, ObjectNode body) {
        work.text("gateway_ip")
                .ifPresent(given -> {
                    if (given.isEmpty() || given.equals("~")) {
                        body.putNull("gateway_ip");
                    } else {
                        body.put("gateway_ip", given);
                    }
                });
    }

    private static JsonNode outside(Work work, JsonNode gateway) {
        var sent = RestHandler.object();
        if (!gateway.isObject() || gateway.isEmpty()) {
            return sent;
        }
        sent.put("network_id", Names.id(work, "network", gateway.path("network").asString()));
        if (gateway.path("enable_snat").isBoolean()) {
            sent.set("enable_snat", gateway.path("enable_snat"));
        }
        var addresses = gateway.path("external_fixed_ips");
        if (addresses.isArray() && !addresses.isEmpty()) {
            sent.set("external_fixed_ips", addresses(work, addresses));
        }
        return sent;
    }

    static JsonNode addresses(Work work, JsonNode given) {
        var sent = JsonNodeFactory.instance.arrayNode();
        for (var one : given) {
            var address = sent.addObject();
            var subnet = one.path("subnet").asString(one.path("subnet_id").asString(""));
            if (!subnet.isEmpty()) {
                address.put("subnet_id", Names.id(work, "subnet", subnet));
            }
            var ip = one.path("ip_address").asString("");
            if (!ip.isEmpty()) {
                address.put("ip_address", ip);
            }
        }
        return sent;
    }

    /** A port: its addresses and groups are lists of names. */
    private static final class PortHandler extends RestHandler {

        PortHandler() {
            super(
                    NetworkResources.data(
                            "OS::Neutron::Port",
                            "ports",
                            Map.of("network", "network_id", "qos_policy", "qos_policy_id"),
                            Map.of(
                                    "network", "network",
                                    "qos_policy", "qos_policy",
                                    "security_groups", "security_group"),
                            Set.of(
                                    "network_id",
                                    "fixed_ips",
                                    "no_fixed_ips",
                                    "replacement_policy")));
        }

        @Override
        void alsoWanted(Work work, ObjectNode body) {
            orOldName(work, body, "network_id", "network_id", "network");
            if (body.path("binding:vnic_type").asString("").equals("normal")) {
                body.remove("binding:vnic_type");
            }
            addresses(work, body);
        }

        @Override
        void alsoChanged(Work work, ObjectNode changes) {
            if (work.changed().containsKey("fixed_ips")
                    || work.changed().containsKey("no_fixed_ips")) {
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

    /** A security group with the rules that are written inside it. */
    private static final class SecurityGroupHandler extends RestHandler {

        private static final Set<String> FIELDS =
                Set.of(
                        "direction",
                        "ethertype",
                        "port_range_min",
                        "port_range_max",
                        "protocol",
                        "remote_ip_prefix");

        SecurityGroupHandler() {
            super(
                    NetworkResources.data(
                            "OS::Neutron::SecurityGroup",
                            "security-groups",
                            Map.of(),
                            Map.of(),
                            Set.of("rules", "description")));
        }

        @Override
        void finish(Work work) {
            super.finish(work);
            bringRules(work);
        }

        @Override
        public StepOutcome update(Work work) {
            if (work.changed().containsKey("description")) {
                work.change(
                        "describe",
                        put(
                                work,
                                object().put(
                                                "description",
                                                work.text("description")
                                                        .orElseGet(work::description))));
            }
            super.update(work);
            if (work.changed().containsKey("rules")) {
                bringRules(work);
            }
            return work.done();
        }

        /** Adds what is missing and takes out what is too much, so that it may be done twice. */
        private void bringRules(Work work) {
            var rules = work.json("rules");
            var wanted = new LinkedHashMap<String, ObjectNode>();
            boolean egress = false;
            for (var rule : rules) {
                var body = rule(work, rule);
                egress |= body.path("direction").asString().equals("egress");
                wanted.put(key(body), body);
            }
            boolean first = work.before().values().isEmpty();
            if (wanted.isEmpty() && first) {
                return;
            }
            var there = new LinkedHashMap<String, String>();
            for (var rule :
                    work.list(
                            Request.get(Service.NETWORK, "/security-group-rules")
                                    .query("security_group_id", work.physicalId()),
                            "security_group_rules")) {
                if (rule.path("security_group_id").asString().equals(work.physicalId())) {
                    there.put(key(rule), rule.path("id").asString());
                }
            }
            for (var old : there.entrySet()) {
                // The two rules that let everything out stay, unless the template speaks of egress.
                boolean usual = old.getKey().matches("egress\\|IPv[46]\\|\\|\\|\\|\\|");
                if (!wanted.containsKey(old.getKey()) && (egress || !usual)) {
                    drop(work, old.getValue());
                }
            }
            for (var rule : wanted.entrySet()) {
                if (!there.containsKey(rule.getKey())) {
                    add(work, rule.getKey(), rule.getValue());
                }
            }
        }

        private static void drop(Work work, String id) {
            try {
                work.change(
                        "drop rule " + id,
                        Request.delete(Service.NETWORK, "/security-group-rules/{}", id));
            } catch (ChangeRefused e) {
                if (!isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    throw e;
                }
            }
        }

        private static void add(Work work, String key, ObjectNode rule) {
            try {
                work.change(
                        "add rule " + Integer.toHexString(key.hashCode()),
                        Request.post(Service.NETWORK, "/security-group-rules")
                                .body(Map.of("security_group_rule", rule)));
            } catch (ChangeRefused e) {
                if (!isKind(e, CloudFailure.Kind.CONFLICT)
                        || !String.valueOf(e.getMessage()).contains("exists")) {
                    throw e;
                }
            }
        }

        private static ObjectNode rule(Work work, JsonNode given) {
            var body = object().put("security_group_id", work.physicalId());
            for (var field : FIELDS) {
                var value = given.path(field);
                if (!value.isMissingNode() && !value.isNull() && !value.asString("x").isEmpty()) {
                    body.set(field, value);
                }
            }
            if (!body.has("direction")) {
                body.put("direction", "ingress");
            }
            if (!body.has("ethertype")) {
                body.put("ethertype", "IPv4");
            }
            if (body.path("protocol").asString("").equals("any")) {
                body.remove("protocol");
            }
            if (given.path("remote_mode").asString("").equals("remote_group_id")) {
                var group = given.path("remote_group_id").asString("");
                body.put(
                        "remote_group_id",
                        group.isEmpty()
                                ? work.physicalId()
                                : Names.id(work, "security_group", group));
                body.remove("remote_ip_prefix");
            }
            return body;
        }

        private static String key(JsonNode rule) {
            var prefix = rule.path("remote_ip_prefix").asString("");
            return String.join(
                            "|",
                            rule.path("direction").asString(""),
                            rule.path("ethertype").asString(""),
                            rule.path("protocol").asString(""),
                            rule.path("port_range_min").asString(""),
                            rule.path("port_range_max").asString(""),
                            prefix.equals("0.0.0.0/0") || prefix.equals("::/0") ? "" : prefix,
                            rule.path("remote_group_id").asString(""))
                    .replaceFirst("\\|$", "");
        }
    }

    static boolean isKind(ChangeRefused refused, CloudFailure.Kind kind) {
        return refused.getCause() instanceof CloudFailure failure && failure.kind() == kind;
    }

    /** A router's foot in a subnet: nothing of its own, only a port that Neutron makes. */
    private static final class RouterInterfaceHandler implements ResourceHandler {

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
        public StepOutcome update(Work work) {
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
            try {
                work.change(
                        "remove",
                        Request.put(Service.NETWORK, "/routers/{}/remove_router_interface", router)
                                .body(Map.of(key, id.substring(equals + 1))));
            } catch (ChangeRefused e) {
                if (!isKind(e, CloudFailure.Kind.NOT_FOUND)) {
                    throw e;
                }
            }
            return work.done();
        }

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of();
        }

        private static String router(Work work) {
            var given = work.text("router").or(() -> work.text("router_id"));
            return Names.id(
                    work, "router", given.orElseThrow(() -> new Impossible("It needs a router")));
        }

        private record What(String key, String id) {}

        private static What what(Work work) {
            var port = work.text("port").or(() -> work.text("port_id")).filter(p -> !p.isEmpty());
            if (port.isPresent()) {
                return new What("port_id", Names.id(work, "port", port.get()));
            }
            var subnet = work.text("subnet").or(() -> work.text("subnet_id"));
            return new What(
                    "subnet_id",
                    Names.id(
                            work,
                            "subnet",
                            subnet.orElseThrow(
                                    () -> new Impossible("It needs a subnet or a port"))));
        }

        private static Optional<JsonNode> port(Work work, String router, What what) {
            return work
                    .list(
                            Request.get(Service.NETWORK, "/ports").query("device_id", router),
                            "ports")
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

    /** A floating IP pointing at a port. */
    private static final class FloatingIpAssociationHandler implements ResourceHandler {

        @Override
        public Set<String> types() {
            return Set.of("OS::Neutron::FloatingIPAssociation");
        }

        @Override
        public StepOutcome create(Work work) {
            var body = RestHandler.object();
            body.put("port_id", Names.id(work, "port", work.required("port_id")));
            work.text("fixed_ip_address")
                    .filter(given -> !given.isEmpty())
                    .ifPresent(given -> body.put("fixed_ip_address", given));
            var answer = work.change("associate", put(work.required("floatingip_id"), body));
            work.seen(answer.body().path("floatingip"));
            work.is(work.required("floatingip_id"));
            return work.done();
        }

        @Override
        public StepOutcome update(Work work) {
            return create(work);
        }

        @Override
        public StepOutcome delete(Work work) {
            if (!work.exists()) {
                return work.done();
            }
            var live =
                    work.find(Request.get(Service.NETWORK, "/floatingips/{}", work.physicalId()));
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

        @Override
        public Map<String, Value> attributes(Work work) {
            return Map.of();
        }

        private static Request put(String id, ObjectNode body) {
            return Request.put(Service.NETWORK, "/floatingips/{}", id)
                    .body(Map.of("floatingip", body));
        }
    }
}
