package dev.stackwright.stack;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.resource.Listing;
import dev.stackwright.stack.resource.Lists;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The lists of a cloud as the inventory has them, of what it saw after a moment. */
final class SeenLists implements Lists {

    private static final Map<String, Kind> KINDS =
            Map.of(
                    "networks", Kind.NETWORK,
                    "subnets", Kind.SUBNET,
                    "ports", Kind.PORT,
                    "routers", Kind.ROUTER,
                    "floatingips", Kind.FLOATING_IP,
                    "security_groups", Kind.SECURITY_GROUP,
                    "volumes", Kind.VOLUME);

    private final Inventory inventory;
    private final Viewer viewer;
    private final List<String> ids;
    private final Map<Kind, List<CloudObject>> objects;
    private final @Nullable Instant after;

    /**
     * @param ids of the objects that are asked for
     */
    SeenLists(Inventory inventory, Viewer viewer, List<String> ids) {
        this(inventory, viewer, ids, new EnumMap<>(Kind.class), null);
    }

    private SeenLists(
            Inventory inventory,
            Viewer viewer,
            List<String> ids,
            Map<Kind, List<CloudObject>> objects,
            @Nullable Instant after) {
        this.inventory = inventory;
        this.viewer = viewer;
        this.ids = ids;
        this.objects = objects;
        this.after = after;
    }

    /** What was seen before that says nothing any more. */
    SeenLists since(@Nullable Instant touched) {
        return new SeenLists(inventory, viewer, ids, objects, touched);
    }

    @Override
    public Optional<List<JsonNode>> of(Listing listing) {
        var kind = KINDS.get(listing.key());
        var since = after;
        if (kind == null || since == null) {
            return Optional.empty();
        }
        return Optional.of(
                objects.computeIfAbsent(kind, one -> inventory.findAll(viewer, one, ids)).stream()
                        .filter(one -> one.seen().isAfter(since))
                        .map(one -> one.facts())
                        .toList());
    }

    @Override
    public boolean areFresh() {
        return false;
    }

    @Override
    public boolean isGone(Listing listing, String id) {
        return false;
    }
}
