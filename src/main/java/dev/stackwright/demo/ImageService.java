package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Glance v2: images, who may see them, and what is in them as far as size and sums go. */
final class ImageService extends Service {

    private static final Set<String> READ_ONLY =
            Set.of(
                    "id",
                    "status",
                    "size",
                    "virtual_size",
                    "checksum",
                    "created_at",
                    "updated_at",
                    "self",
                    "file",
                    "schema",
                    "owner",
                    "os_hash_algo",
                    "os_hash_value",
                    "stores");
    private static final Set<String> OWN =
            Set.of(
                    "name",
                    "disk_format",
                    "container_format",
                    "visibility",
                    "protected",
                    "min_ram",
                    "min_disk",
                    "os_hidden",
                    "tags");
    private static final Set<String> CONTROLS =
            Set.of("limit", "marker", "sort_key", "sort_dir", "sort", "member_status");
    private static final List<String> FORMATS =
            List.of(
                    "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso",
                    "ploop");

    private final Bus bus;
    private final Map<String, ObjectNode> images;

    ImageService(String base, World world, Bus bus) {
        super("image", base, world);
        this.bus = bus;
        images = world.table("image");
        openRoute("GET", "/", call -> Reply.of(300, versions()));
        openRoute("GET", "/versions", call -> Reply.ok(versions()));
        route("GET", "/v2/images", this::list);
        route("POST", "/v2/images", this::create);
        route("GET", "/v2/images/{}", call -> Reply.ok(view(find(call))));
        route("PATCH", "/v2/images/{}", this::patch);
        route("DELETE", "/v2/images/{}", this::delete);
        route("PUT", "/v2/images/{}/file", this::upload);
        route(
                "GET",
                "/v2/images/{}/file",
                call ->
                        text(find(call), "status").equals("active")
                                ? Reply.bytes(
                                        new byte
                                                [(int)
                                                        Math.min(
                                                                1 << 20,
                                                                find(call).path("size").asLong(0))])
                                : Reply.empty(204));
        for (String action : List.of("deactivate", "reactivate")) {
            route(
                    "POST",
                    "/v2/images/{}/actions/" + action,
                    call -> {
                        ObjectNode image = findOwn(call, action);
                        image.put("status", action.equals("deactivate") ? "deactivated" : "active");
                        return Reply.empty(204);
                    });
        }
        memberRoutes();
        route(
                "PUT",
                "/v2/images/{}/tags/{}",
                call -> {
                    ObjectNode image = findOwn(call, "modify_image");
                    Set<String> tags = new TreeSet<>(Json.texts(image.path("tags")));
                    tags.add(call.name(1));
                    image.set("tags", Json.list(tags));
                    tell("image.update", image);
                    return Reply.empty(204);
                });
        route(
                "DELETE",
                "/v2/images/{}/tags/{}",
                call -> {
                    ObjectNode image = findOwn(call, "modify_image");
                    Json.removeText(Json.items(image, "tags"), call.name(1));
                    return Reply.empty(204);
                });
        route(
                "GET",
                "/v2/info/import",
                call ->
                        Reply.ok(
                                object(
                                        "import-methods",
                                        object(
                                                "description",
                                                "Import methods available.",
                                                "type",
                                                "array",
                                                "value",
                                                array("glance-direct", "web-download")))));
        route(
                "GET",
                "/v2/info/stores",
                call -> Reply.ok(object("stores", array(object("id", "file", "default", "true")))));
        route(
                "GET",
                "/v2/schemas/image",
                call -> Reply.ok(object("name", "image", "properties", object())));
        route(
                "GET",
                "/v2/schemas/images",
                call -> Reply.ok(object("name", "images", "properties", object())));
        route(
                "GET",
                "/v2/metadefs/namespaces",
                call ->
                        Reply.ok(
                                object(
                                        "namespaces",
                                        array(),
                                        "schema",
                                        "/v2/schemas/metadefs/namespaces",
                                        "first",
                                        "/v2/metadefs/namespaces")));
    }

    private boolean visible(Grant grant, ObjectNode image) {
        return grant.sees(text(image, "owner"))
                || Set.of("public", "community").contains(text(image, "visibility"))
                || text(image, "visibility").equals("shared")
                        && member(image, grant.project()) != null;
    }

