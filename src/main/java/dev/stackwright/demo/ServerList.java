package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Nova lists servers: filters, order and pages. */
final class ServerList {

    private static final Set<String> STATUSES =
            Set.of(
                    "ACTIVE",
                    "BUILD",
                    "DELETED",
                    "ERROR",
                    "HARD_REBOOT",
                    "MIGRATING",
                    "PASSWORD",
                    "PAUSED",
                    "REBOOT",
                    "REBUILD",
                    "RESCUE",
                    "RESIZE",
                    "REVERT_RESIZE",
                    "SHELVED",
                    "SHELVED_OFFLOADED",
                    "SHUTOFF",
                    "SOFT_DELETED",
                    "SUSPENDED",
                    "UNKNOWN",
                    "VERIFY_RESIZE");
    private static final Set<String> FILTERS =
            Set.of(
                    "name",
                    "status",
                    "image",
                    "flavor",
                    "host",
                    "vm_state",
                    "task_state",
                    "power_state",
                    "project_id",
                    "tenant_id",
                    "user_id",
                    "uuid",
                    "ip",
                    "ip6",
                    "key_name",
                    "reservation_id",
                    "all_tenants",
                    "deleted",
                    "changes-since",
                    "changes-before",
                    "limit",
                    "marker",
                    "sort_key",
                    "sort_dir",
                    "tags",
                    "tags-any",
                    "not-tags",
                    "not-tags-any",
                    "availability_zone",
                    "node",
                    "metadata",
                    "locked",
                    "description",
                    "hostname",
                    "created_at",
                    "launched_at",
                    "locked_by");

    private static final List<String> SORT_KEYS =
            List.of(
                    "task_state",
                    "locked",
                    "image_ref",
                    "host",
                    "vm_state",
                    "access_ip_v4",
                    "availability_zone",
                    "project_id",
                    "progress",
                    "uuid",
                    "root_device_name",
                    "display_description",
                    "kernel_id",
                    "ramdisk_id",
                    "terminated_at",
                    "power_state",
                    "key_name",
                    "display_name",
                    "auto_disk_config",
                    "launch_index",
                    "hostname",
                    "launched_at",
                    "updated_at",
                    "user_id",
                    "locked_by",
                    "config_drive",
                    "access_ip_v6",
                    "instance_type_id",
                    "created_at",
                    "node");

    private final String base;
    private final Servers servers;
    private final ServerView views;

    ServerList(String base, Servers servers, ServerView views) {
        this.base = base;
        this.servers = servers;
        this.views = views;
    }

