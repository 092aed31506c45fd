package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of single types about when a change is a replacement, and what is lost by it, beyond
 * what the catalog can say.
 */
final class Replacement {

    private static final Set<String> NEW_ON_EVERY_UPDATE =
            Set.of("OS::Heat::UpdateWaitConditionHandle");

    /** Properties of a server whose meaning depends on another property: its policy and default. */
    private static final Map<String, Policy> SERVER_POLICIES =
            Map.of(
                    "flavor", new Policy("flavor_update_policy", "RESIZE"),
                    "image", new Policy("image_update_policy", "REBUILD"),
                    "user_data", new Policy("user_data_update_policy", "REPLACE"));

    private record Policy(String property, String usual) {}

    private Replacement() {}

    static boolean onEveryUpdate(String type) {
        return NEW_ON_EVERY_UPDATE.contains(type);
    }

    /** Whether a change of this top-level property builds the resource anew. */
    static boolean isForcedBy(
            String property, @Nullable ResourceType type, Map<String, Value> after) {
        if (type == null) {
            return false;
        }
        var schema = type.properties().get(property);
        if (schema != null && !schema.updateAllowed() && !schema.immutable()) {
            return true;
        }
        return switch (type.name()) {
            case "OS::Nova::Server" -> {
                var policy = SERVER_POLICIES.get(property);
                yield policy != null
                        && "REPLACE".equals(text(after, policy.property, policy.usual));
            }
            case "OS::Neutron::Port" ->
                    "REPLACE_ALWAYS".equals(text(after, "replacement_policy", "AUTO"));
            default -> false;
        };
    }

    /**
     * Whether the old one has to go first. A port hands over its fixed addresses, a server its
     * ports and volumes; none of them can be in use twice.
     */
    static Replacing.Order order(
            @Nullable ResourceType type, Map<String, Value> olds, Map<String, Value> news) {
        if (type == null) {
            return Replacing.Order.CREATE_FIRST;
        }
        return switch (type.name()) {
            case "OS::Neutron::Port" ->
                    hasFixedPlace(news)
                            ? Replacing.Order.DELETE_FIRST
                            : Replacing.Order.CREATE_FIRST;
            case "OS::Nova::Server" ->
                    shares(olds, news, "networks", "port")
                                    || shares(olds, news, "block_device_mapping", "volume_id")
                                    || shares(olds, news, "block_device_mapping_v2", "volume_id")
                            ? Replacing.Order.DELETE_FIRST
                            : Replacing.Order.CREATE_FIRST;
            default -> type.replacing().order();
        };
    }

    private static boolean shares(
            Map<String, Value> olds, Map<String, Value> news, String list, String key) {
        var held = held(olds, list, key);
        return held(news, list, key).stream().anyMatch(held::contains);
    }

    private static Set<String> held(Map<String, Value> server, String list, String key) {
        var held = new HashSet<String>();
        if (server.get(list) instanceof Value.Items(var items)) {
            for (var item : items) {
                if (item instanceof Value.Entries(var entries)
                        && entries.get(key) instanceof Value.Text(var id)) {
                    held.add(id);
                }
            }
        }
        return held;
    }

    private static boolean hasFixedPlace(Map<String, Value> port) {
        return port.containsKey("mac_address")
                || (port.get("fixed_ips") instanceof Value.Items(var items)
                        && items.stream()
                                .anyMatch(item ->
                                        item instanceof Value.Entries(var fixed)
                                                && fixed.containsKey("ip_address")));
    }

    /** What is gone for good when the object of a resource goes. */
    static List<String> losses(@Nullable ResourceType type, DeployedResource old, Sizes sizes) {
        if (type == null) {
            return List.of();
        }
        return switch (type.name()) {
            case "OS::Nova::Server" -> serverLosses(old, sizes);
            case "OS::Cinder::Volume" -> {
                var size = old.properties().values().get("size");
                yield size == null || size.hasUnknown()
                        ? type.replacing().loses()
                        : List.of(word(size) + " GB of data on " + old.name());
            }
            case "OS::Neutron::FloatingIP" -> {
                var address = old.attributes().get("floating_ip_address");
                yield address instanceof Value.Text(var text)
                        ? List.of("the public address " + text)
                        : type.replacing().loses();
            }
            default -> type.replacing().loses();
        };
    }

    private static List<String> serverLosses(DeployedResource old, Sizes sizes) {
        var properties = old.properties().values();
        var bootsFromVolume =
                !properties.containsKey("image")
                        && (properties.containsKey("block_device_mapping_v2")
                                || properties.containsKey("block_device_mapping"));
        if (bootsFromVolume) {
            return List.of();
        }
        var disk =
                properties.get("flavor") instanceof Value.Text(var flavor)
                        ? sizes.flavor(flavor).map(Sizes.FlavorSize::diskGigabytes).orElse(0)
                        : 0;
        return List.of(
                disk > 0
                        ? disk + " GB local disk of " + old.name()
                        : "everything on the local disk of " + old.name());
    }

    /** What a new object has of its own; known addresses are named. */
    static List<String> changes(@Nullable ResourceType type, DeployedResource old) {
        if (type == null) {
            return List.of("its id");
        }
        if (type.name().equals("OS::Nova::Server")) {
            return serverChanges(old);
        }
        return type.replacing().changes();
    }

    private static List<String> serverChanges(DeployedResource old) {
        var networks =
                old.properties().values().get("networks") instanceof Value.Items(var items)
                        ? items
                        : List.<Value>of();
        var hasOnlyPorts =
                !networks.isEmpty()
                        && networks.stream()
                                .allMatch(n ->
                                        n instanceof Value.Entries(var entries)
                                                && entries.containsKey("port"));
        if (hasOnlyPorts) {
            return List.of("its id");
        }
        return old.attributes().get("first_address") instanceof Value.Text(var text)
                        && !text.isBlank()
                ? List.of("address " + text + " becomes a new one", "its id")
                : List.of("its addresses", "its id");
    }

    /** An update in place that loses something all the same: a rebuild wipes the disk. */
    static List<String> lossesInPlace(
            @Nullable ResourceType type,
            List<PropertyChange> changes,
            DeployedResource old,
            Sizes sizes) {
        var isRebuilt =
                type != null
                        && type.name().equals("OS::Nova::Server")
                        && changes.stream().anyMatch(c -> c.path().equals("image"));
        return isRebuilt ? serverLosses(old, sizes) : List.of();
    }

    private static String text(Map<String, Value> properties, String name, String usual) {
        return properties.get(name) instanceof Value.Text(var text) ? text : usual;
    }

    private static String word(Value value) {
        return switch (value) {
            case Value.Num(var number) -> number.toPlainString();
            case Value.Text(var text) -> text;
            case Value.Null _, Value.Bool _, Value.Items _, Value.Entries _, Value.Unknown _ -> "";
        };
    }
}
