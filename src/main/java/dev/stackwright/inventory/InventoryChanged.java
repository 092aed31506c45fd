package dev.stackwright.inventory;

import dev.stackwright.kernel.CloudName;
import java.util.Set;

/** Published after these objects were stored anew or found gone. */
public record InventoryChanged(CloudName cloud, Kind kind, Set<String> ids) {

    public InventoryChanged {
        ids = Set.copyOf(ids);
    }
}