    Reply list(Call call, boolean detailed) {
        boolean all =
                call.queries().containsKey("all_tenants")
                        && !"0".equals(call.query("all_tenants"))
                        && !"False".equalsIgnoreCase(call.query("all_tenants"));
        if (all && !call.grant().admin()) {
            throw Policy.COMPUTE.disallowed(
                    "servers:" + (detailed ? "detail" : "index") + ":get_all_tenants");
        }
        checkQuery(call);
        String project =
                call.query("project_id") == null
                        ? call.query("tenant_id")
                        : call.query("project_id");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode server : candidates(call)) {
            boolean mine =
                    all
                            ? project == null || project.equals(text(server, "tenant_id"))
                            : call.grant().owns(text(server, "tenant_id"));
            if (mine && wanted(call, server)) {
                found.add(server);
            }
        }
        found.sort(order(call));
        int limit = limit(call);
        Page page =
                Page.of(
                        found,
                        "id",
                        call.query("marker"),
                        limit,
                        marker -> new Refusal(400, "marker [" + marker + "] not found"));
        ObjectNode reply = object();
        ArrayNode shown = reply.putArray("servers");
        page.items()
                .forEach(server ->
                        shown.add(detailed ? views.full(call, server) : views.brief(server)));
        if (page.full()) {
            reply.set(
                    "servers_links",
                    array(object("rel", "next", "href", base + Page.next(call, page.last("id")))));
        }
        return Reply.ok(reply);
    }

    private List<ObjectNode> candidates(Call call) {
        boolean deleted = call.asks("deleted") && call.grant().admin();
        if (deleted) {
            return new ArrayList<>(servers.gone().values());
        }
        List<ObjectNode> candidates = new ArrayList<>(servers.table().values());
        if (call.query("changes-since") != null) {
            candidates.addAll(servers.gone().values());
        }
        return candidates;
    }

    private static void checkQuery(Call call) {
        NovaQuery.digits(call, "limit");
        NovaQuery.oneOf(call, "sort_key", SORT_KEYS);
        NovaQuery.moment(call, "changes-since");
        NovaQuery.moment(call, "changes-before");
        for (String status : call.queries("status")) {
            if (!STATUSES.contains(status.toUpperCase(Locale.ROOT))) {
                throw new Refusal(400, "Invalid status value");
            }
        }
        if (call.since(75)) {
            for (String name : call.queries().keySet()) {
                if (!FILTERS.contains(name) && !name.startsWith("_")) {
                    throw new Refusal(
                            400, "'" + name + "' does not match any of the regexes: '^_'");
                }
            }
        }
    }

    private boolean wanted(Call call, ObjectNode server) {
        for (String name : call.queries().keySet()) {
            List<String> values = call.queries(name);
            String value = values.getLast();
            boolean matches =
                    switch (name) {
                        case "name" -> found(value, text(server, "name"));
                        case "status" ->
                                values.stream()
                                        .anyMatch(each ->
                                                each.equalsIgnoreCase(ServerView.status(server)));
                        case "host", "node" ->
                                !call.grant().admin() || value.equals(text(server, "_host"));
                        case "flavor" -> value.equals(text(server.path("_flavor"), "id"));
                        case "image" -> value.equals(text(server, "_image"));
                        case "uuid" -> values.contains(text(server, "id"));
                        case "user_id" -> value.equals(text(server, "user_id"));
                        case "key_name" -> value.equals(text(server, "key_name"));
                        case "vm_state" ->
                                !call.grant().admin() || value.equals(text(server, "_vm"));
                        case "power_state" ->
                                !call.grant().admin() || value.equals(text(server, "_power"));
                        case "locked" -> Json.isTrue(value) == Json.truth(server, "_locked", false);
                        case "ip" ->
                                views.addresses(server, false)
                                        .toString()
                                        .contains("\"" + value.replaceAll("[\\^$]", ""));
                        case "tags" ->
                                Json.texts(server.path("tags"))
                                        .containsAll(List.of(value.split(",")));
                        case "tags-any" ->
                                Json.texts(server.path("tags")).stream()
                                        .anyMatch(List.of(value.split(","))::contains);
                        case "not-tags" ->
                                !Json.texts(server.path("tags"))
                                        .containsAll(List.of(value.split(",")));
                        case "changes-since" ->
                                !text(server, "updated").isEmpty()
                                        && text(server, "updated").compareTo(value) >= 0;
                        case "changes-before" -> text(server, "updated").compareTo(value) <= 0;
                        default -> true;
                    };
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static boolean found(String pattern, String name) {
        try {
            return java.util.regex.Pattern.compile(
                            pattern, java.util.regex.Pattern.CASE_INSENSITIVE)
                    .matcher(name)
                    .find();
        } catch (java.util.regex.PatternSyntaxException e) {
            throw NovaQuery.invalid("name", pattern, "is not a 'regex'");
        }
    }

    private static Comparator<ObjectNode> order(Call call) {
        List<String> keys = call.queries("sort_key");
        List<String> directions = call.queries("sort_dir");
        Comparator<ObjectNode> order =
                Comparator.comparing((ObjectNode server) -> text(server, "created"))
                        .thenComparing(server -> text(server, "id"))
                        .reversed();
        for (int i = keys.size() - 1; i >= 0; i--) {
            String field = fieldOf(keys.get(i));
            Comparator<ObjectNode> by = Comparator.comparing(server -> text(server, field));
            boolean ascending = i < directions.size() && directions.get(i).equals("asc");
            order = (ascending ? by : by.reversed()).thenComparing(order);
        }
        return order;
    }

    private static String fieldOf(String key) {
        return switch (key) {
            case "uuid" -> "id";
            case "display_name" -> "name";
            case "created_at" -> "created";
            case "updated_at" -> "updated";
            case "launched_at" -> "_launched";
            case "project_id" -> "tenant_id";
            case "host", "node" -> "_host";
            case "vm_state" -> "_vm";
            case "task_state" -> "_task";
            case "power_state" -> "_power";
            case "hostname" -> "_hostname";
            case "display_description" -> "description";
            default -> key;
        };
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        return limit == null || limit.isEmpty()
                ? 1000
                : (int) Math.min(1000L, Long.parseLong(limit));
    }
}