    private static @Nullable ObjectNode member(ObjectNode image, String project) {
        for (JsonNode member : image.path("_members")) {
            if (text(member, "member_id").equals(project)) {
                return (ObjectNode) member;
            }
        }
        return null;
    }

    private ObjectNode find(Call call) {
        ObjectNode image = images.get(call.name(0));
        if (image == null || !visible(call.grant(), image)) {
            throw new Refusal(404, "No image found with ID " + call.name(0));
        }
        return image;
    }

    private ObjectNode findOwn(Call call, String action) {
        ObjectNode image = find(call);
        if (!call.grant().sees(text(image, "owner")) || !call.grant().mayChange()) {
            throw forbidden(action);
        }
        return image;
    }

    private static Refusal forbidden(String action) {
        return new Refusal(403, "You are not authorized to complete " + action + " action.");
    }

    @Nullable ObjectNode imageFor(Grant grant, String id) {
        ObjectNode image = images.get(id);
        return image != null && visible(grant, image) ? image : null;
    }

    private static ObjectNode view(ObjectNode image) {
        ObjectNode shown = object();
        image.properties()
                .forEach(field -> {
                    if (!field.getKey().startsWith("_")) {
                        shown.set(field.getKey(), field.getValue());
                    }
                });
        return shown;
    }

    private Reply list(Call call) {
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
        found.sort(order(call));
        String marker = call.query("marker");
        List<ObjectNode> page = found;
        if (marker != null) {
            int at = -1;
            for (int i = 0; i < found.size(); i++) {
                at = text(found.get(i), "id").equals(marker) ? i : at;
            }
            if (at < 0) {
                throw new Refusal(400, "No image found with ID " + marker);
            }
            page = found.subList(at + 1, found.size());
        }
        int limit = limit(call);
        ObjectNode reply = object();
        boolean more = page.size() >= limit && limit > 0;
        page = page.subList(0, Math.min(limit, page.size()));
        reply.set("images", Json.list(page.stream().map(ImageService::view).toList()));
        reply.put(
                "first",
                "/v2/images"
                        + (queryWithoutMarker(call).isEmpty()
                                ? ""
                                : "?" + queryWithoutMarker(call)));
        reply.put("schema", "/v2/schemas/images");
        if (more && !page.isEmpty()) {
            String query = queryWithoutMarker(call);
            reply.put(
                    "next",
                    "/v2/images?"
                            + (query.isEmpty() ? "" : query + "&")
                            + "marker="
                            + text(page.getLast(), "id"));
        }
        return Reply.ok(reply);
    }

