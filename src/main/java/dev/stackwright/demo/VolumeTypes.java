package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Volume types, and who may use the private ones. */
final class VolumeTypes {

    private final Map<String, ObjectNode> types;

    VolumeTypes(World world) {
        this.types = world.table("volume_type");
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

    static boolean sees(Grant grant, ObjectNode type) {
        return grant.admin()
                || Json.truth(type, "is_public", false)
                || Json.texts(type.path("_access")).contains(grant.project());
    }

    @Nullable ObjectNode typeNamed(String idOrName) {
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

    void typeRoutes(Service service) {
        service.route(
                "GET",
                VolumeService.P + "/types",
                call ->
                        Reply.ok(
                                object(
                                        "volume_types",
                                        types.values().stream()
                                                .filter(type -> sees(call.grant(), type))
                                                .map(type -> typeView(call, type))
                                                .toList())));
        service.route(
                "GET",
                VolumeService.P + "/types/{}",
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
        service.route(
                "GET",
                VolumeService.P + "/types/{}/os-volume-type-access",
                call -> {
                    Policy.VOLUME.needAdmin(
                            call, "volume_extension:volume_type_access:get_all_for_type");
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
}
