package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How Glance lists images: filters, order and pages. */
final class ImageList {

    private static final List<String> SORT_KEYS =
            List.of(
                    "name",
                    "status",
                    "container_format",
                    "disk_format",
                    "size",
                    "id",
                    "created_at",
                    "updated_at");
    private static final Set<String> VISIBILITIES =
            Set.of("public", "private", "shared", "community", "all");
    private static final Set<String> MEMBERSHIPS = Set.of("pending", "accepted", "rejected", "all");

    private static final Set<String> CONTROLS =
            Set.of("limit", "marker", "sort_key", "sort_dir", "sort", "member_status");

    private final Map<String, ObjectNode> images;

    ImageList(World world) {
        this.images = world.table("image");
    }

    Reply list(Call call) {
        check(call);
        Grant grant = call.grant();
        String wantedVisibility = call.query("visibility");
        String status =
                call.query("member_status") == null
                        ? "accepted"
                        : String.valueOf(call.query("member_status"));
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode image : images.values()) {
            if (listed(grant, image, wantedVisibility, status) && wanted(call, image)) {
                found.add(image);
            }
        }
        Order order = order(call);
        found.sort(order.by(order.key()));
        Page page =
                Page.of(
                        found,
                        "id",
                        call.query("marker"),
                        limit(call),
                        marker -> new Refusal(400, "No image found with ID " + marker));
        String query = Page.query(call, Set.of("marker"));
        ObjectNode reply = object();
        reply.set("images", Json.list(page.items().stream().map(Json::open).toList()));
        reply.put("first", call.path() + (query.isEmpty() ? "" : "?" + query));
        reply.put("schema", "/v2/schemas/images");
        if (page.full()) {
            reply.put("next", Page.next(call, page.last("id")));
        }
        return Reply.ok(reply);
    }

    private static Order order(Call call) {
        Order order = Order.asked(call);
        if (!SORT_KEYS.contains(order.key())) {
            throw new Refusal(
                    400,
                    "Invalid sort key: "
                            + order.key()
                            + ". It must be one of the following: "
                            + String.join(", ", SORT_KEYS)
                            + ".");
        }
        if (!Order.isDirection(order.direction())) {
            throw new Refusal(400, "Invalid sort direction: " + order.direction());
        }
        return order;
    }

    private static void check(Call call) {
        String visibility = call.query("visibility");
        if (visibility != null && !VISIBILITIES.contains(visibility)) {
            throw new Refusal(400, "Invalid visibility value: " + visibility);
        }
        String membership = call.query("member_status");
        if (membership != null && !MEMBERSHIPS.contains(membership)) {
            throw new Refusal(400, "Invalid status: " + membership);
        }
        String guarded = call.query("protected");
        if (guarded != null && !guarded.matches("true|false")) {
            throw new Refusal(
                    400,
                    "Invalid value '"
                            + guarded
                            + "' for 'protected' filter. Valid values are 'true' or 'false'.");
        }
        for (String name : List.of("size_min", "size_max")) {
            String value = call.query(name);
            if (value != null && !value.matches("[0-9]+")) {
                throw new Refusal(400, "Unable to filter on a range with a non-numeric value.");
            }
        }
    }

    private boolean listed(
            Grant grant, ObjectNode image, @Nullable String wantedVisibility, String memberStatus) {
        String visibility = text(image, "visibility");
        if (wantedVisibility != null
                && !wantedVisibility.equals("all")
                && !wantedVisibility.equals(visibility)) {
            return false;
        }
        if (grant.sees(text(image, "owner")) || visibility.equals("public")) {
            return !(visibility.equals("community")
                    && wantedVisibility == null
                    && !grant.owns(text(image, "owner")));
        }
        if (visibility.equals("community")) {
            return "community".equals(wantedVisibility) || "all".equals(wantedVisibility);
        }
        ObjectNode member = Images.member(image, grant.project());
        return visibility.equals("shared")
                && member != null
                && (memberStatus.equals("all") || memberStatus.equals(text(member, "status")));
    }

    private static boolean wanted(Call call, ObjectNode image) {
        if (!call.queries().containsKey("os_hidden") && Json.truth(image, "os_hidden", false)) {
            return false;
        }
        for (Map.Entry<String, List<String>> filter : call.queries().entrySet()) {
            String name = filter.getKey();
            if (CONTROLS.contains(name) || name.equals("visibility")) {
                continue;
            }
            boolean matches =
                    name.equals("size_min")
                            ? image.path("size").asLong(0)
                                    >= Long.parseLong(filter.getValue().getLast())
                            : name.equals("size_max")
                                    ? image.path("size").asLong(0)
                                            <= Long.parseLong(filter.getValue().getLast())
                                    : name.equals("tag")
                                            ? Json.texts(image.path("tags"))
                                                    .containsAll(filter.getValue())
                                            : filter.getValue().stream()
                                                    .anyMatch(value ->
                                                            value.startsWith("in:")
                                                                    ? List.of(
                                                                                    value.substring(
                                                                                                    3)
                                                                                            .split(
                                                                                                    ","))
                                                                            .contains(
                                                                                    text(
                                                                                            image,
                                                                                            name))
                                                                    : Service.matches(
                                                                            image,
                                                                            name,
                                                                            List.of(value)));
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        if (limit == null) {
            return 25;
        }
        if (!limit.matches("-?[0-9]{1,9}")) {
            throw new Refusal(400, "limit param must be an integer");
        }
        if (limit.startsWith("-")) {
            throw new Refusal(400, "limit param must be positive");
        }
        return Math.min(1000, Integer.parseInt(limit));
    }
}
