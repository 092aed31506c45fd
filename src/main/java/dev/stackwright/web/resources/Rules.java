package dev.stackwright.web.resources;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what a rule of a security group lets through, and makes new ones. */
final class Rules {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final Pattern RANGE = Pattern.compile("[0-9A-Fa-f.:]{2,45}(/\\d{1,3})?");

    private Rules() {}

    static Words direction(JsonNode rule) {
        return Words.of(
                rule.path("direction").asString("").equals("egress")
                        ? "resources.rule.out"
                        : "resources.rule.in");
    }

    static Words protocol(JsonNode rule) {
        var protocol = rule.path("protocol").asString("");
        var family = rule.path("ethertype").asString("IPv4");
        return protocol.isEmpty()
                ? Words.of("resources.rule.any", family)
                : Words.of("resources.rule.protocol", protocol.toUpperCase(Locale.ROOT), family);
    }

    static List<String> ports(JsonNode rule) {
        var low = rule.path("port_range_min").asInt(-1);
        var high = rule.path("port_range_max").asInt(-1);
        if (low < 0) {
            return List.of();
        }
        return List.of(high < 0 || low == high ? String.valueOf(low) : low + "–" + high);
    }

    /** Where from or where to, when it is not another group. */
    static List<String> remote(JsonNode rule) {
        var prefix = rule.path("remote_ip_prefix").asString("");
        if (!prefix.isEmpty()) {
            return List.of(prefix);
        }
        return rule.path("remote_group_id").asString("").isEmpty()
                ? List.of(rule.path("ethertype").asString("").equals("IPv6") ? "::/0" : "0.0.0.0/0")
                : List.of();
    }

    static List<Field> fields(List<Field.Option> groups) {
        var others = new ArrayList<Field.Option>();
        others.add(new Field.Option("", Words.of("resources.form.anybody"), false, false));
        others.addAll(groups);
        return List.of(
                Field.select(
                        "direction",
                        Words.of("resources.direction"),
                        List.of(
                                new Field.Option(
                                        "ingress", Words.of("resources.rule.in"), false, false),
                                new Field.Option(
                                        "egress", Words.of("resources.rule.out"), false, false))),
                Field.select(
                        "protocol",
                        Words.of("resources.protocol"),
                        List.of(
                                Field.Option.of("tcp", "TCP"),
                                Field.Option.of("udp", "UDP"),
                                Field.Option.of("icmp", "ICMP"),
                                new Field.Option(
                                        "", Words.of("resources.form.any"), false, false))),
                Field.text("ports", Words.of("resources.portrange"))
                        .example("443")
                        .hint(Words.of("resources.form.ports")),
                Field.text("remote", Words.of("resources.form.range"))
                        .example("203.0.113.0/24")
                        .hint(Words.of("resources.form.range.hint")),
                Field.select("group", Words.of("resources.form.group"), others));
    }

    /** Null when the ports are none, one, or a range. */
    static @Nullable Words wrong(String field, String text) {
        return switch (field) {
            case "ports" ->
                    text.isEmpty() || PORTS.matcher(text).matches()
                            ? null
                            : Words.of("resources.form.ports.wrong");
            case "remote" ->
                    text.isEmpty() || RANGE.matcher(text).matches()
                            ? null
                            : Words.of("resources.form.range.wrong");
            default -> null;
        };
    }

    static Request request(CloudObject group, Map<String, String> typed) {
        var body = JSON.createObjectNode();
        var rule = body.putObject("security_group_rule");
        var remote = ObjectDeeds.text(typed, "remote");
        rule.put("security_group_id", group.id())
                .put("direction", ObjectDeeds.text(typed, "direction"))
                .put("ethertype", remote.contains(":") ? "IPv6" : "IPv4");
        ObjectDeeds.chosen(typed, "protocol").ifPresent(protocol -> rule.put("protocol", protocol));
        var ports = PORTS.matcher(ObjectDeeds.text(typed, "ports"));
        if (ports.matches()) {
            var low = Integer.parseInt(ports.group(1));
            rule.put("port_range_min", low)
                    .put(
                            "port_range_max",
                            ports.group(2) == null ? low : Integer.parseInt(ports.group(2)));
        }
        if (!remote.isEmpty()) {
            rule.put("remote_ip_prefix", remote);
        } else {
            ObjectDeeds.chosen(typed, "group")
                    .ifPresent(other -> rule.put("remote_group_id", other));
        }
        return Request.post(Service.NETWORK, "/security-group-rules").body(body);
    }
}