    private static String queryWithoutMarker(Call call) {
        List<String> pairs = new ArrayList<>();
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("marker=")) {
                pairs.add(pair);
            }
        }
        return String.join("&", pairs);
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
        ObjectNode member = member(image, grant.project());
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
                    name.equals("tag")
                            ? Json.texts(image.path("tags")).containsAll(filter.getValue())
                            : filter.getValue().stream()
                                    .anyMatch(value ->
                                            value.startsWith("in:")
                                                    ? List.of(value.substring(3).split(","))
                                                            .contains(text(image, name))
                                                    : matches(image, name, List.of(value)));
            if (!matches) {
                return false;
            }
        }
        return true;
    }

    private static Comparator<ObjectNode> order(Call call) {
        String key = call.query("sort_key");
        String direction = call.query("sort_dir");
        String sort = call.query("sort");
        if (sort != null) {
            String[] parts = sort.split(",")[0].split(":");
            key = parts[0];
            direction = parts.length > 1 ? parts[1] : "desc";
        }
        String field = key == null ? "created_at" : key;
        Comparator<ObjectNode> by =
                Comparator.comparing((ObjectNode image) -> text(image, field))
                        .thenComparing(image -> text(image, "id"));
        return "asc".equals(direction) ? by : by.reversed();
    }

    private static int limit(Call call) {
        String limit = call.query("limit");
        if (limit == null) {
            return 25;
        }
        if (!limit.matches("[0-9]{1,9}")) {
            throw new Refusal(400, "limit param must be an integer");
        }
        return Math.min(1000, Integer.parseInt(limit));
    }

    private Reply create(Call call) {
        if (!call.grant().mayChange()) {
            throw forbidden("add_image");
        }
        ObjectNode asked = call.body();
        String format = text(asked, "disk_format");
        if (asked.hasNonNull("disk_format") && !FORMATS.contains(format)) {
            throw new Refusal(
                    400,
                    "Provided object does not match schema 'image': '"
                            + format
                            + "' is not one of [None, '"
                            + String.join("', '", FORMATS)
                            + "']");
        }
        if (text(asked, "visibility").equals("public") && !call.grant().admin()) {
            throw forbidden("publicize_image");
        }
        String id = asked.hasNonNull("id") ? text(asked, "id") : world.newId();
        if (images.containsKey(id)) {
            throw new Refusal(409, "Image ID " + id + " already exists!");
        }
        ObjectNode image =
                write(
                        id,
                        asked,
                        call.grant().admin() && asked.hasNonNull("owner")
                                ? text(asked, "owner")
                                : call.grant().project());
        tell("image.create", image);
        return Reply.of(201, view(image))
                .with("Location", base + "/v2/images/" + id)
                .with("Openstack-Image-Import-Methods", "glance-direct,web-download")
                .with("Openstack-Image-Store-Ids", "file");
    }

    ObjectNode write(String id, ObjectNode asked, String owner) {
        ObjectNode image = object();
        asked.properties()
                .forEach(field -> {
                    if (!READ_ONLY.contains(field.getKey()) && !OWN.contains(field.getKey())) {
                        image.set(field.getKey(), field.getValue());
                    }
                });
        image.setAll(
                object(
                        "name",
                        asked.get("name"),
                        "disk_format",
                        asked.get("disk_format"),
                        "container_format",
                        asked.get("container_format"),
                        "visibility",
                        asked.hasNonNull("visibility") ? text(asked, "visibility") : "shared",
                        "size",
                        null,
                        "virtual_size",
                        null,
                        "status",
                        "queued",
                        "checksum",
                        null,
                        "protected",
                        Json.truth(asked, "protected", false),
                        "min_ram",
                        Json.number(asked, "min_ram", 0),
                        "min_disk",
                        Json.number(asked, "min_disk", 0),
                        "owner",
                        owner,
                        "os_hidden",
                        Json.truth(asked, "os_hidden", false),
                        "os_hash_algo",
                        null,
                        "os_hash_value",
                        null,
                        "id",
                        id,
                        "created_at",
                        world.stamp(),
                        "updated_at",
                        world.stamp(),
                        "tags",
                        asked.hasNonNull("tags") ? asked.get("tags") : array(),
                        "self",
                        "/v2/images/" + id,
                        "file",
                        "/v2/images/" + id + "/file",
                        "schema",
                        "/v2/schemas/image",
                        "_members",
                        array()));
        images.put(id, image);
        return image;
    }

    /** Nova makes a picture of a server; its bytes come later. */
    ObjectNode snapshot(Call call, ObjectNode server, String name, JsonNode metadata) {
        ObjectNode from = images.get(text(server, "_image"));
        ObjectNode asked =
                object(
                        "base_image_ref",
                        text(server, "_image"),
                        "owner_user_name",
                        call.grant().userName(),
                        "instance_uuid",
                        text(server, "id"),
                        "user_id",
                        call.grant().userId(),
                        "image_type",
                        "snapshot",
                        "name",
                        name,
                        "disk_format",
                        "raw",
                        "container_format",
                        "bare",
                        "visibility",
                        "private",
                        "min_ram",
                        from == null ? 0 : Json.number(from, "min_ram", 0),
                        "min_disk",
                        Json.number(server.path("_flavor"), "disk", 0));
        metadata.properties().forEach(each -> asked.set(each.getKey(), each.getValue()));
        ObjectNode image = write(world.newId(), asked, text(server, "tenant_id"));
        tell("image.create", image);
        return image;
    }

    void finish(String id, long size) {
        ObjectNode image = images.get(id);
        if (image != null) {
            fill(image, size, World.hexOf("md5 " + id), World.hexOf("a" + id).repeat(4));
            for (String event : List.of("image.prepare", "image.upload", "image.activate")) {
                tell(event, image);
            }
        }
    }

    /** Bytes of this size, without a word about it. */
    void fill(String id, long size) {
        ObjectNode image = images.get(id);
        if (image != null) {
            fill(image, size, World.hexOf("md5 " + id), World.hexOf("a" + id).repeat(4));
        }
    }

    private void fill(ObjectNode image, long size, String md5, String sha512) {
        image.put("size", size)
                .put("virtual_size", size)
                .put("status", "active")
                .put("checksum", md5);
        image.put("os_hash_algo", "sha512")
                .put("os_hash_value", sha512)
                .put("stores", "file")
                .put("updated_at", world.stamp());
    }

    private Reply upload(Call call) {
        ObjectNode image = findOwn(call, "upload_image");
        if (!text(image, "status").equals("queued")) {
            throw new Refusal(
                    409,
                    "Image status transition from "
                            + text(image, "status")
                            + " to saving is not allowed");
        }
        if (Json.absent(image, "disk_format") || Json.absent(image, "container_format")) {
            throw new Refusal(
                    400,
                    "Properties disk_format, container_format must be set prior to saving data.");
        }
        fill(
                image,
                call.content().length,
                sum("MD5", call.content()),
                sum("SHA-512", call.content()));
        for (String event : List.of("image.prepare", "image.upload", "image.activate")) {
            tell(event, image);
        }
        return Reply.empty(204);
    }

    private static String sum(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply patch(Call call) {
        ObjectNode image = findOwn(call, "modify_image");
        if (!(call.tree() instanceof ArrayNode operations)) {
            throw new Refusal(400, "Request body must be a JSON array of operation objects.");
        }
        for (JsonNode operation : operations) {
            String name =
                    text(operation, "path")
                            .replaceFirst("^/", "")
                            .replace("~1", "/")
                            .replace("~0", "~");
            if (READ_ONLY.contains(name) && !(name.equals("owner") && call.grant().admin())) {
                throw new Refusal(403, "Attribute '" + name + "' is read-only.");
            }
            if (name.equals("visibility")
                    && text(operation, "value").equals("public")
                    && !call.grant().admin()) {
                throw forbidden("publicize_image");
            }
            switch (text(operation, "op")) {
                case "add", "replace" -> {
                    if (text(operation, "op").equals("replace") && !image.has(name)) {
                        throw new Refusal(409, "Property " + name + " does not exist.");
                    }
                    image.set(name, operation.get("value"));
                }
                case "remove" -> {
                    if (image.remove(name) == null) {
                        throw new Refusal(409, "Property " + name + " does not exist.");
                    }
                }
                default ->
                        throw new Refusal(
                                400, "Operation: " + text(operation, "op") + " not supported");
            }
        }
        image.put("updated_at", world.stamp());
        tell("image.update", image);
        return Reply.ok(view(image));
    }

    private Reply delete(Call call) {
        ObjectNode image = images.get(call.name(0));
        if (image == null || !visible(call.grant(), image)) {
            throw new Refusal(404, "Failed to find image " + call.name(0) + " to delete");
        }
        if (!call.grant().sees(text(image, "owner")) || !call.grant().mayChange()) {
            throw forbidden("delete_image");
        }
        if (Json.truth(image, "protected", false)) {
            throw new Refusal(
                    403, "Image " + call.name(0) + " is protected and cannot be deleted.");
        }
        images.remove(call.name(0));
        image.put("status", "deleted").put("updated_at", world.stamp());
        tell("image.delete", image);
        return Reply.empty(204);
    }

    private void memberRoutes() {
        route(
                "GET",
                "/v2/images/{}/members",
                call -> {
                    ObjectNode image = find(call);
                    if (!text(image, "visibility").equals("shared")) {
                        throw new Refusal(
                                403,
                                "Not allowed to list members for image "
                                        + call.name(0)
                                        + ": Only shared images have members.");
                    }
                    return Reply.ok(
                            object(
                                    "members",
                                    image.path("_members"),
                                    "schema",
                                    "/v2/schemas/members"));
                });
        route(
                "POST",
                "/v2/images/{}/members",
                call -> {
                    ObjectNode image = findOwn(call, "add_member");
                    if (!text(image, "visibility").equals("shared")) {
                        throw new Refusal(403, "Only shared images have members.");
                    }
                    String project = text(call.body(), "member");
                    if (member(image, project) != null) {
                        throw new Refusal(
                                409,
                                "Member " + project + " is duplicated for image " + call.name(0));
                    }
                    ObjectNode member =
                            object(
                                    "member_id",
                                    project,
                                    "image_id",
                                    call.name(0),
                                    "status",
                                    "pending",
                                    "created_at",
                                    world.stamp(),
                                    "updated_at",
                                    world.stamp(),
                                    "schema",
                                    "/v2/schemas/member");
                    Json.items(image, "_members").add(member);
                    bus.say(
                            "glance",
                            "image.localhost",
                            "image.member.create",
                            Json.copy(member),
                            null);
                    return Reply.ok(member);
                });
        route(
                "PUT",
                "/v2/images/{}/members/{}",
                call -> {
                    ObjectNode member = member(find(call), call.name(1));
                    if (member == null || !call.grant().sees(call.name(1))) {
                        throw new Refusal(
                                404,
                                call.name(1)
                                        + " not found in the member list of the image "
                                        + call.name(0)
                                        + ".");
                    }
                    member.put("status", text(call.body(), "status"))
                            .put("updated_at", world.stamp());
                    bus.say(
                            "glance",
                            "image.localhost",
                            "image.member.update",
                            Json.copy(member),
                            null);
                    return Reply.ok(member);
                });
        route(
                "DELETE",
                "/v2/images/{}/members/{}",
                call -> {
                    ObjectNode image = findOwn(call, "delete_member");
                    ArrayNode members = Json.items(image, "_members");
                    for (int i = members.size() - 1; i >= 0; i--) {
                        if (text(members.get(i), "member_id").equals(call.name(1))) {
                            members.remove(i);
                        }
                    }
                    return Reply.empty(204);
                });
    }

    private void tell(String event, ObjectNode image) {
        ObjectNode properties = object();
        image.properties()
                .forEach(field -> {
                    if (!READ_ONLY.contains(field.getKey())
                            && !OWN.contains(field.getKey())
                            && !field.getKey().startsWith("_")) {
                        properties.set(field.getKey(), field.getValue());
                    }
                });
        boolean deleted = event.equals("image.delete");
        ObjectNode payload = object();
        for (String field :
                List.of(
                        "id",
                        "name",
                        "status",
                        "created_at",
                        "updated_at",
                        "min_disk",
                        "min_ram",
                        "protected",
                        "checksum",
                        "owner",
                        "disk_format",
                        "container_format",
                        "size",
                        "virtual_size")) {
            payload.set(field, Json.of(image.get(field)));
        }
        payload.put("is_public", text(image, "visibility").equals("public"))
                .put("visibility", text(image, "visibility"));
        payload.set("properties", properties);
        payload.set("tags", image.path("tags").deepCopy());
        payload.put("deleted", deleted).set("deleted_at", Json.of(deleted ? world.stamp() : null));
        bus.say("glance", "image.localhost", event, payload, null);
    }

    /** What Nova copies from the image into what it tells about a server. */
    ObjectNode metaOf(String id) {
        ObjectNode image = images.get(id);
        if (image == null) {
            return object("base_image_ref", id);
        }
        return object(
                "os_distro",
                text(image, "os_distro"),
                "min_ram",
                text(image, "min_ram"),
                "min_disk",
                text(image, "min_disk"),
                "disk_format",
                text(image, "disk_format"),
                "container_format",
                text(image, "container_format"),
                "base_image_ref",
                id);
    }

    private ObjectNode versions() {
        ArrayNode versions = array();
        for (String version :
                List.of(
                        "15", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1",
                        "0")) {
            versions.add(
                    object(
                            "id",
                            "v2." + version,
                            "status",
                            version.equals("15") ? "CURRENT" : "SUPPORTED",
                            "links",
                            array(object("rel", "self", "href", base + "/v2/"))));
        }
        return object("versions", versions);
    }

    @Override
    Reply refuse(Call call, Refusal refusal) {
        if (refusal.status() == 401) {
            return plainFault(
                            401,
                            "Unauthorized",
                            "This server could not verify that you are authorized to access the"
                                    + " document you requested. Either you supplied the wrong"
                                    + " credentials (e.g., bad password), or your browser does not"
                                    + " understand how to supply the credentials required.")
                    .with("Www-Authenticate", "Keystone uri=\"http://127.0.0.1:5000\"");
        }
        return plainFault(refusal.status(), title(refusal.status()), refusal.message());
    }

    @Override
    Reply unknown(Call call) {
        return plainFault(404, "Not Found", "The resource could not be found.");
    }
}
