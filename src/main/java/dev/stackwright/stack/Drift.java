package dev.stackwright.stack;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Seen;
import dev.stackwright.stack.resource.Lists;
import dev.stackwright.stack.resource.LiveViews;
import dev.stackwright.stack.store.ResourceRow;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How what a stack made looks on the cloud now, property by property: one list for each service and
 * type, whatever the number of resources. Who plans without being signed in sees what the inventory
 * saw, if that is newer than what the stack itself did last.
 */
final class Drift {

    private final LiveViews views = LiveViews.all();
    private final Catalog catalog;
    private final Clouds clouds;
    private final Inventory inventory;

    Drift(Catalog catalog, Clouds clouds, Inventory inventory) {
        this.catalog = catalog;
        this.clouds = clouds;
        this.inventory = inventory;
    }

    /** By resource; without those that are not on a cloud at all. */
    Map<String, Seen> of(Viewer viewer, @Nullable Token token, Collection<ResourceRow> rows) {
        var these = rows.stream().filter(this::isOnACloud).toList();
        if (these.isEmpty()) {
            return Map.of();
        }
        var types = new LinkedHashSet<String>();
        these.forEach(row -> types.add(row.view().type()));
        var cloud = token == null ? null : clouds.find(viewer.cloud()).orElse(null);
        var seen = new LinkedHashMap<String, Seen>();
        if (token != null && cloud != null) {
            var lists = new CloudLists(cloud, token, views.listings(types));
            these.forEach(row -> seen.put(row.view().name(), look(row, lists)));
        } else {
            var ids = these.stream().map(row -> String.valueOf(row.view().physicalId())).toList();
            var lists = new SeenLists(inventory, viewer, ids);
            these.forEach(row ->
                    seen.put(row.view().name(), look(row, lists.since(row.view().updatedAt()))));
        }
        return seen;
    }

    /**
     * The same for what is to be taken over: the type, the id and what the template says of each.
     */
    Map<String, Seen> of(Viewer viewer, @Nullable Token token, Map<String, Wanted> wanted) {
        var types = new LinkedHashSet<String>();
        wanted.values().forEach(one -> types.add(one.type().name()));
        var cloud = token == null ? null : clouds.find(viewer.cloud()).orElse(null);
        var seen = new LinkedHashMap<String, Seen>();
        var lists =
                token != null && cloud != null
                        ? new CloudLists(cloud, token, views.listings(types))
                        : new SeenLists(
                                        inventory,
                                        viewer,
                                        wanted.values().stream().map(Wanted::id).toList())
                                .since(Instant.EPOCH);
        wanted.forEach((name, one) -> {
            if (one.type().service() != null) {
                seen.put(
                        name,
                        views.look(one.type(), one.properties(), one.id(), lists)
                                .orElse(Seen.UNSEEN));
            }
        });
        return seen;
    }

    /** What is to be taken over. */
    record Wanted(ResourceType type, String id, Map<String, Value> properties) {}

    private boolean isOnACloud(ResourceRow row) {
        return row.view().progress() == StackProgress.COMPLETE
                && row.view().action() != StackAction.DELETE
                && row.applied() != null
                && row.view().physicalId() != null
                && catalog.find(row.view().type())
                        .filter(type -> type.service() != null)
                        .isPresent();
    }

    private Seen look(ResourceRow row, Lists lists) {
        return views.look(
                        catalog.find(row.view().type()).orElseThrow(),
                        Applied.read(row.applied()).properties().values(),
                        String.valueOf(row.view().physicalId()),
                        lists)
                .orElse(Seen.UNSEEN);
    }
}
