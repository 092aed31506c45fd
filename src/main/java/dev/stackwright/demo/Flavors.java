package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Flavors, and who may use the private ones. */
final class Flavors {

    private static final List<String> SORT_KEYS =
            List.of(
                    "created_at",
                    "description",
                    "disabled",
                    "ephemeral_gb",
                    "flavorid",
                    "id",
                    "is_public",
                    "memory_mb",
                    "name",
                    "root_gb",
                    "rxtx_factor",
                    "swap",
                    "updated_at",
                    "vcpu_weight",
                    "vcpus");

    private final String base;
    private final World world;
    private final Map<String, ObjectNode> flavors;

    Flavors(String base, World world) {
        this.base = base;
        this.world = world;
        this.flavors = world.table("flavor");
    }

    ObjectNode addFlavor(
            String id, String name, int vcpus, int ram, int disk, List<String> onlyFor) {
        ObjectNode flavor =
                object(
                        "id",
                        id,
                        "name",
                        name,
                        "ram",
                        ram,
                        "disk",
                        disk,
                        "swap",
                        0,
                        "ephemeral",
                        0,
                        "vcpus",
                        vcpus,
                        "public",
                        onlyFor.isEmpty(),
                        "access",
                        onlyFor,
                        "extra_specs",
                        object(),
                        "description",
                        null);
        flavors.put(id, flavor);
        return flavor;
    }

    @Nullable ObjectNode flavorFor(Grant grant, String id) {
        ObjectNode flavor = flavors.get(id);
        return flavor != null && sees(grant, flavor) ? flavor : null;
    }

    private static boolean sees(Grant grant, ObjectNode flavor) {
        return grant.admin()
                || Json.truth(flavor, "public", true)
                || Json.texts(flavor.path("access")).contains(grant.project());
    }

    /** The flavor as a server remembers it, whatever becomes of it later. */
    ObjectNode frozen(ObjectNode flavor) {
        ObjectNode copy = Json.copy(flavor);
        copy.remove(List.of("public", "access", "description"));
        return copy;
    }

    private ObjectNode flavorView(Call call, ObjectNode flavor) {
        String id = text(flavor, "id");
        ObjectNode shown =
                object(
                        "id",
                        id,
                        "name",
                        text(flavor, "name"),
                        "ram",
                        flavor.path("ram"),
                        "disk",
                        flavor.path("disk"),
                        "swap",
                        call.since(75) || Json.number(flavor, "swap", 0) > 0
                                ? flavor.path("swap")
                                : "",
                        "OS-FLV-EXT-DATA:ephemeral",
                        flavor.path("ephemeral"),
                        "OS-FLV-DISABLED:disabled",
                        false,
                        "vcpus",
                        flavor.path("vcpus"),
                        "os-flavor-access:is_public",
                        flavor.path("public"),
                        "rxtx_factor",
                        1.0,
                        "links",
                        links("flavors", id));
        if (call.since(55)) {
            shown.set("description", Json.of(flavor.get("description")));
        }
        if (call.since(61)) {
            shown.set("extra_specs", flavor.path("extra_specs"));
        }
        return shown;
    }

    private ArrayNode links(String kind, String id) {
        return array(
                object("rel", "self", "href", base + "/v2.1/" + kind + "/" + id),
                object("rel", "bookmark", "href", base + "/" + kind + "/" + id));
    }

