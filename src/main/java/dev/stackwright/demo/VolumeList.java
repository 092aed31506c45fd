package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Cinder lists anything: filters, order and pages. */
final class VolumeList {

    private static final Set<String> CONTROLS =
            Set.of(
                    "limit",
                    "marker",
                    "sort",
                    "sort_key",
                    "sort_dir",
                    "offset",
                    "all_tenants",
                    "with_count",
                    "project_id");

    private static final Set<String> VOLUME_FILTERS =
            Set.of(
                    "name",
                    "name~",
                    "status",
                    "status~",
                    "metadata",
                    "bootable",
                    "migration_status",
                    "availability_zone",
                    "group_id",
                    "size",
                    "glance_metadata",
                    "created_at",
                    "updated_at",
                    "consumes_quota",
                    "volume_type_id",
                    "no_migration_targets");
    private static final Set<String> SNAPSHOT_FILTERS =
            Set.of(
                    "name",
                    "name~",
                    "status",
                    "status~",
                    "volume_id",
                    "metadata",
                    "availability_zone",
                    "consumes_quota");
    private static final Set<String> SORT_KEYS =
            Set.of(
                    "created_at",
                    "updated_at",
                    "name",
                    "display_name",
                    "id",
                    "status",
                    "size",
                    "volume_type",
                    "volume_type_id",
                    "host",
                    "availability_zone",
                    "bootable",
                    "volume_id",
                    "user_id",
                    "project_id");

    private final String base;
    private final Map<String, ObjectNode> volumes;
    private final Map<String, ObjectNode> snapshots;
    private final VolumeView shows;

    VolumeList(World world, String base, VolumeView shows) {
        this.base = base;
        this.volumes = world.table("volume");
        this.snapshots = world.table("snapshot");
        this.shows = shows;
    }

    Reply list(Call call, String kind, boolean detailed) {
        boolean isVolume = kind.equals("volumes");
        checkFilters(call, isVolume ? VOLUME_FILTERS : SNAPSHOT_FILTERS);
        Map<String, ObjectNode> table = isVolume ? volumes : snapshots;
        boolean all = call.grant().admin() && call.asks("all_tenants");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode document : table.values()) {
            if (all
                    ? call.query("project_id") == null
                            || Service.matches(document, "_project", call.queries("project_id"))
                    : call.grant().owns(text(document, "_project"))) {
                if (wanted(call, document)) {
                    found.add(document);
                }
            }
        }
        Order order = order(call);
        found.sort(order.by(order.key().equals("display_name") ? "name" : order.key()));
        ObjectNode reply = object();
        String one = isVolume ? "Volume " : "Snapshot ";
        Page page =
                Page.of(
                        found.subList(offset(call, found.size()), found.size()),
                        "id",
                        call.query("marker"),
                        limit(call),
                        marker -> new Refusal(404, one + marker + " could not be found."));
        ArrayNode shown = reply.putArray(kind);
        for (ObjectNode each : page.items()) {
            shown.add(
                    detailed
                            ? isVolume
                                    ? shows.view(call, each)
                                    : VolumeView.snapshotView(each, true)
                            : isVolume
                                    ? object(
                                            "id",
                                            text(each, "id"),
                                            "name",
                                            each.get("name"),
                                            "links",
                                            shows.links(call, kind, text(each, "id")))
                                    : VolumeView.snapshotView(each, false));
        }
        if (page.full()) {
            reply.set(
                    kind + "_links",
                    array(object("rel", "next", "href", base + Page.next(call, page.last("id")))));
        }
        if (call.since(45) && call.asks("with_count")) {
            reply.put("count", found.size());
        }
        return Reply.ok(reply);
    }

    private static Order order(Call call) {
        Order order = Order.asked(call);
        if (!Order.isDirection(order.direction())) {
            throw new Refusal(
                    400,
                    "Invalid input received: Unknown sort direction, must be 'desc' or 'asc'.");
        }
        if (!SORT_KEYS.contains(order.key())) {
            throw new Refusal(400, "Invalid input received: Invalid sort key");
        }
        return order;
    }

    /**
     * From 3.34 on Cinder refuses a filter that it does not know; before that it takes no notice.
     */
    private static void checkFilters(Call call, Set<String> known) {
        List<String> unknown =
                call.queries().keySet().stream()
                        .filter(name -> !CONTROLS.contains(name) && !known.contains(name))
                        .toList();
        if (call.since(34) && !unknown.isEmpty()) {
            throw new Refusal(
                    400,
                    "Invalid filters "
                            + String.join(", ", unknown)
                            + " are found in query options.");
        }
    }

    private static boolean wanted(Call call, ObjectNode document) {
        for (Map.Entry<String, List<String>> filter : call.queries().entrySet()) {
            if (!CONTROLS.contains(filter.getKey())
                    && document.has(filter.getKey())
                    && !Service.matches(document, filter.getKey(), filter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        if (limit == null) {
            return 1000;
        }
        if (!limit.matches("-?[0-9]{1,9}")) {
            throw new Refusal(400, "limit param must be an integer");
        }
        if (limit.startsWith("-")) {
            throw new Refusal(400, "limit param must be positive");
        }
        return Math.min(1000, Integer.parseInt(limit));
    }

    private static int offset(Call call, int most) {
        String offset = call.query("offset");
        if (offset == null || call.query("marker") != null) {
            return 0;
        }
        if (!offset.matches("-?[0-9]{1,9}")) {
            throw new Refusal(400, "offset must be an integer");
        }
        if (offset.startsWith("-")) {
            throw new Refusal(400, "offset must be >= 0");
        }
        return Math.min(most, Integer.parseInt(offset));
    }
}
