package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A security group with the rules that are written inside it. */
final class SecurityGroupHandler extends RestHandler {

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
                NetworkResources.data("SecurityGroup", "security-groups")
                        .left("rules", "description"));
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
        work.drop(
                "drop rule " + id, Request.delete(Service.NETWORK, "/security-group-rules/{}", id));
    }

    private static void add(Work work, String key, ObjectNode rule) {
        try {
            work.change(
                    "add rule " + Integer.toHexString(key.hashCode()),
                    Request.post(Service.NETWORK, "/security-group-rules")
                            .body(Map.of("security_group_rule", rule)));
        } catch (ChangeRefused e) {
            if (!Work.wasRefusedAs(e, CloudFailure.Kind.CONFLICT)
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
                    group.isEmpty() ? work.physicalId() : Names.id(work, "security_group", group));
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
