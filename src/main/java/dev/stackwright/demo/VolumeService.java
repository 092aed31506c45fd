package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cinder v3: volumes, snapshots, types, quotas. */
final class VolumeService extends Service {

    private static final String NOT_NOW =
            "Invalid volume: Volume status must be available or error or error_restoring or"
                    + " error_extending or error_managing and must not be migrating, attached, belong"
                    + " to a group, have snapshots, awaiting a transfer, or be disassociated from"
                    + " snapshots after volume transfer.";
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

    private final Bus bus;
    private final Map<String, ObjectNode> volumes;
    private final Map<String, ObjectNode> snapshots;
    private final Map<String, ObjectNode> types;

    VolumeService(String base, World world, Bus bus) {
        super("volume", base, world);
        this.bus = bus;
        volumes = world.table("volume");
        snapshots = world.table("snapshot");
        types = world.table("volume_type");
        openRoute("GET", "/", call -> Reply.of(300, object("versions", array(version()))));
        route("GET", "/v3", call -> Reply.ok(object("versions", array(version()))));
        volumeRoutes();
        snapshotRoutes();
        typeRoutes();
        quotaRoutes();
        smallRoutes();
        world.on("volume.created", (id, plan) -> created(id, plan));
        world.on("volume.deleted", (id, plan) -> deleted(id, plan));
        world.on("volume.extended", (id, plan) -> extended(id, plan));
        world.on("volume.retyped", (id, plan) -> status(id, text(plan, "status")));
        world.on("snapshot.created", (id, plan) -> snapshotCreated(id, plan));
        world.on("snapshot.deleted", (id, plan) -> snapshotDeleted(id, plan));
    }

    private static final String P = "/v3/{}";

    @Override
    void negotiate(Call call) {
        call.minor(minorOf(call.header("OpenStack-API-Version"), "volume", 0, 3, 70, 0));
    }

    private void volumeRoutes() {
        route("GET", P + "/volumes", call -> list(call, "volumes", false));
        route("GET", P + "/volumes/detail", call -> list(call, "volumes", true));
        route("GET", P + "/volumes/summary", this::summary);
        route("POST", P + "/volumes", this::create);
        route(
                "GET",
                P + "/volumes/{}",
                call -> Reply.ok(object("volume", view(call, find(call, call.name(1))))));
        route("PUT", P + "/volumes/{}", this::update);
        route("DELETE", P + "/volumes/{}", this::delete);
        route("POST", P + "/volumes/{}/action", this::act);
        for (String kind : List.of("volumes", "snapshots")) {
            metadataRoutes(kind);
        }
    }

    private ObjectNode find(Call call, String id) {
        return found(call, volumes, id, "Volume " + id + " could not be found.");
    }

    private static ObjectNode found(
            Call call, Map<String, ObjectNode> table, String id, String missing) {
        ObjectNode document = table.get(id);
        if (document == null || !call.grant().sees(text(document, "_project"))) {
            throw new Refusal(404, missing);
        }
        return document;
    }

    private static void mayChange(Call call, String rule) {
        if (!call.grant().mayChange()) {
            throw new Refusal(403, "Policy doesn't allow " + rule + " to be performed.");
        }
    }

    private static void needAdmin(Call call, String rule) {
        if (!call.grant().admin()) {
            throw new Refusal(403, "Policy doesn't allow " + rule + " to be performed.");
        }
    }

    ObjectNode view(Call call, ObjectNode volume) {
        ObjectNode shown = object();
        volume.properties()
                .forEach(field -> {
                    if (!field.getKey().startsWith("_")) {
                        shown.set(field.getKey(), field.getValue());
                    }
                });
        shown.set("links", links(call, "volumes", text(volume, "id")));
        ArrayNode attachments = shown.putArray("attachments");
        for (JsonNode each : volume.path("_attachments")) {
            if (Json.truth(each, "attached", false)) {
                attachments.add(
                        object(
                                "id",
                                text(volume, "id"),
                                "attachment_id",
                                text(each, "id"),
                                "volume_id",
                                text(volume, "id"),
                                "server_id",
                                text(each, "server"),
                                "host_name",
                                null,
                                "device",
                                text(each, "device"),
                                "attached_at",
                                text(each, "since")));
            }
        }
        if (call.since(13)) {
            shown.putNull("group_id");
        }
        if (call.since(48)) {
            shown.put("shared_targets", false)
                    .put("service_uuid", World.idOf("service cinder-volume fast"));
        }
        if (call.since(61)) {
            shown.putNull("cluster_name");
            if (!call.grant().admin()) {
                shown.remove("cluster_name");
            }
        }
        if (call.since(63)) {
            ObjectNode type = typeNamed(text(volume, "volume_type"));
            shown.set("volume_type_id", Json.of(type == null ? null : text(type, "id")));
        }
        if (call.since(65)) {
            shown.put("consumes_quota", true);
        }
        shown.put("os-vol-tenant-attr:tenant_id", text(volume, "_project"));
        if (call.grant().admin()) {
            shown.putNull("migration_status")
                    .putNull("os-vol-mig-status-attr:migstat")
                    .putNull("os-vol-mig-status-attr:name_id");
            shown.put("os-vol-host-attr:host", text(volume, "_host"));
        }
        return shown;
    }

    private ArrayNode links(Call call, String kind, String id) {
        return array(
                object("rel", "self", "href", base + "/v3/" + call.name(0) + "/" + kind + "/" + id),
                object(
                        "rel",
                        "bookmark",
                        "href",
                        base + "/" + call.name(0) + "/" + kind + "/" + id));
    }

