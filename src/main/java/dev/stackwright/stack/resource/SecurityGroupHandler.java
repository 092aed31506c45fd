package dev.stackwright.stack.resource;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.execution.StepOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A security group with the rules that are written inside it. */
final class SecurityGroupHandler extends RestHandler {

    private static final List<String> FIELDS =
            List.of(
                    "direction",
                    "ethertype",
                    "protocol",
                    "port_range_min",
                    "port_range_max",
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
            if (rule.path("security_group_id").asString().equals(work.physicalId())
                    && !isAResource(rule)) {
                there.put(key(rule), rule.path("id").asString());
            }
        }
        for (var old : there.entrySet()) {
            // The two rules that let everything out stay, unless the template speaks of egress.
            if (!wanted.containsKey(old.getKey()) && (egress || !isUsual(old.getKey()))) {
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
        var remote = given.path("remote_group_id").asString("");
        var mode = given.path("remote_mode").asString("");
        return rule(
                work.physicalId(),
                given,
                remote.isEmpty() || !mode.equals("remote_group_id")
                        ? work.physicalId()
                        : Names.id(work, "security_group", remote));
    }

    /**
     * A rule as Neutron has it.
     *
     * @param remote the group that it speaks of, if it does of one
     */
    private static ObjectNode rule(String group, JsonNode given, String remote) {
        var body = object().put("security_group_id", group);
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
            body.put("remote_group_id", remote);
            body.remove("remote_ip_prefix");
        }
        return body;
    }

    /**
     * The rules as the template says them where it does, then the others; without the usual ones.
     */
    static JsonNode told(JsonNode live, JsonNode given, LiveView.Sight sight) {
        if (!live.path("security_group_rules").isArray()) {
            return LiveView.UNTOLD;
        }
        var left = new LinkedHashMap<String, JsonNode>();
        live.path("security_group_rules")
                .valueStream()
                .filter(rule -> !isAResource(rule))
                .forEach(rule -> left.put(key(rule), rule));
        var told = JsonNodeFactory.instance.arrayNode();
        boolean egress = false;
        for (var rule : given) {
            egress |= rule.path("direction").asString("").equals("egress");
            var body = rule(live.path("id").asString(""), rule, sight);
            if (body.isEmpty()) {
                return LiveView.UNTOLD;
            }
            if (left.remove(key(body)) != null) {
                told.add(rule);
            }
        }
        for (var rest : left.entrySet()) {
            if (egress || !isUsual(rest.getKey())) {
                told.add(inWords(rest.getValue()));
            }
        }
        return told;
    }

    /** Empty when it speaks of a group by a name that nobody knows. */
    private static ObjectNode rule(String group, JsonNode given, LiveView.Sight sight) {
        var remote = given.path("remote_group_id").asString("");
        var id = remote.isEmpty() ? Optional.of(group) : sight.id("security_group", remote);
        return id.map(known -> rule(group, given, known)).orElseGet(RestHandler::object);
    }

    private static ObjectNode inWords(JsonNode rule) {
        var words = object();
        for (var field : FIELDS) {
            var value = rule.path(field);
            if (!value.isNull() && !value.asString("").isEmpty()) {
                words.set(field, value);
            }
        }
        var remote = rule.path("remote_group_id").asString("");
        return remote.isEmpty()
                ? words
                : words.put("remote_mode", "remote_group_id").put("remote_group_id", remote);
    }

    /** A rule that is a resource of its own bears a mark, and is none of the group's. */
    private static boolean isAResource(JsonNode rule) {
        return rule.path("description").asString("").contains("stackwright:");
    }

    /** The two rules that let everything out. */
    private static boolean isUsual(String key) {
        return key.matches("egress\\|IPv[46]\\|+");
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
