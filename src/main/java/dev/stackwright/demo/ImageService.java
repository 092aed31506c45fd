package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Glance v2: images, who may see them, and what is in them as far as size and sums go. */
final class ImageService extends Service {

    private static final List<String> FORMATS =
            List.of(
                    "ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso",
                    "ploop");

    private final Map<String, ObjectNode> images;

    final ImageList lists;
    final Images life;
    final ImageMembers members;

    ImageService(String base, World world, Bus bus) {
        super("image", base, world);
        lists = new ImageList(world);
        life = new Images(world, bus);
        members = new ImageMembers(world, bus, life);
        images = world.table("image");
        openRoute("GET", "/", call -> Reply.of(300, versions()));
        openRoute("GET", "/versions", call -> Reply.ok(versions()));
        route("GET", "/v2/images", lists::list);
        route("POST", "/v2/images", this::create);
        route("GET", "/v2/images/{}", call -> Reply.ok(Json.open(life.find(call))));
        route("PATCH", "/v2/images/{}", this::patch);
        route("DELETE", "/v2/images/{}", this::delete);
        route("PUT", "/v2/images/{}/file", this::upload);
        route(
                "GET",
                "/v2/images/{}/file",
                call ->
                        text(life.find(call), "status").equals("active")
                                ? Reply.bytes(
                                        new byte
                                                [(int)
                                                        Math.min(
                                                                1 << 20,
                                                                life.find(call)
                                                                        .path("size")
                                                                        .asLong(0))])
                                : Reply.empty(204));
        for (String action : List.of("deactivate", "reactivate")) {
            route(
                    "POST",
                    "/v2/images/{}/actions/" + action,
                    call -> {
                        ObjectNode image = life.findOwn(call, action);
                        image.put("status", action.equals("deactivate") ? "deactivated" : "active");
                        return Reply.empty(204);
                    });
        }
        members.memberRoutes(this);
        route(
                "PUT",
                "/v2/images/{}/tags/{}",
                call -> {
                    ObjectNode image = life.findOwn(call, "modify_image");
                    Set<String> tags = new TreeSet<>(Json.texts(image.path("tags")));
                    tags.add(call.name(1));
                    image.set("tags", Json.list(tags));
                    life.tell("image.update", image);
                    return Reply.empty(204);
                });
        route(
                "DELETE",
                "/v2/images/{}/tags/{}",
                call -> {
                    ObjectNode image = life.findOwn(call, "modify_image");
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

    private Reply create(Call call) {
        if (!call.grant().mayChange()) {
            throw Images.forbidden("add_image");
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
            throw Images.forbidden("publicize_image");
        }
        String id = asked.hasNonNull("id") ? text(asked, "id") : world.newId();
        if (images.containsKey(id)) {
            throw new Refusal(409, "Image ID " + id + " already exists!");
        }
        ObjectNode image =
                life.write(
                        id,
                        asked,
                        call.grant().admin() && asked.hasNonNull("owner")
                                ? text(asked, "owner")
                                : call.grant().project());
        life.tell("image.create", image);
        return Reply.of(201, Json.open(image))
                .with("Location", base + "/v2/images/" + id)
                .with("Openstack-Image-Import-Methods", "glance-direct,web-download")
                .with("Openstack-Image-Store-Ids", "file");
    }

    private Reply upload(Call call) {
        ObjectNode image = life.findOwn(call, "upload_image");
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
        life.fill(
                image,
                call.content().length,
                sum("MD5", call.content()),
                sum("SHA-512", call.content()));
        for (String event : List.of("image.prepare", "image.upload", "image.activate")) {
            life.tell(event, image);
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
        ObjectNode image = life.findOwn(call, "modify_image");
        if (!(call.tree() instanceof ArrayNode operations)) {
            throw new Refusal(400, "Request body must be a JSON array of operation objects.");
        }
        for (JsonNode operation : operations) {
            String name =
                    text(operation, "path")
                            .replaceFirst("^/", "")
                            .replace("~1", "/")
                            .replace("~0", "~");
            if (Images.READ_ONLY.contains(name)
                    && !(name.equals("owner") && call.grant().admin())) {
                throw new Refusal(403, "Attribute '" + name + "' is read-only.");
            }
            if (name.equals("visibility")
                    && text(operation, "value").equals("public")
                    && !call.grant().admin()) {
                throw Images.forbidden("publicize_image");
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
        life.tell("image.update", image);
        return Reply.ok(Json.open(image));
    }

    private Reply delete(Call call) {
        ObjectNode image = images.get(call.name(0));
        if (image == null || !life.visible(call.grant(), image)) {
            throw new Refusal(404, "Failed to find image " + call.name(0) + " to delete");
        }
        if (!call.grant().sees(text(image, "owner")) || !call.grant().mayChange()) {
            throw Images.forbidden("delete_image");
        }
        if (Json.truth(image, "protected", false)) {
            throw new Refusal(
                    403, "Image " + call.name(0) + " is protected and cannot be deleted.");
        }
        images.remove(call.name(0));
        image.put("status", "deleted").put("updated_at", world.stamp());
        life.tell("image.delete", image);
        return Reply.empty(204);
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