    void flavorRoutes(ComputeService service) {
        String path = "/v2.1/flavors";
        service.route("GET", path, call -> flavorList(call, false));
        service.route("GET", path + "/detail", call -> flavorList(call, true));
        service.route(
                "GET",
                path + "/{}",
                call -> Reply.ok(object("flavor", flavorView(call, flavor(call)))));
        service.route(
                "GET",
                path + "/{}/os-extra_specs",
                call -> Reply.ok(object("extra_specs", flavor(call).path("extra_specs"))));
        service.route(
                "POST",
                path + "/{}/os-extra_specs",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-flavor-extra-specs:create");
                    ((ObjectNode) flavor(call).get("extra_specs")).setAll(call.body("extra_specs"));
                    return Reply.ok(object("extra_specs", flavor(call).path("extra_specs")));
                });
        service.route(
                "GET",
                path + "/{}/os-flavor-access",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-flavor-access");
                    ObjectNode flavor = flavor(call);
                    if (Json.truth(flavor, "public", true)) {
                        throw new Refusal(404, "Access list not available for public flavors.");
                    }
                    return Reply.ok(
                            object(
                                    "flavor_access",
                                    Json.texts(flavor.path("access")).stream()
                                            .map(project ->
                                                    object(
                                                            "flavor_id",
                                                            text(flavor, "id"),
                                                            "tenant_id",
                                                            project))
                                            .toList()));
                });
        service.route(
                "POST",
                path + "/{}/action",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-flavor-access:add_tenant_access");
                    ObjectNode flavor = flavor(call);
                    ObjectNode body = call.body();
                    String project =
                            text(body.path("addTenantAccess"), "tenant")
                                    + text(body.path("removeTenantAccess"), "tenant");
                    Json.removeText(Json.items(flavor, "access"), project);
                    if (body.has("addTenantAccess")) {
                        Json.items(flavor, "access").add(project);
                    }
                    return Reply.ok(object("flavor_access", array()));
                });
        service.route(
                "POST",
                path,
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-flavor-manage:create");
                    ObjectNode asked = call.body("flavor");
                    String id =
                            asked.hasNonNull("id") && !text(asked, "id").equals("auto")
                                    ? text(asked, "id")
                                    : world.newId();
                    for (ObjectNode other : flavors.values()) {
                        if (text(other, "name").equals(text(asked, "name"))) {
                            throw new Refusal(
                                    409,
                                    "Flavor with name " + text(asked, "name") + " already exists.");
                        }
                    }
                    boolean isPublic = Json.truth(asked, "os-flavor-access:is_public", true);
                    ObjectNode flavor =
                            addFlavor(
                                    id,
                                    text(asked, "name"),
                                    Json.number(asked, "vcpus", 1),
                                    Json.number(asked, "ram", 512),
                                    Json.number(asked, "disk", 0),
                                    List.of());
                    flavor.put("public", isPublic);
                    flavor.set("description", Json.of(asked.get("description")));
                    return Reply.ok(object("flavor", flavorView(call, flavor)));
                });
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    Policy.COMPUTE.needAdmin(call, "os-flavor-manage:delete");
                    flavors.remove(text(flavor(call), "id"));
                    return Reply.empty(202);
                });
    }

    private ObjectNode flavor(Call call) {
        ObjectNode flavor = flavorFor(call.grant(), call.name(0));
        if (flavor == null) {
            throw new Refusal(404, "Flavor " + call.name(0) + " could not be found.");
        }
        return flavor;
    }

    private Reply flavorList(Call call, boolean detailed) {
        NovaQuery.only(
                call,
                Set.of(
                        "limit",
                        "marker",
                        "is_public",
                        "minRam",
                        "minDisk",
                        "sort_key",
                        "sort_dir"));
        NovaQuery.digits(call, "limit");
        NovaQuery.oneOf(call, "sort_key", SORT_KEYS);
        String wanted = call.query("is_public");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode flavor : flavors.values()) {
            boolean isPublic = Json.truth(flavor, "public", true);
            boolean shown =
                    call.grant().admin() && wanted != null
                            ? wanted.equalsIgnoreCase("none") || Json.isTrue(wanted) == isPublic
                            : isPublic
                                    || Json.texts(flavor.path("access"))
                                            .contains(call.grant().project());
            if (shown
                    && Json.number(flavor, "ram", 0) >= least(call, "minRam")
                    && Json.number(flavor, "disk", 0) >= least(call, "minDisk")) {
                found.add(flavor);
            }
        }
        found.sort(java.util.Comparator.comparing(flavor -> text(flavor, "id")));
        Page page =
                ComputeCatalog.page(
                        call,
                        found,
                        "id",
                        marker -> new Refusal(400, "marker [" + marker + "] not found"));
        ObjectNode reply = object();
        ArrayNode shown = reply.putArray("flavors");
        for (ObjectNode flavor : page.items()) {
            shown.add(
                    detailed
                            ? flavorView(call, flavor)
                            : object(
                                    "id",
                                    text(flavor, "id"),
                                    "name",
                                    text(flavor, "name"),
                                    "links",
                                    links("flavors", text(flavor, "id"))));
        }
        if (page.full()) {
            reply.set("flavors_links", ComputeCatalog.next(base, call, page.last("id")));
        }
        return Reply.ok(reply);
    }

    private static int least(Call call, String name) {
        String value = call.query(name);
        if (value != null && !value.matches("[0-9]{1,9}")) {
            throw new Refusal(400, "Invalid " + name + " filter [" + value + "]");
        }
        return value == null ? 0 : Integer.parseInt(value);
    }
}
