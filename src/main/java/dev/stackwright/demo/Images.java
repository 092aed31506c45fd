package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of images, and who sees and may change which. */
final class Images {

    static final Set<String> READ_ONLY =
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

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> images;

    Images(World world, Bus bus) {
        this.world = world;
        this.bus = bus;
        this.images = world.table("image");
    }

    boolean visible(Grant grant, ObjectNode image) {
        return grant.sees(text(image, "owner"))
                || Set.of("public", "community").contains(text(image, "visibility"))
                || text(image, "visibility").equals("shared")
                        && member(image, grant.project()) != null;
    }

    static @Nullable ObjectNode member(ObjectNode image, String project) {
        for (JsonNode member : image.path("_members")) {
            if (text(member, "member_id").equals(project)) {
                return (ObjectNode) member;
            }
        }
        return null;
    }

    ObjectNode find(Call call) {
        ObjectNode image = images.get(call.name(0));
        if (image == null || !visible(call.grant(), image)) {
            throw new Refusal(404, "No image found with ID " + call.name(0));
        }
        return image;
    }

    ObjectNode findOwn(Call call, String action) {
        ObjectNode image = find(call);
        if (!call.grant().sees(text(image, "owner")) || !call.grant().mayChange()) {
            throw forbidden(action);
        }
        return image;
    }

    static Refusal forbidden(String action) {
        return new Refusal(403, "You are not authorized to complete " + action + " action.");
    }

    @Nullable ObjectNode imageFor(Grant grant, String id) {
        ObjectNode image = images.get(id);
        return image != null && visible(grant, image) ? image : null;
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

    void fill(ObjectNode image, long size, String md5, String sha512) {
        image.put("size", size)
                .put("virtual_size", size)
                .put("status", "active")
                .put("checksum", md5);
        image.put("os_hash_algo", "sha512")
                .put("os_hash_value", sha512)
                .put("stores", "file")
                .put("updated_at", world.stamp());
    }

    void tell(String event, ObjectNode image) {
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
}
