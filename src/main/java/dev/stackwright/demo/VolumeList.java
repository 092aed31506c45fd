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
        Order order = Order.asked(call);
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
        if (!limit.matches("[0-9]{1,9}")) {
            throw new Refusal(400, "limit param must be an integer");
        }
        return Math.min(1000, Integer.parseInt(limit));
    }

    private static int offset(Call call, int most) {
        String offset = call.query("offset");
        return offset == null || call.query("marker") != null
                ? 0
                : Math.min(most, Integer.parseInt(offset));
    }
}
