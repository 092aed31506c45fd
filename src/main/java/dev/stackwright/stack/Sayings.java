package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.store.ResourceRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Resources that are nothing to look at: each says something about another thing, and a property
 * says which one.
 */
final class Sayings {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The properties that say it, the newer name first. */
    private static final Map<String, List<String>> PROPERTIES =
            Map.of(
                    "OS::Neutron::SecurityGroupRule", List.of("security_group"),
                    "OS::Neutron::RouterGateway", List.of("router_id"),
                    "OS::Neutron::ExtraRoute", List.of("router", "router_id"),
                    "OS::Neutron::ExtraRouteSet", List.of("router", "router_id"),
                    "OS::Neutron::FloatingIPPortForward", List.of("floating_ip"),
                    "OS::Neutron::Segment", List.of("network"),
                    "OS::Neutron::Trunk", List.of("port"));

    private Sayings() {}

    /** The id of that thing; a name says nothing here, because others may have it, too. */
    static Optional<String> about(ResourceRow row) {
        var names = PROPERTIES.get(row.view().type());
        if (names == null || row.applied() == null) {
            return Optional.empty();
        }
        var given = Applied.read(row.applied()).properties().values();
        return names.stream()
                .map(given::get)
                .filter(Value.Text.class::isInstance)
                .map(value -> ((Value.Text) value).value())
                .filter(value -> ID.matcher(value).matches())
                .findFirst();
    }
}
