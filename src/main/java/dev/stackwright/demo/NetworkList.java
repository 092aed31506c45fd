package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Neutron lists anything: filters, order, pages and the chosen fields. */
final class NetworkList {

    private static final Set<String> CONTROLS =
            Set.of(
                    "fields",
                    "limit",
                    "marker",
                    "sort_key",
                    "sort_dir",
                    "page_reverse",
                    "tags",
                    "tags-any",
                    "not-tags",
                    "not-tags-any");

    private static final Set<String> COMMON =
            Set.of(
                    "id",
                    "name",
                    "tenant_id",
                    "project_id",
                    "description",
                    "status",
                    "created_at",
                    "updated_at",
                    "revision_number",
                    "changed_since",
                    "admin_state_up",
                    "shared",
                    "standard_attr_id");
    private static final Set<String> YES_OR_NO =
            Set.of(
                    "admin_state_up",
                    "shared",
                    "router:external",
                    "enable_dhcp",
                    "is_default",
                    "port_security_enabled");

    private final String base;
    private final NetworkDocuments documents;
    private final SecurityGroups groups;
    private final NetworkView views;

    NetworkList(String base, NetworkDocuments documents, SecurityGroups groups, NetworkView views) {
        this.base = base;
        this.documents = documents;
        this.groups = groups;
        this.views = views;
    }

    Reply list(Call call, NetworkKind kind) {
        Grant grant = call.grant();
        if (kind == NetworkKind.SECURITY_GROUP && grant.projectId() != null) {
            groups.defaultGroup(grant.project());
        }
        check(call, kind);
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode document : documents.table(kind).values()) {
            if (documents.visible(grant, kind, document) && wanted(call, document)) {
                found.add(document);
            }
        }
        sort(call, found);
        return page(call, kind, found);
    }

    /** Neutron refuses what it cannot filter or sort by. */
    private void check(Call call, NetworkKind kind) {
        List<String> strange =
                call.queries().keySet().stream()
                        .filter(name -> !CONTROLS.contains(name) && !knows(kind, name))
                        .toList();
        if (!strange.isEmpty()) {
            throw invalid(
                    "['" + String.join("', '", strange) + "']",
                    "is invalid attribute for filtering");
        }
        for (String key : call.queries("sort_key")) {
            if (!knows(kind, key)) {
                throw invalid("['" + key + "']", "is invalid attribute for sort_keys");
            }
        }
        for (String direction : call.queries("sort_dir")) {
            if (!Order.isDirection(direction)) {
                throw invalid(
                        "['" + direction + "']",
                        "is invalid value for sort_dirs, valid value is 'asc' and 'desc'");
            }
        }
        for (String name : YES_OR_NO) {
            String value = call.query(name);
            if (value != null && !value.matches("(?i)true|false|1|0|on|off|yes|no|t|f|y|n")) {
                throw NetworkDocuments.invalid("'" + value + "' cannot be converted to boolean.");
            }
        }
    }

    private boolean knows(NetworkKind kind, String name) {
        return COMMON.contains(name)
                || kind.settable().isEmpty()
                || kind.settable().contains(name)
                || documents.table(kind).values().stream()
                        .limit(1)
                        .anyMatch(one -> one.has(name) && !name.startsWith("_"));
    }

    private static Refusal invalid(String what, String why) {
        return new Refusal(400, "HTTPBadRequest", what + " " + why);
    }

    private static void sort(Call call, List<ObjectNode> found) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        if (keys.size() != directions.size() && !keys.isEmpty()) {
            throw new Refusal(
                    400, "HTTPBadRequest", "The number of sort_keys and sort_dirs must be same");
        }
        Comparator<ObjectNode> order = Comparator.comparing(document -> text(document, "id"));
        for (int i = keys.size() - 1; i >= 0; i--) {
            String key = keys.get(i);
            Comparator<ObjectNode> by = Comparator.comparing(document -> text(document, key));
            order = (directions.get(i).equals("desc") ? by.reversed() : by).thenComparing(order);
        }
        found.sort(order);
        if (call.asks("page_reverse")) {
            java.util.Collections.reverse(found);
        }
    }

    private Reply page(Call call, NetworkKind kind, List<ObjectNode> found) {
        int limit = limit(call);
        List<ObjectNode> page =
                Page.of(
                                found,
                                "id",
                                call.query("marker"),
                                limit > 0 ? limit : Integer.MAX_VALUE,
                                kind::notFound)
                        .items();
        ObjectNode reply = object();
        if (call.asks("page_reverse")) {
            page = page.reversed();
        }
        reply.set(
                kind.many(),
                Json.list(
                        page.stream()
                                .map(each -> chosen(call, views.view(call.grant(), kind, each)))
                                .toList()));
        if (limit > 0 && !page.isEmpty()) {
            ArrayNode links = reply.putArray(kind.many() + "_links");
            if (page.size() == limit || call.asks("page_reverse")) {
                links.add(
                        object(
                                "rel",
                                "next",
                                "href",
                                href(call, text(page.getLast(), "id"), false)));
            }
            links.add(
                    object(
                            "rel",
                            "previous",
                            "href",
                            href(call, text(page.getFirst(), "id"), true)));
        }
        return Reply.ok(reply);
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        if (limit == null) {
            return 0;
        }
        if (!limit.matches("[0-9]{1,9}")) {
            throw new Refusal(
                    400,
                    "BadRequest",
                    "Bad limit request: Limit must be an integer 0 or greater and not '"
                            + limit
                            + "'.");
        }
        return Integer.parseInt(limit);
    }

    private String href(Call call, String marker, boolean reverse) {
        return base + Page.next(call, marker) + (reverse ? "&page_reverse=True" : "");
    }

    static ObjectNode chosen(Call call, ObjectNode document) {
        List<String> fields = call.queries("fields");
        if (fields.isEmpty()) {
            return document;
        }
        ObjectNode chosen = object();
        for (String field : fields) {
            if (document.has(field)) {
                chosen.set(field, document.get(field));
            }
        }
        return chosen;
    }

    private static boolean wanted(Call call, ObjectNode document) {
        for (Map.Entry<String, List<String>> filter : call.queries().entrySet()) {
            String field = filter.getKey();
            if (CONTROLS.contains(field)) {
                continue;
            }
            boolean matches =
                    switch (field) {
                        case "fixed_ips" -> matchesAddress(document, filter.getValue());
                        case "security_groups" ->
                                intersects(document.path(field), filter.getValue());

                        default ->
                                !document.has(field)
                                        || Service.matches(document, field, filter.getValue());
                    };
            if (!matches) {
                return false;
            }
        }
        List<String> tags = Json.texts(document.path("tags"));
        return (call.query("tags") == null
                        || tags.containsAll(List.of(String.valueOf(call.query("tags")).split(","))))
                && (call.query("tags-any") == null
                        || intersects(
                                document.path("tags"),
                                List.of(String.valueOf(call.query("tags-any")).split(","))))
                && (call.query("not-tags") == null
                        || !tags.containsAll(
                                List.of(String.valueOf(call.query("not-tags")).split(","))));
    }

    private static boolean intersects(JsonNode array, List<String> wanted) {
        return Json.texts(array).stream().anyMatch(wanted::contains);
    }

    private static boolean matchesAddress(ObjectNode port, List<String> wanted) {
        for (String each : wanted) {
            int equals = each.indexOf('=');
            String field = equals < 0 ? "" : each.substring(0, equals);
            boolean found = false;
            for (JsonNode address : port.path("fixed_ips")) {
                found |= text(address, field).equals(each.substring(equals + 1));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
