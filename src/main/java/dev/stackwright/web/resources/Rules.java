package dev.stackwright.web.resources;

import dev.stackwright.web.frame.Words;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Says what a rule of a security group lets through. */
final class Rules {

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
}
