package dev.stackwright.operations;

import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.clearing.Capacity;
import dev.stackwright.operations.clearing.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The room that is left on a cloud; reckoned anew when the hosts were read anew. */
@Component
public class Capacities {

    private final HostFacts hosts;
    private final Inventory inventory;
    private final Map<CloudName, Known> known = new ConcurrentHashMap<>();

    /** What was reckoned of facts that were read then. */
    public record Known(Instant read, Capacity capacity) {}

    private final Map<CloudName, Places> places = new ConcurrentHashMap<>();

    /** The hosts as they were read then. */
    private record Places(Instant read, List<Place> all) {}

    /** Whether a host has room for one more of a flavor, as far as was read then. */
    public record Room(Instant read, boolean isThere) {}

    Capacities(HostFacts hosts, Inventory inventory) {
        this.hosts = hosts;
        this.inventory = inventory;
    }

    /** Empty for anyone who is not an administrator, and while nothing was read yet. */
    public Optional<Known> of(Viewer viewer) {
        if (!viewer.admin()) {
            return Optional.empty();
        }
        return hosts.read(viewer)
                .map(read ->
                        known.compute(
                                viewer.cloud(),
                                (_, before) ->
                                        before != null && before.read().equals(read)
                                                ? before
                                                : new Known(read, reckon(viewer))));
    }

    /**
     * Whether any host would take one more of a flavor for the viewer's project. Everybody may ask:
     * which hosts there are and how full they are is not told. Empty while nothing was read yet.
     */
    public Optional<Room> room(Viewer viewer, Flavor flavor) {
        var eyes =
                new Viewer(viewer.cloud(), viewer.project(), viewer.user(), viewer.roles(), true);
        return hosts.read(eyes)
                .map(read -> {
                    var known =
                            places.compute(
                                    viewer.cloud(),
                                    (_, before) ->
                                            before != null && before.read().equals(read)
                                                    ? before
                                                    : new Places(read, hosts.places(eyes)));
                    var size = hosts.sizes(eyes, List.of(flavor)).getFirst();
                    return new Room(
                            read,
                            known.all().stream()
                                    .anyMatch(place ->
                                            Capacity.takes(place, size, viewer.project().value())));
                });
    }

    private Capacity reckon(Viewer viewer) {
        List<Capacity.Size> sizes = hosts.sizes(viewer, inventory.flavors(viewer));
        return Capacity.of(hosts.scene(viewer, ""), sizes);
    }
}
