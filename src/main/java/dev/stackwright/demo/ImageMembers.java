package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The projects that an image is shared with. */
final class ImageMembers {

    private final World world;
    private final Bus bus;
    private final Map<String, ObjectNode> images;
    private final Images life;

    ImageMembers(World world, Bus bus, Images life) {
        this.world = world;
        this.bus = bus;
        this.images = world.table("image");
        this.life = life;
    }

    void memberRoutes(Service service) {
        service.route(
                "GET",
                "/v2/images/{}/members",
                call -> {
                    ObjectNode image = life.find(call);
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
        service.route(
                "POST",
                "/v2/images/{}/members",
                call -> {
                    ObjectNode image = life.findOwn(call, "add_member");
                    if (!text(image, "visibility").equals("shared")) {
                        throw new Refusal(403, "Only shared images have members.");
                    }
                    String project = text(call.body(), "member");
                    if (Images.member(image, project) != null) {
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
        service.route(
                "PUT",
                "/v2/images/{}/members/{}",
                call -> {
                    ObjectNode member = Images.member(life.find(call), call.name(1));
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
        service.route(
                "DELETE",
                "/v2/images/{}/members/{}",
                call -> {
                    ObjectNode image = life.findOwn(call, "delete_member");
                    ArrayNode members = Json.items(image, "_members");
                    for (int i = members.size() - 1; i >= 0; i--) {
                        if (text(members.get(i), "member_id").equals(call.name(1))) {
                            members.remove(i);
                        }
                    }
                    return Reply.empty(204);
                });
    }
}
