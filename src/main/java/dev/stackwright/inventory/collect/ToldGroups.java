package dev.stackwright.inventory.collect;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.CollectorStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Security groups as notifications tell them. From Zed on Neutron shows a group to its own project
 * alone, so that looking one up with the collector's account, as is done with everything else,
 * finds nothing; what Neutron says on the bus is all there is until somebody of the project comes.
 * A group is told whole, its rules one by one ({@code neutron.pecan_wsgi.hooks.notifier}).
 */
@Component
class ToldGroups {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GROUP = "security_group";
    private static final String RULE = "security_group_rule";
    private static final int LONGEST_ID = 255;

    private final CollectorStore store;

    ToldGroups(CollectorStore store) {
        this.store = store;
    }

    /** In the transaction of the delivery, in the order in which the bus brought them. */
    void told(CloudName cloud, List<Notification> batch, Instant now) {
        for (var notification : batch) {
            var payload = notification.payload();
            switch (notification.eventType()) {
                case "security_group.create.end", "security_group.update.end" ->
                        each(payload, GROUP, group -> changed(cloud, group, now));
                case "security_group.delete.end" -> {
                    var id = payload.path(GROUP + "_id");
                    if (isId(id)) {
                        store.remove(cloud, Kind.SECURITY_GROUP, List.of(id.asString()), now);
                    }
                }
                case "security_group_rule.create.end" ->
                        each(payload, RULE, rule -> withRule(cloud, rule, true, now));
                case "security_group_rule.delete.end" ->
                        each(payload, RULE, rule -> withRule(cloud, rule, false, now));
                default -> {
                    // Not about a group.
                }
            }
        }
    }

    /** One is told by its name, several by the name with an s. */
    private static void each(JsonNode payload, String name, Consumer<JsonNode> taker) {
        if (payload.path(name).isObject()) {
            taker.accept(payload.path(name));
        }
        payload.path(name + "s").forEach(taker);
    }

    private void changed(CloudName cloud, JsonNode group, Instant now) {
        if (!isId(group.path("id")) || !isId(group.path("project_id"))) {
            return;
        }
        var before = store.facts(cloud, Kind.SECURITY_GROUP, group.path("id").asString());
        if (before == null || revision(JSON.readTree(before)) <= revision(group)) {
            store.storeObjects(cloud, List.of(Reading.object(Kind.SECURITY_GROUP, group)), now);
        }
    }

    private void withRule(CloudName cloud, JsonNode rule, boolean there, Instant now) {
        if (!isId(rule.path("id")) || !isId(rule.path(GROUP + "_id"))) {
            return;
        }
        var before = store.facts(cloud, Kind.SECURITY_GROUP, rule.path(GROUP + "_id").asString());
        if (before == null || !(JSON.readTree(before) instanceof ObjectNode group)) {
            return;
        }
        var rules = new ArrayList<JsonNode>();
        for (var other : group.path(RULE + "s")) {
            if (!other.path("id").equals(rule.path("id"))) {
                rules.add(other);
            }
        }
        if (there) {
            rules.add(rule);
        }
        group.putArray(RULE + "s").addAll(rules);
        store.storeObjects(cloud, List.of(Reading.object(Kind.SECURITY_GROUP, group)), now);
    }

    private static long revision(JsonNode group) {
        return group.path("revision_number").asLong(0);
    }

    private static boolean isId(JsonNode id) {
        return id.isString() && !id.asString().isBlank() && id.asString().length() <= LONGEST_ID;
    }
}
