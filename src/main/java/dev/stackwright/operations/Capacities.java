package dev.stackwright.operations;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.clearing.Capacity;
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

    private Capacity reckon(Viewer viewer) {
        List<Capacity.Size> sizes = hosts.sizes(viewer, inventory.flavors(viewer));
        return Capacity.of(hosts.scene(viewer, ""), sizes);
    }
}
