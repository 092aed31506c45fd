package dev.stackwright.stack;

import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.template.Constraints;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what a template names is there, as the inventory last saw it; what was never collected is
 * taken for granted.
 */
final class CloudChecks implements Constraints {

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry("nova.flavor", Kind.FLAVOR),
                    Map.entry("nova.keypair", Kind.KEYPAIR),
                    Map.entry("nova.server", Kind.SERVER),
                    Map.entry("glance.image", Kind.IMAGE),
                    Map.entry("neutron.network", Kind.NETWORK),
                    Map.entry("neutron.subnet", Kind.SUBNET),
                    Map.entry("neutron.port", Kind.PORT),
                    Map.entry("neutron.router", Kind.ROUTER),
                    Map.entry("neutron.security_group", Kind.SECURITY_GROUP),
                    Map.entry("cinder.volume", Kind.VOLUME),
                    Map.entry("cinder.vtype", Kind.VOLUME_TYPE),
                    Map.entry("cinder.snapshot", Kind.VOLUME_SNAPSHOT));

    private final Inventory inventory;
    private final Viewer viewer;

    CloudChecks(Inventory inventory, Viewer viewer) {
        this.inventory = inventory;
        this.viewer = viewer;
    }

    @Override
    public Optional<String> check(String constraintName, Value value) {
        var kind = KINDS.get(constraintName);
        if (kind == null || !(value instanceof Value.Text(var text)) || text.isEmpty()) {
            return Optional.empty();
        }
        if (isKnown(kind, text)) {
            return Optional.empty();
        }
        var word = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Optional.of("This project sees no %s `%s`.".formatted(word, text));
    }

    private boolean isKnown(Kind kind, String text) {
        return switch (kind) {
            case SERVER -> true;
            case FLAVOR -> {
                var flavors = inventory.flavors(viewer);
                yield flavors.isEmpty() || flavors.stream().anyMatch(f -> is(f, text));
            }
            case IMAGE -> {
                var images = inventory.images(viewer);
                yield images.isEmpty()
                        || images.stream()
                                .anyMatch(i -> i.id().equals(text) || i.name().equals(text));
            }
            default -> {
                var all = inventory.objects(viewer, kind);
                // A kind of which there is nothing at all was most likely not collected yet.
                yield all.isEmpty()
                        || all.size() >= 1000
                        || all.stream().anyMatch(o -> o.id().equals(text) || o.name().equals(text));
            }
        };
    }

    private static boolean is(Flavor flavor, String text) {
        return flavor.id().equals(text) || flavor.name().equals(text);
    }
}