    private Reply list(Call call, String kind, boolean detailed) {
        boolean isVolume = kind.equals("volumes");
        Map<String, ObjectNode> table = isVolume ? volumes : snapshots;
        boolean all = call.grant().admin() && call.asks("all_tenants");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode document : table.values()) {
            if (all
                    ? call.query("project_id") == null
                            || matches(document, "_project", call.queries("project_id"))
                    : call.grant().owns(text(document, "_project"))) {
                if (wanted(call, document)) {
                    found.add(document);
                }
            }
        }
        Comparator<ObjectNode> newest =
                Comparator.comparing((ObjectNode each) -> text(each, "created_at"))
                        .thenComparing(each -> text(each, "id"));
        found.sort(ordered(call, newest));
        ObjectNode reply = object();
        List<ObjectNode> page = after(call, found, isVolume ? "Volume" : "Snapshot");
        int limit = limit(call);
        boolean more = limit > 0 && page.size() >= limit;
        if (limit > 0 && page.size() > limit) {
            page = page.subList(0, limit);
        }
        ArrayNode shown = reply.putArray(kind);
        for (ObjectNode each : page) {
            shown.add(
                    detailed
                            ? isVolume ? view(call, each) : snapshotView(each, true)
                            : isVolume
                                    ? object(
                                            "id",
                                            text(each, "id"),
                                            "name",
                                            each.get("name"),
                                            "links",
                                            links(call, kind, text(each, "id")))
                                    : snapshotView(each, false));
        }
        if (more && !page.isEmpty()) {
            reply.set(
                    kind + "_links",
                    array(object("rel", "next", "href", next(call, text(page.getLast(), "id")))));
        }
        if (call.since(45) && call.asks("with_count")) {
            reply.put("count", found.size());
        }
        return Reply.ok(reply);
    }

    private static Comparator<ObjectNode> ordered(Call call, Comparator<ObjectNode> newest) {
        String sort = call.query("sort");
        String key = call.query("sort_key");
        String direction = call.query("sort_dir");
        if (sort != null) {
            String[] parts = sort.split(",")[0].split(":");
            key = parts[0];
            direction = parts.length > 1 ? parts[1] : "desc";
        }
        if (key == null || key.equals("created_at")) {
            return "asc".equals(direction) ? newest : newest.reversed();
        }
        String field = key.equals("display_name") ? "name" : key;
        Comparator<ObjectNode> by =
                Comparator.comparing((ObjectNode each) -> text(each, field)).thenComparing(newest);
        return "asc".equals(direction) ? by : by.reversed();
    }

    private static boolean wanted(Call call, ObjectNode document) {
        for (Map.Entry<String, List<String>> filter : call.queries().entrySet()) {
            if (!CONTROLS.contains(filter.getKey())
                    && document.has(filter.getKey())
                    && !matches(document, filter.getKey(), filter.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static List<ObjectNode> after(Call call, List<ObjectNode> found, String kind) {
        String marker = call.query("marker");
        int offset =
                call.query("offset") == null
                        ? 0
                        : Integer.parseInt(String.valueOf(call.query("offset")));
        if (marker == null) {
            return found.subList(Math.min(offset, found.size()), found.size());
        }
        for (int i = 0; i < found.size(); i++) {
            if (text(found.get(i), "id").equals(marker)) {
                return found.subList(i + 1, found.size());
            }
        }
        throw new Refusal(404, kind + " " + marker + " could not be found.");
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

    private String next(Call call, String marker) {
        StringBuilder query = new StringBuilder();
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("marker=")) {
                query.append(pair).append('&');
            }
        }
        return base + call.path() + "?" + query + "marker=" + marker;
    }

    private Reply summary(Call call) {
        int count = 0;
        int size = 0;
        for (ObjectNode volume : volumes.values()) {
            if (call.grant().owns(text(volume, "_project"))
                    || call.grant().admin() && call.asks("all_tenants")) {
                count++;
                size += Json.number(volume, "size", 0);
            }
        }
        return Reply.ok(
                object(
                        "volume-summary",
                        object("total_count", count, "total_size", size, "metadata", object())));
    }

    private Reply create(Call call) {
        mayChange(call, "volume:create");
        ObjectNode asked = call.body("volume");
        JsonNode size = asked.path("size");
        if (size.isString() && !size.stringValue().matches("[0-9]+")) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute size. Value: "
                            + text(asked, "size")
                            + ". '"
                            + text(asked, "size")
                            + "' does not match '^[0-9]+$'");
        }
        ObjectNode source = source(call, asked);
        int gigabytes =
                Json.number(asked, "size", source == null ? -1 : Json.number(source, "size", -1));
        if (gigabytes < 1) {
            throw new Refusal(
                    400,
                    size.isMissingNode() || size.isNull()
                            ? "The server could not comply with the request since it is either"
                                    + " malformed or otherwise incorrect."
                            : "Invalid input for field/attribute size. Value: "
                                    + gigabytes
                                    + ". "
                                    + gigabytes
                                    + " is less than the minimum of 1");
        }
        String type = asked.hasNonNull("volume_type") ? text(asked, "volume_type") : "standard";
        ObjectNode known = typeNamed(type);
        if (known == null || !sees(call.grant(), known)) {
            throw new Refusal(404, "Volume type with name " + type + " could not be found.");
        }
        if (asked.hasNonNull("availability_zone")
                && !text(asked, "availability_zone").equals("nova")) {
            throw new Refusal(
                    400,
                    "Availability zone '" + text(asked, "availability_zone") + "' is invalid.");
        }
        checkQuota(call.grant().project(), gigabytes);
        ObjectNode volume =
                write(
                        world.newId(),
                        text(asked, "name"),
                        call.grant().project(),
                        call.grant().userId(),
                        gigabytes,
                        text(known, "name"));
        for (String field : List.of("description", "metadata", "snapshot_id", "source_volid")) {
            if (asked.hasNonNull(field)) {
                volume.set(field, asked.get(field));
            }
        }
        if (asked.hasNonNull("name")) {
            volume.set("name", asked.get("name"));
        }
        if (asked.hasNonNull("imageRef")) {
            volume.put("bootable", "true");
        }
        volume.put("multiattach", Json.truth(asked, "multiattach", false));
        begin(volume, Bus.Asker.of(call), object());
        return Reply.of(202, object("volume", view(call, volume)));
    }

    private @Nullable ObjectNode source(Call call, ObjectNode asked) {
        if (asked.hasNonNull("snapshot_id")) {
            String id = text(asked, "snapshot_id");
            return found(call, snapshots, id, "Snapshot " + id + " could not be found.");
        }
        return asked.hasNonNull("source_volid") ? find(call, text(asked, "source_volid")) : null;
    }

    ObjectNode write(String id, String name, String project, String user, int size, String type) {
        ObjectNode volume = document(id, name, project, user, size, type, world.now());
        volumes.put(id, volume);
        return volume;
    }

    ObjectNode document(
            String id,
            String name,
            String project,
            String user,
            int size,
            String type,
            Instant created) {
        ObjectNode volume =
                object(
                        "id",
                        id,
                        "status",
                        "creating",
                        "size",
                        size,
                        "availability_zone",
                        "nova",
                        "created_at",
                        World.stampWithMicros(created),
                        "updated_at",
                        null,
                        "name",
                        name.isEmpty() ? null : name,
                        "description",
                        null,
                        "volume_type",
                        type,
                        "snapshot_id",
                        null,
                        "source_volid",
                        null,
                        "metadata",
                        object(),
                        "user_id",
                        user,
                        "bootable",
                        "false",
                        "encrypted",
                        false,
                        "replication_status",
                        null,
                        "consistencygroup_id",
                        null,
                        "multiattach",
                        false,
                        "_project",
                        project,
                        "_host",
                        "storage1@" + (type.equals("slow") ? "slow#slow" : "fast#fast"),
                        "_attachments",
                        array());
        return volume;
    }

    private void begin(ObjectNode volume, Bus.@Nullable Asker asker, ObjectNode more) {
        tell(volume, "volume.create.start", asker, object());
        world.later(1, "volume.created", text(volume, "id"), plan(asker).setAll(more));
    }

    private static ObjectNode plan(Bus.@Nullable Asker asker) {
        return asker == null
                ? object()
                : object(
                        "user",
                        asker.userId(),
                        "user_name",
                        asker.userName(),
                        "project",
                        asker.projectId(),
                        "request",
                        asker.requestId(),
                        "admin",
                        asker.admin());
    }

    private void created(String id, ObjectNode plan) {
        ObjectNode volume = volumes.get(id);
        if (volume != null && text(volume, "status").equals("creating")) {
            status(id, "available");
            volume.put("_launched", world.stampWithMicros());
            tell(volume, "volume.create.end", Servers.asker(plan), object());
        }
    }

    /** Nova wants a volume for a server that boots from it. */
    ObjectNode makeFor(
            Bus.@Nullable Asker asker, String project, String user, int size, JsonNode wanted) {
        checkQuota(project, Math.max(1, size));
        String type = wanted.hasNonNull("volume_type") ? text(wanted, "volume_type") : "standard";
        ObjectNode volume = write(world.newId(), "", project, user, Math.max(1, size), type);
        volume.put("bootable", "true")
                .put("status", "available")
                .put("_launched", world.stampWithMicros());
        volume.put("updated_at", world.stampWithMicros());
        tell(volume, "volume.create.start", asker, object());
        tell(volume, "volume.create.end", asker, object());
        return volume;
    }

    void status(String id, String status) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            volume.put("status", status).put("updated_at", world.stampWithMicros());
        }
    }

    @Nullable ObjectNode volumeFor(Grant grant, String id) {
        ObjectNode volume = volumes.get(id);
        return volume != null && grant.sees(text(volume, "_project")) ? volume : null;
    }

    void reserve(String volumeId, String attachment) {
        ObjectNode volume = volumes.get(volumeId);
        if (volume != null) {
            status(volumeId, "reserved");
            Json.items(volume, "_attachments").add(object("id", attachment, "attached", false));
        }
    }

    void attach(Bus.@Nullable Asker asker, ObjectNode server, ObjectNode entry) {
        ObjectNode volume = volumes.get(text(entry, "volume"));
        if (volume == null) {
            return;
        }
        entry.put("attached", true);
        for (JsonNode each : volume.path("_attachments")) {
            if (text(each, "id").equals(text(entry, "attachment"))) {
                ((ObjectNode) each)
                        .put("attached", true)
                        .put("server", text(server, "id"))
                        .put("device", text(entry, "device"))
                        .put("since", world.stampWithMicros())
                        .put("host", text(server, "_host"));
            }
        }
        status(text(volume, "id"), "in-use");
        tell(volume, "volume.attach.start", asker, object());
        tell(volume, "volume.attach.end", asker, object());
    }

    void detach(Bus.@Nullable Asker asker, String volumeId, String serverId) {
        ObjectNode volume = volumes.get(volumeId);
        if (volume == null) {
            return;
        }
        ArrayNode attachments = Json.items(volume, "_attachments");
        for (int i = attachments.size() - 1; i >= 0; i--) {
            if (!attachments.get(i).hasNonNull("server")
                    || text(attachments.get(i), "server").equals(serverId)) {
                attachments.remove(i);
            }
        }
        if (attachments.isEmpty()) {
            status(volumeId, "available");
        }
        tell(volume, "volume.detach.start", asker, object());
        tell(volume, "volume.detach.end", asker, object());
    }

    private Reply update(Call call) {
        mayChange(call, "volume:update");
        ObjectNode volume = find(call, call.name(1));
        JsonNode asked = call.body("volume");
        for (String field : List.of("name", "description", "metadata")) {
            if (asked.has(field)) {
                volume.set(field, asked.get(field));
            }
        }
        volume.put("updated_at", world.stampWithMicros());
        tell(volume, "volume.update.start", Bus.Asker.of(call), object());
        tell(volume, "volume.update.end", Bus.Asker.of(call), object());
        return Reply.ok(object("volume", view(call, volume)));
    }

    private Reply delete(Call call) {
        ObjectNode volume = find(call, call.name(1));
        mayChange(call, "volume:delete");
        refuseWhenBusy(volume, call.asks("cascade"));
        for (ObjectNode snapshot : List.copyOf(snapshots.values())) {
            if (text(snapshot, "volume_id").equals(text(volume, "id"))) {
                deleteSnapshot(snapshot, Bus.Asker.of(call));
            }
        }
        startDelete(Bus.Asker.of(call), text(volume, "id"));
        return Reply.empty(202);
    }

    private void refuseWhenBusy(ObjectNode volume, boolean cascade) {
        boolean snapshotted =
                snapshots.values().stream()
                        .anyMatch(each -> text(each, "volume_id").equals(text(volume, "id")));
        boolean ready =
                Set.of("available", "error", "error_extending").contains(text(volume, "status"));
        if (!ready || !volume.path("_attachments").isEmpty() || snapshotted && !cascade) {
            throw new Refusal(400, NOT_NOW);
        }
    }

    void startDelete(Bus.@Nullable Asker asker, String id) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            status(id, "deleting");
            tell(volume, "volume.delete.start", asker, object());
            world.later(1, "volume.deleted", id, plan(asker));
        }
    }

    private void deleted(String id, ObjectNode plan) {
        ObjectNode volume = volumes.remove(id);
        if (volume != null) {
            tell(volume, "volume.delete.end", Servers.asker(plan), object());
        }
    }

    private Reply act(Call call) {
        ObjectNode volume = find(call, call.name(1));
        ObjectNode body = call.body();
        String action = body.propertyNames().iterator().next();
        JsonNode asked = body.path(action);
        String id = text(volume, "id");
        switch (action) {
            case "os-extend" -> {
                mayChange(call, "volume:extend");
                extend(call, volume, Json.number(asked, "new_size", 0));
            }
            case "os-set_bootable" -> {
                mayChange(call, "volume_extension:volume_actions:set_bootable");
                volume.put("bootable", Boolean.toString(Json.truth(asked, "bootable", false)));
                return Reply.empty(200);
            }
            case "os-update_readonly_flag" -> {
                mayChange(call, "volume:update_readonly_flag");
                ((ObjectNode) volume.get("metadata")).put("readonly", text(asked, "readonly"));
            }
            case "os-retype" -> {
                mayChange(call, "volume_extension:volume_actions:retype");
                if (typeNamed(text(asked, "new_type")) == null) {
                    throw new Refusal(
                            404,
                            "Volume type with name "
                                    + text(asked, "new_type")
                                    + " could not be found.");
                }
                String before = text(volume, "status");
                status(id, "retyping");
                volume.put("volume_type", text(asked, "new_type"));
                world.later(1, "volume.retyped", id, object("status", before));
            }
            case "os-reset_status" -> {
                needAdmin(call, "volume_extension:volume_admin_actions:reset_status");
                status(id, text(asked, "status"));
            }
            case "os-force_delete" -> {
                needAdmin(call, "volume_extension:volume_admin_actions:force_delete");
                startDelete(Bus.Asker.of(call), id);
            }
            default -> throw new Refusal(400, "There is no such action: " + action);
        }
        return Reply.empty(202);
    }

    private void extend(Call call, ObjectNode volume, int size) {
        int now = Json.number(volume, "size", 0);
        if (size <= now) {
            throw new Refusal(
                    400,
                    "Invalid input received: New size for extend must be greater than current size."
                            + " (current: "
                            + now
                            + ", extended: "
                            + size
                            + ").");
        }
        if (!Set.of("available", "in-use").contains(text(volume, "status"))) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume "
                            + text(volume, "id")
                            + " status must be '('available', 'in-use')' to extend, currently "
                            + text(volume, "status")
                            + ".");
        }
        checkQuota(text(volume, "_project"), size - now);
        String before = text(volume, "status");
        status(text(volume, "id"), "extending");
        tell(volume, "volume.resize.start", Bus.Asker.of(call), object());
        world.later(
                1,
                "volume.extended",
                text(volume, "id"),
                plan(Bus.Asker.of(call)).put("size", size).put("status", before));
    }

    private void extended(String id, ObjectNode plan) {
        ObjectNode volume = volumes.get(id);
        if (volume != null) {
            volume.put("size", Json.number(plan, "size", 1));
            status(id, text(plan, "status"));
            tell(volume, "volume.resize.end", Servers.asker(plan), object());
        }
    }

    private void metadataRoutes(String kind) {
        Map<String, ObjectNode> table = kind.equals("volumes") ? volumes : snapshots;
        String rule = kind.equals("volumes") ? "volume" : "volume";
        String path = P + "/" + kind + "/{}/metadata";
        String one = kind.equals("volumes") ? "Volume " : "Snapshot ";
        route(
                "GET",
                path,
                call ->
                        Reply.ok(
                                object(
                                        "metadata",
                                        found(
                                                        call,
                                                        table,
                                                        call.name(1),
                                                        one + call.name(1) + " could not be found.")
                                                .path("metadata"))));
        for (String method : List.of("POST", "PUT")) {
            route(
                    method,
                    path,
                    call -> {
                        mayChange(call, rule + ":create_volume_metadata");
                        ObjectNode document =
                                found(
                                        call,
                                        table,
                                        call.name(1),
                                        one + call.name(1) + " could not be found.");
                        ObjectNode metadata =
                                method.equals("PUT")
                                        ? document.putObject("metadata")
                                        : (ObjectNode) document.get("metadata");
                        metadata.setAll(call.body("metadata"));
                        return Reply.ok(object("metadata", metadata));
                    });
        }
        route(
                "DELETE",
                path + "/{}",
                call -> {
                    mayChange(call, rule + ":delete_volume_metadata");
                    ObjectNode document =
                            found(
                                    call,
                                    table,
                                    call.name(1),
                                    one + call.name(1) + " could not be found.");
                    ((ObjectNode) document.get("metadata")).remove(call.name(2));
                    return Reply.empty(200);
                });
    }

    private void snapshotRoutes() {
        route("GET", P + "/snapshots", call -> list(call, "snapshots", false));
        route("GET", P + "/snapshots/detail", call -> list(call, "snapshots", true));
        route(
                "GET",
                P + "/snapshots/{}",
                call -> Reply.ok(object("snapshot", snapshotView(snapshot(call), true))));
        route("POST", P + "/snapshots", this::createSnapshot);
        route(
                "PUT",
                P + "/snapshots/{}",
                call -> {
                    mayChange(call, "volume:update_snapshot");
                    ObjectNode snapshot = snapshot(call);
                    JsonNode asked = call.body("snapshot");
                    for (String field : List.of("name", "description")) {
                        if (asked.has(field)) {
                            snapshot.set(field, asked.get(field));
                        }
                    }
                    return Reply.ok(object("snapshot", snapshotView(snapshot, true)));
                });
        route(
                "DELETE",
                P + "/snapshots/{}",
                call -> {
                    ObjectNode snapshot = snapshot(call);
                    mayChange(call, "volume:delete_snapshot");
                    deleteSnapshot(snapshot, Bus.Asker.of(call));
                    return Reply.empty(202);
                });
    }

    private ObjectNode snapshot(Call call) {
        return found(
                call, snapshots, call.name(1), "Snapshot " + call.name(1) + " could not be found.");
    }

    private static ObjectNode snapshotView(ObjectNode snapshot, boolean detailed) {
        ObjectNode shown = Json.copy(snapshot);
        shown.remove("_project");
        if (detailed) {
            shown.put("os-extended-snapshot-attributes:project_id", text(snapshot, "_project"));
            shown.put(
                    "os-extended-snapshot-attributes:progress",
                    text(snapshot, "status").equals("available") ? "100%" : "0%");
        }
        return shown;
    }

    private Reply createSnapshot(Call call) {
        mayChange(call, "volume:create_snapshot");
        ObjectNode asked = call.body("snapshot");
        ObjectNode volume = find(call, text(asked, "volume_id"));
        boolean forced = Json.truth(asked, "force", false) || call.since(66);
        if (!text(volume, "status").equals("available")
                && !(forced && text(volume, "status").equals("in-use"))) {
            throw new Refusal(
                    400,
                    "Invalid volume: Volume "
                            + text(volume, "id")
                            + " status must be available, but current status is: "
                            + text(volume, "status")
                            + ".");
        }
        ObjectNode snapshot = writeSnapshot(world.newId(), volume, text(asked, "name"));
        snapshot.set("metadata", asked.hasNonNull("metadata") ? asked.get("metadata") : object());
        snapshot.set("description", Json.of(asked.get("description")));
        tellSnapshot(snapshot, "snapshot.create.start", Bus.Asker.of(call));
        world.later(1, "snapshot.created", text(snapshot, "id"), plan(Bus.Asker.of(call)));
        return Reply.of(202, object("snapshot", snapshotView(snapshot, false)));
    }

    ObjectNode writeSnapshot(String id, ObjectNode volume, String name) {
        ObjectNode snapshot =
                object(
                        "id",
                        id,
                        "created_at",
                        world.stampWithMicros(),
                        "updated_at",
                        null,
                        "name",
                        name.isEmpty() ? null : name,
                        "description",
                        null,
                        "volume_id",
                        text(volume, "id"),
                        "status",
                        "creating",
                        "size",
                        volume.path("size"),
                        "metadata",
                        object(),
                        "_project",
                        text(volume, "_project"));
        snapshots.put(id, snapshot);
        return snapshot;
    }

    private void snapshotCreated(String id, ObjectNode plan) {
        ObjectNode snapshot = snapshots.get(id);
        if (snapshot != null) {
            snapshot.put("status", "available").put("updated_at", world.stampWithMicros());
            tellSnapshot(snapshot, "snapshot.create.end", Servers.asker(plan));
        }
    }

    private void deleteSnapshot(ObjectNode snapshot, Bus.Asker asker) {
        snapshot.put("status", "deleting");
        tellSnapshot(snapshot, "snapshot.delete.start", asker);
        world.later(0.9, "snapshot.deleted", text(snapshot, "id"), plan(asker));
    }

    private void snapshotDeleted(String id, ObjectNode plan) {
        ObjectNode snapshot = snapshots.remove(id);
        if (snapshot != null) {
            tellSnapshot(snapshot, "snapshot.delete.end", Servers.asker(plan));
        }
    }

    private void tellSnapshot(ObjectNode snapshot, String event, Bus.@Nullable Asker asker) {
        bus.say(
                "cinder",
                "snapshot.storage1@fast",
                event,
                object(
                        "tenant_id",
                        text(snapshot, "_project"),
                        "user_id",
                        asker == null ? "" : asker.userId(),
                        "availability_zone",
                        "nova",
                        "volume_id",
                        text(snapshot, "volume_id"),
                        "volume_size",
                        snapshot.path("size"),
                        "snapshot_id",
                        text(snapshot, "id"),
                        "display_name",
                        text(snapshot, "name"),
                        "created_at",
                        plus(text(snapshot, "created_at")),
                        "status",
                        text(snapshot, "status"),
                        "deleted",
                        "",
                        "metadata",
                        ""),
                asker);
    }

    private static String plus(String stamp) {
        return stamp.isEmpty() ? "" : stamp.substring(0, 19) + "+00:00";
    }

    void tell(ObjectNode volume, String event, Bus.@Nullable Asker asker, ObjectNode more) {
        bus.say(
                "cinder",
                "volume." + text(volume, "_host"),
                event,
                payload(volume).setAll(more),
                asker);
    }

    ObjectNode payload(ObjectNode volume) {
        ArrayNode metadata = array();
        volume.path("metadata")
                .properties()
                .forEach(each ->
                        metadata.add(object("key", each.getKey(), "value", each.getValue())));
        ArrayNode attachments = array();
        for (JsonNode each : volume.path("_attachments")) {
            if (Json.truth(each, "attached", false)) {
                attachments.add(
                        object(
                                "id",
                                text(each, "id"),
                                "volume_id",
                                text(volume, "id"),
                                "instance_uuid",
                                text(each, "server"),
                                "attached_host",
                                text(each, "host"),
                                "mountpoint",
                                text(each, "device"),
                                "attach_time",
                                text(each, "since"),
                                "attach_status",
                                "attached",
                                "attach_mode",
                                "rw"));
            }
        }
        ObjectNode type = typeNamed(text(volume, "volume_type"));
        return object(
                "tenant_id",
                text(volume, "_project"),
                "host",
                text(volume, "_host"),
                "user_id",
                text(volume, "user_id"),
                "availability_zone",
                "nova",
                "volume_id",
                text(volume, "id"),
                "volume_type",
                type == null ? "" : text(type, "id"),
                "display_name",
                text(volume, "name"),
                "launched_at",
                plus(text(volume, "_launched")),
                "created_at",
                plus(text(volume, "created_at")),
                "status",
                text(volume, "status"),
                "snapshot_id",
                volume.get("snapshot_id"),
                "size",
                volume.path("size"),
                "replication_status",
                null,
                "replication_extended_status",
                null,
                "replication_driver_data",
                null,
                "metadata",
                metadata,
                "volume_attachment",
                attachments);
    }

    /** The audit that Cinder's usage script sends for each volume. */
    void audit(Instant from, Instant to) {
        for (ObjectNode volume : volumes.values()) {
            tell(
                    volume,
                    "volume.exists",
                    null,
                    object(
                            "audit_period_beginning", World.stampWithSpace(from).substring(0, 19),
                            "audit_period_ending", World.stampWithSpace(to).substring(0, 19)));
        }
    }

    void addType(String name, boolean isPublic, List<String> projects) {
        String id = World.idOf("volume type " + name);
        types.put(
                id,
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "is_public",
                        isPublic,
                        "description",
                        null,
                        "extra_specs",
                        name.equals("standard") ? object() : object("volume_backend_name", name),
                        "_access",
                        projects));
    }

    private static boolean sees(Grant grant, ObjectNode type) {
        return grant.admin()
                || Json.truth(type, "is_public", false)
                || Json.texts(type.path("_access")).contains(grant.project());
    }

    private @Nullable ObjectNode typeNamed(String idOrName) {
        ObjectNode byId = types.get(idOrName);
        if (byId != null) {
            return byId;
        }
        for (ObjectNode type : types.values()) {
            if (text(type, "name").equals(idOrName)) {
                return type;
            }
        }
        return null;
    }

    private static ObjectNode typeView(Call call, ObjectNode type) {
        ObjectNode shown = Json.copy(type);
        shown.remove("_access");
        if (call.grant().admin()) {
            shown.putNull("qos_specs_id");
        } else {
            shown.putObject("extra_specs");
        }
        shown.set("os-volume-type-access:is_public", type.get("is_public"));
        return shown;
    }

    private void typeRoutes() {
        route(
                "GET",
                P + "/types",
                call ->
                        Reply.ok(
                                object(
                                        "volume_types",
                                        types.values().stream()
                                                .filter(type -> sees(call.grant(), type))
                                                .map(type -> typeView(call, type))
                                                .toList())));
        route(
                "GET",
                P + "/types/{}",
                call -> {
                    ObjectNode type =
                            call.name(1).equals("default")
                                    ? typeNamed("standard")
                                    : types.get(call.name(1));
                    if (type == null || !sees(call.grant(), type)) {
                        throw new Refusal(
                                404, "Volume type " + call.name(1) + " could not be found.");
                    }
                    ObjectNode shown = typeView(call, type);
                    if (call.name(1).equals("default")) {
                        shown.remove("os-volume-type-access:is_public");
                    }
                    return Reply.ok(object("volume_type", shown));
                });
        route(
                "GET",
                P + "/types/{}/os-volume-type-access",
                call -> {
                    needAdmin(call, "volume_extension:volume_type_access:get_all_for_type");
                    ObjectNode type = types.get(call.name(1));
                    if (type == null) {
                        throw new Refusal(
                                404, "Volume type " + call.name(1) + " could not be found.");
                    }
                    if (Json.truth(type, "is_public", true)) {
                        throw new Refusal(
                                404, "Access list not available for public volume types.");
                    }
                    return Reply.ok(
                            object(
                                    "volume_type_access",
                                    Json.texts(type.path("_access")).stream()
                                            .map(project ->
                                                    object(
                                                            "volume_type_id",
                                                            text(type, "id"),
                                                            "project_id",
                                                            project))
                                            .toList()));
                });
    }

    private void checkQuota(String project, int gigabytes) {
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        int most = limits.getOrDefault("gigabytes", 1000);
        if (most >= 0 && used.getOrDefault("gigabytes", 0) + gigabytes > most) {
            throw new Refusal(
                    413,
                    "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed"
                            + " gigabytes quota. Requested "
                            + gigabytes
                            + "G, quota is "
                            + most
                            + "G and "
                            + used.getOrDefault("gigabytes", 0)
                            + "G has been consumed.");
        }
        int count = limits.getOrDefault("volumes", 10);
        if (count >= 0 && used.getOrDefault("volumes", 0) + 1 > count) {
            throw new Refusal(
                    413,
                    "VolumeLimitExceeded: Maximum number of volumes allowed ("
                            + count
                            + ") exceeded for quota 'volumes'.");
        }
    }

    private Map<String, Integer> quota(String project) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put("volumes", 10);
        limits.put("per_volume_gigabytes", -1);
        limits.put("snapshots", 10);
        limits.put("gigabytes", 1000);
        limits.put("backups", 10);
        limits.put("backup_gigabytes", 1000);
        for (ObjectNode type : types.values()) {
            for (String resource : List.of("volumes_", "gigabytes_", "snapshots_")) {
                limits.put(resource + text(type, "name"), -1);
            }
        }
        limits.put("groups", 10);
        ObjectNode own = world.table("volume_quota").get(project);
        if (own != null) {
            limits.replaceAll((name, limit) -> Json.number(own, name, limit));
        }
        return limits;
    }

    void setQuota(String project, ObjectNode limits) {
        world.table("volume_quota").computeIfAbsent(project, key -> object()).setAll(limits);
    }

    private Map<String, Integer> used(String project) {
        Map<String, Integer> used = new LinkedHashMap<>();
        for (ObjectNode volume : volumes.values()) {
            if (text(volume, "_project").equals(project)) {
                int size = Json.number(volume, "size", 0);
                used.merge("volumes", 1, Integer::sum);
                used.merge("gigabytes", size, Integer::sum);
                used.merge("volumes_" + text(volume, "volume_type"), 1, Integer::sum);
                used.merge("gigabytes_" + text(volume, "volume_type"), size, Integer::sum);
            }
        }
        for (ObjectNode snapshot : snapshots.values()) {
            if (text(snapshot, "_project").equals(project)) {
                used.merge("snapshots", 1, Integer::sum);
                used.merge("gigabytes", Json.number(snapshot, "size", 0), Integer::sum);
            }
        }
        return used;
    }

    private void quotaRoutes() {
        route(
                "GET",
                P + "/os-quota-sets/{}",
                call -> {
                    String project = call.name(1);
                    if (!call.grant().sees(project)) {
                        throw new Refusal(
                                403,
                                "Policy doesn't allow volume_extension:quotas:show to be"
                                        + " performed.");
                    }
                    Map<String, Integer> limits = quota(project);
                    ObjectNode set = object();
                    if (call.asks("usage")) {
                        Map<String, Integer> used = used(project);
                        limits.forEach((name, limit) ->
                                set.set(
                                        name,
                                        object(
                                                "limit",
                                                limit,
                                                "in_use",
                                                used.getOrDefault(name, 0),
                                                "reserved",
                                                0)));
                    } else {
                        limits.forEach((name, limit) -> set.put(name, limit));
                    }
                    return Reply.ok(object("quota_set", set.put("id", project)));
                });
        route(
                "GET",
                P + "/os-quota-sets/{}/defaults",
                call ->
                        Reply.ok(
                                object(
                                        "quota_set",
                                        ((ObjectNode) Json.of(quota("")))
                                                .put("id", call.name(1)))));
        route(
                "PUT",
                P + "/os-quota-sets/{}",
                call -> {
                    needAdmin(call, "volume_extension:quotas:update");
                    setQuota(call.name(1), call.body("quota_set"));
                    return Reply.ok(object("quota_set", quota(call.name(1))));
                });
        route(
                "GET",
                P + "/os-quota-class-sets/{}",
                call -> {
                    needAdmin(call, "volume_extension:quota_classes:get");
                    return Reply.ok(
                            object(
                                    "quota_class_set",
                                    ((ObjectNode) Json.of(quota(""))).put("id", call.name(1))));
                });
        route(
                "GET",
                P + "/limits",
                call -> {
                    String project =
                            call.grant().admin() && call.query("project_id") != null
                                    ? String.valueOf(call.query("project_id"))
                                    : call.grant().project();
                    Map<String, Integer> limits = quota(project);
                    Map<String, Integer> used = used(project);
                    return Reply.ok(
                            object(
                                    "limits",
                                    object(
                                            "rate",
                                            array(),
                                            "absolute",
                                            object(
                                                    "maxTotalVolumes",
                                                    limits.get("volumes"),
                                                    "maxTotalSnapshots",
                                                    limits.get("snapshots"),
                                                    "maxTotalVolumeGigabytes",
                                                    limits.get("gigabytes"),
                                                    "maxTotalBackups",
                                                    limits.get("backups"),
                                                    "maxTotalBackupGigabytes",
                                                    limits.get("backup_gigabytes"),
                                                    "totalVolumesUsed",
                                                    used.getOrDefault("volumes", 0),
                                                    "totalGigabytesUsed",
                                                    used.getOrDefault("gigabytes", 0),
                                                    "totalSnapshotsUsed",
                                                    used.getOrDefault("snapshots", 0),
                                                    "totalBackupsUsed",
                                                    0,
                                                    "totalBackupGigabytesUsed",
                                                    0))));
                });
    }

    private void smallRoutes() {
        route(
                "GET",
                P + "/os-services",
                call -> {
                    needAdmin(call, "volume_extension:services:index");
                    ArrayNode services = array();
                    for (String binary :
                            List.of(
                                    "cinder-scheduler storage1",
                                    "cinder-volume storage1@fast",
                                    "cinder-volume storage1@slow",
                                    "cinder-backup storage1")) {
                        String[] parts = binary.split(" ");
                        ObjectNode service =
                                object(
                                        "binary",
                                        parts[0],
                                        "host",
                                        parts[1],
                                        "zone",
                                        "nova",
                                        "status",
                                        "enabled",
                                        "state",
                                        "up",
                                        "updated_at",
                                        World.stampWithMicros(
                                                Instant.ofEpochSecond(
                                                        world.now().getEpochSecond() / 10 * 10)),
                                        "disabled_reason",
                                        null);
                        if (call.since(7)) {
                            service.putNull("cluster");
                        }
                        if (parts[0].equals("cinder-volume")) {
                            if (call.since(49)) {
                                service.put("backend_state", "up");
                            }
                            service.put("replication_status", "disabled")
                                    .putNull("active_backend_id")
                                    .put("frozen", false);
                        }
                        services.add(service);
                    }
                    return Reply.ok(object("services", services));
                });
        route(
                "GET",
                P + "/os-availability-zone",
                call ->
                        Reply.ok(
                                object(
                                        "availabilityZoneInfo",
                                        array(
                                                object(
                                                        "zoneName",
                                                        "nova",
                                                        "zoneState",
                                                        object("available", true))))));
        route(
                "GET",
                P + "/scheduler-stats/get_pools",
                call -> {
                    needAdmin(call, "scheduler_extension:scheduler_stats:get_pools");
                    ArrayNode pools = array();
                    for (String backend : List.of("fast", "slow")) {
                        pools.add(pool(backend, call.asks("detail")));
                    }
                    return Reply.ok(object("pools", pools));
                });
        for (String name :
                List.of("backups", "groups", "group_snapshots", "attachments", "messages")) {
            route("GET", P + "/" + name, call -> Reply.ok(object(name, array())));
            route("GET", P + "/" + name + "/detail", call -> Reply.ok(object(name, array())));
        }
        for (String path :
                List.of(
                        "/os-volume-transfer",
                        "/os-volume-transfer/detail",
                        "/volume-transfers",
                        "/volume-transfers/detail")) {
            route("GET", P + path, call -> Reply.ok(object("transfers", array())));
        }
        route("GET", P + "/extensions", call -> Reply.ok(object("extensions", array())));
        route(
                "GET",
                P + "/qos-specs",
                call -> {
                    needAdmin(call, "volume_extension:qos_specs_manage:get_all");
                    return Reply.ok(object("qos_specs", array()));
                });
    }

    private ObjectNode pool(String backend, boolean detail) {
        String host = "storage1@" + backend + "#" + backend;
        int size = 0;
        int count = 0;
        for (ObjectNode volume : volumes.values()) {
            if (text(volume, "_host").equals(host)) {
                size += Json.number(volume, "size", 0);
                count++;
            }
        }
        ObjectNode pool = object("name", host);
        if (detail) {
            pool.set(
                    "capabilities",
                    object(
                            "pool_name",
                            backend,
                            "total_capacity_gb",
                            20_000,
                            "free_capacity_gb",
                            20_000.0 - size,
                            "provisioned_capacity_gb",
                            (double) size,
                            "allocated_capacity_gb",
                            size,
                            "max_over_subscription_ratio",
                            "20.0",
                            "reserved_percentage",
                            0,
                            "thin_provisioning_support",
                            true,
                            "thick_provisioning_support",
                            false,
                            "multiattach",
                            true,
                            "QoS_support",
                            false,
                            "online_extend_support",
                            true,
                            "backend_state",
                            "up",
                            "total_volumes",
                            count,
                            "filter_function",
                            null,
                            "goodness_function",
                            null,
                            "volume_backend_name",
                            backend,
                            "storage_protocol",
                            "local",
                            "vendor_name",
                            "Open Source",
                            "driver_version",
                            "1.0.0",
                            "timestamp",
                            world.stampWithMicros()));
        }
        return pool;
    }

    private ObjectNode version() {
        return object(
                "id",
                "v3.0",
                "status",
                "CURRENT",
                "version",
                "3.70",
                "min_version",
                "3.0",
                "updated",
                "2022-08-31T00:00:00Z",
                "links",
                array(
                        object(
                                "rel",
                                "describedby",
                                "type",
                                "text/html",
                                "href",
                                "https://docs.openstack.org/"),
                        object("rel", "self", "href", base + "/v3/")),
                "media-types",
                array(
                        object(
                                "base",
                                "application/json",
                                "type",
                                "application/vnd.openstack.volume+json;version=3")));
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        int status = refusal.status();
        if (status == 401) {
            return unauthorized();
        }
        String name =
                switch (status) {
                    case 400 -> "badRequest";
                    case 403 -> "forbidden";
                    case 404 -> "itemNotFound";
                    case 409 -> "conflictingRequest";
                    case 413 -> "overLimit";
                    default -> "computeFault";
                };
        ObjectNode fault = object("code", status, "message", refusal.message());
        if (status == 413) {
            return Reply.of(413, object(name, fault.put("retryAfter", "0")))
                    .with("Retry-After", "0");
        }
        return Reply.of(status, object(name, fault));
    }

    @Override
    Reply unknown(Call call) {
        return plainFault(404, "Not Found", "The resource could not be found.");
    }

    @Override
    Map<String, String> headers(Call call) {
        return Map.of(
                "X-Openstack-Request-Id",
                call.requestId(),
                "X-Compute-Request-Id",
                call.requestId(),
                "Openstack-Api-Version",
                "volume 3." + call.minor(),
                "Vary",
                "OpenStack-API-Version");
    }
}
