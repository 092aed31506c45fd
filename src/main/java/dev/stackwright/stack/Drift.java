package dev.stackwright.stack;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.resource.Properties;
import dev.stackwright.stack.store.ResourceRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody changed on the cloud of what a stack made, as the inventory last saw it. Only
 * properties that the service tells in the words of the template are looked at, and only what was
 * seen after the stack itself touched it last.
 */
final class Drift {

    private static final Set<String> YES = Set.of("true", "yes", "on", "1", "t", "y");

    private static final Map<String, Watched> WATCHED =
            Map.of(
                    "OS::Neutron::Net",
                    new Watched(Kind.NETWORK, "name", "admin_state_up", "port_security_enabled"),
                    "OS::Neutron::Subnet",
                    new Watched(Kind.SUBNET, "name", "enable_dhcp"),
                    "OS::Neutron::Port",
                    new Watched(Kind.PORT, "name", "admin_state_up", "port_security_enabled"),
                    "OS::Neutron::Router",
                    new Watched(Kind.ROUTER, "name", "admin_state_up"),
                    "OS::Neutron::SecurityGroup",
                    new Watched(Kind.SECURITY_GROUP, "name"),
                    "OS::Cinder::Volume",
                    new Watched(Kind.VOLUME, "name"));

    private record Watched(Kind kind, List<String> properties) {

        Watched(Kind kind, String... properties) {
            this(kind, List.of(properties));
        }
    }

    private final Inventory inventory;

    Drift(Inventory inventory) {
        this.inventory = inventory;
    }

    /** The properties that are not what was applied, with what they are, by resource. */
    Map<String, Value.Entries> of(Viewer viewer, Collection<ResourceRow> rows) {
        var byKind = new LinkedHashMap<Kind, List<ResourceRow>>();
        for (var row : rows) {
            var watched = WATCHED.get(row.view().type());
            if (watched != null && row.view().physicalId() != null && isStill(row)) {
                byKind.computeIfAbsent(watched.kind(), _ -> new ArrayList<>()).add(row);
            }
        }
        var drift = new LinkedHashMap<String, Value.Entries>();
        byKind.forEach((kind, these) -> {
            var ids = these.stream().map(row -> String.valueOf(row.view().physicalId())).toList();
            var live = new LinkedHashMap<String, CloudObject>();
            inventory.findAll(viewer, kind, ids).forEach(one -> live.put(one.id(), one));
            for (var row : these) {
                var changed = changed(row, live.get(row.view().physicalId()));
                if (!changed.isEmpty()) {
                    drift.put(row.view().name(), new Value.Entries(changed));
                }
            }
        });
        return drift;
    }

    private static boolean isStill(ResourceRow row) {
        return row.view().progress() == StackProgress.COMPLETE && row.applied() != null;
    }

    private static Map<String, Value> changed(ResourceRow row, @Nullable CloudObject live) {
        var changed = new LinkedHashMap<String, Value>();
        var touched = row.view().updatedAt();
        if (live == null || touched == null || !live.seen().isAfter(touched)) {
            return changed;
        }
        var applied = Applied.read(row.applied()).properties().values();
        var watched = WATCHED.get(row.view().type());
        for (var property : watched == null ? List.<String>of() : watched.properties()) {
            var given = applied.get(property);
            var now = live.facts().path(property);
            if (given != null && now.isValueNode() && !now.isNull() && !isSame(given, now)) {
                changed.put(property, Properties.value(now));
            }
        }
        return changed;
    }

    private static boolean isSame(Value given, JsonNode now) {
        return switch (given) {
            case Value.Text(var text) ->
                    now.isBoolean()
                            ? YES.contains(text.strip().toLowerCase(Locale.ROOT)) == now.asBoolean()
                            : text.isEmpty() || text.equals(now.asString());
            case Value.Bool(var flag) -> flag == now.asBoolean(flag);
            case Value.Num(var number) -> number.toPlainString().equals(now.asString());
            case Value.Null _, Value.Items _, Value.Entries _, Value.Unknown _ -> true;
        };
    }
}
