package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Nova knows beside servers: flavors, key pairs, quotas, server groups, hosts and services.
 */
final class ComputeCatalog {

    private static final Map<String, Integer> QUOTA = new LinkedHashMap<>();
    private static final List<String> BEFORE_36 =
            List.of("fixed_ips", "floating_ips", "security_groups", "security_group_rules");
    private static final List<String> BEFORE_57 =
            List.of("injected_files", "injected_file_content_bytes", "injected_file_path_bytes");

    static {
        QUOTA.put("cores", 20);
        QUOTA.put("fixed_ips", -1);
        QUOTA.put("floating_ips", -1);
        QUOTA.put("injected_file_content_bytes", 10240);
        QUOTA.put("injected_file_path_bytes", 255);
        QUOTA.put("injected_files", 5);
        QUOTA.put("instances", 10);
        QUOTA.put("key_pairs", 100);
        QUOTA.put("metadata_items", 128);
        QUOTA.put("ram", 51200);
        QUOTA.put("security_group_rules", -1);
        QUOTA.put("security_groups", -1);
        QUOTA.put("server_group_members", 10);
        QUOTA.put("server_groups", 10);
    }

    private final World world;
    private final String base;
    private final Bus bus;
    private final Hosts hosts;
    private final Servers servers;
    private final Map<String, ObjectNode> flavors;
    private final Map<String, ObjectNode> keypairs;
    private final Map<String, ObjectNode> groups;

    ComputeCatalog(String base, World world, Bus bus, Hosts hosts, Servers servers) {
        this.base = base;
        this.world = world;
        this.bus = bus;
        this.hosts = hosts;
        this.servers = servers;
        flavors = world.table("flavor");
        keypairs = world.table("keypair");
        groups = world.table("server_group");
    }

    boolean hostIsUp(String host) {
        return hosts.computeUp(host);
    }

    void addTo(ComputeService service) {
        flavorRoutes(service);
        keypairRoutes(service);
        groupRoutes(service);
        quotaRoutes(service);
        hostRoutes(service);
        service.route("GET", "/v2.1/extensions", call -> Reply.ok(object("extensions", array())));
        service.route(
                "GET",
                "/v2.1/os-migrations",
                call -> {
                    ComputeService.needAdmin(call, "os-migrations:index");
                    return Reply.ok(object("migrations", array()));
                });
        service.route(
                "GET",
                "/v2.1/os-simple-tenant-usage/{}",
                call -> Reply.ok(object("tenant_usage", object())));
        service.route(
                "GET",
                "/v2.1/os-simple-tenant-usage",
                call -> Reply.ok(object("tenant_usages", array())));
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

    private void flavorRoutes(ComputeService service) {
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
                    ComputeService.needAdmin(call, "os-flavor-extra-specs:create");
                    ((ObjectNode) flavor(call).get("extra_specs")).setAll(call.body("extra_specs"));
                    return Reply.ok(object("extra_specs", flavor(call).path("extra_specs")));
                });
        service.route(
                "GET",
                path + "/{}/os-flavor-access",
                call -> {
                    ComputeService.needAdmin(call, "os-flavor-access");
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
                    ComputeService.needAdmin(call, "os-flavor-access:add_tenant_access");
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
                    ComputeService.needAdmin(call, "os-flavor-manage:create");
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
                    ComputeService.needAdmin(call, "os-flavor-manage:delete");
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
        List<ObjectNode> page = page(call, found, "id");
        ObjectNode reply = object();
        ArrayNode shown = reply.putArray("flavors");
        for (ObjectNode flavor : page) {
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
        addNext(call, reply, "flavors", page, "id");
        return Reply.ok(reply);
    }

    private static int least(Call call, String name) {
        String value = call.query(name);
        return value == null || !value.matches("[0-9]{1,9}") ? 0 : Integer.parseInt(value);
    }

    private static List<ObjectNode> page(Call call, List<ObjectNode> found, String key) {
        List<ObjectNode> page = found;
        String marker = call.query("marker");
        for (int i = 0; marker != null && i < found.size(); i++) {
            if (text(found.get(i), key).equals(marker)) {
                page = found.subList(i + 1, found.size());
            }
        }
        String limit = call.query("limit");
        int most = limit == null || !limit.matches("[0-9]{1,6}") ? 1000 : Integer.parseInt(limit);
        return page.subList(0, Math.min(most, page.size()));
    }

    private void addNext(
            Call call, ObjectNode reply, String name, List<ObjectNode> page, String key) {
        String limit = call.query("limit");
        if (limit != null && limit.equals(String.valueOf(page.size())) && !page.isEmpty()) {
            reply.set(
                    name + "_links",
                    array(
                            object(
                                    "rel",
                                    "next",
                                    "href",
                                    base
                                            + call.path()
                                            + "?limit="
                                            + limit
                                            + "&marker="
                                            + text(page.getLast(), key))));
        }
    }

    @Nullable ObjectNode keypair(String userId, String name) {
        return keypairs.get(userId + " " + name);
    }

    void addKeypair(String userId, String name, String publicKey) {
        keypairs.put(
                userId + " " + name,
                object(
                        "name",
                        name,
                        "public_key",
                        publicKey,
                        "fingerprint",
                        fingerprint(publicKey),
                        "type",
                        "ssh",
                        "_user",
                        userId,
                        "_created",
                        world.stampWithMicros(),
                        "_number",
                        keypairs.size() + 1));
    }

    private static String fingerprint(String key) {
        return World.hexOf("fingerprint " + key).replaceAll("(..)(?!$)", "$1:");
    }

    private static ObjectNode keypairView(Call call, ObjectNode keypair) {
        ObjectNode shown =
                object(
                        "name",
                        text(keypair, "name"),
                        "public_key",
                        text(keypair, "public_key"),
                        "fingerprint",
                        text(keypair, "fingerprint"));
        return call.since(2) ? shown.put("type", text(keypair, "type")) : shown;
    }

    private String keypairOwner(Call call, String rule) {
        String asked = call.query("user_id");
        if (asked == null || asked.equals(call.grant().userId()) || !call.since(10)) {
            return call.grant().userId();
        }
        ComputeService.needAdmin(call, rule);
        return asked;
    }

    private ObjectNode keypair(Call call, String rule) {
        String owner = keypairOwner(call, rule);
        ObjectNode keypair = keypair(owner, call.name(0));
        if (keypair == null) {
            throw new Refusal(404, "Keypair " + call.name(0) + " not found for user " + owner);
        }
        return keypair;
    }

    private void keypairRoutes(ComputeService service) {
        String path = "/v2.1/os-keypairs";
        service.route(
                "GET",
                path,
                call -> {
                    String owner = keypairOwner(call, "os-keypairs:index");
                    List<ObjectNode> own = new ArrayList<>();
                    keypairs.values().stream()
                            .filter(each -> text(each, "_user").equals(owner))
                            .forEach(own::add);
                    List<ObjectNode> page = call.since(35) ? page(call, own, "name") : own;
                    ObjectNode reply = object();
                    ArrayNode shown = reply.putArray("keypairs");
                    page.forEach(each -> shown.add(object("keypair", keypairView(call, each))));
                    if (call.since(35)) {
                        addNext(call, reply, "keypairs", page, "name");
                    }
                    return Reply.ok(reply);
                });
        service.route(
                "GET",
                path + "/{}",
                call -> {
                    ObjectNode keypair = keypair(call, "os-keypairs:show");
                    ObjectNode shown = keypairView(call, keypair);
                    shown.put("user_id", text(keypair, "_user"))
                            .put("created_at", text(keypair, "_created"))
                            .put("deleted", false);
                    shown.putNull("deleted_at")
                            .put("id", Json.number(keypair, "_number", 0))
                            .putNull("updated_at");
                    return Reply.ok(object("keypair", shown));
                });
        service.route("POST", path, this::createKeypair);
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    ObjectNode keypair = keypair(call, "os-keypairs:delete");
                    keypairs.remove(text(keypair, "_user") + " " + text(keypair, "name"));
                    tellKeypair(
                            call, "keypair.delete", text(keypair, "_user"), text(keypair, "name"));
                    return Reply.empty(call.since(2) ? 204 : 202);
                });
    }

    private Reply createKeypair(Call call) {
        ObjectNode asked = call.body("keypair");
        String name = text(asked, "name");
        String owner =
                asked.hasNonNull("user_id") && call.since(10)
                        ? text(asked, "user_id")
                        : call.grant().userId();
        if (!owner.equals(call.grant().userId())) {
            ComputeService.needAdmin(call, "os-keypairs:create");
        }
        if (!asked.hasNonNull("public_key") && call.since(92)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute keypair. Value: {'name': '"
                            + name
                            + "'}. 'public_key' is a required property");
        }
        if (keypair(owner, name) != null) {
            throw new Refusal(409, "Key pair '" + name + "' already exists.");
        }
        String publicKey = text(asked, "public_key");
        ObjectNode reply = object();
        if (publicKey.isEmpty()) {
            java.security.KeyPair made = generate();
            publicKey =
                    "ssh-rsa "
                            + Base64.getEncoder()
                                    .withoutPadding()
                                    .encodeToString(made.getPublic().getEncoded())
                            + " Generated-by-Nova";
            reply.put(
                    "private_key",
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(made.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        } else if (!publicKey.startsWith("ssh-") && !publicKey.startsWith("ecdsa-")) {
            throw new Refusal(400, "Keypair data is invalid: failed to generate fingerprint");
        }
        addKeypair(owner, name, publicKey);
        ObjectNode keypair = keypair(owner, name);
        if (keypair != null) {
            reply.setAll(keypairView(call, keypair));
        }
        reply.put("user_id", owner);
        tellKeypair(call, "keypair.create", owner, name);
        return Reply.of(call.since(2) ? 201 : 200, object("keypair", reply));
    }

    private static java.security.KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tellKeypair(Call call, String event, String user, String name) {
        for (String phase : List.of(".start", ".end")) {
            bus.say(
                    "nova",
                    "api.control1",
                    event + phase,
                    object("tenant_id", call.grant().project(), "user_id", user, "key_name", name),
                    Bus.Asker.of(call));
        }
    }

    void join(String groupId, String serverId) {
        ObjectNode group = groups.get(groupId);
        if (group != null) {
            Json.items(group, "members").add(serverId);
        }
    }

    private void groupRoutes(ComputeService service) {
        String path = "/v2.1/os-server-groups";
        service.route(
                "GET",
                path,
                call ->
                        Reply.ok(
                                object(
                                        "server_groups",
                                        groups.values().stream()
                                                .filter(group ->
                                                        call.grant().owns(text(group, "project_id"))
                                                                || call.grant().admin()
                                                                        && call.asks(
                                                                                "all_projects"))
                                                .map(group -> groupView(call, group))
                                                .toList())));
        service.route(
                "POST",
                path,
                call -> {
                    ComputeService.mayChange(call, "os-server-groups:create");
                    ObjectNode asked = call.body("server_group");
                    String id = world.newId();
                    String policy =
                            asked.hasNonNull("policy")
                                    ? text(asked, "policy")
                                    : asked.path("policies").path(0).asString("");
                    if (!List.of("affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity")
                            .contains(policy)) {
                        throw new Refusal(
                                400,
                                "Invalid input for field/attribute policy. Value: " + policy + ".");
                    }
                    groups.put(
                            id,
                            object(
                                    "id",
                                    id,
                                    "name",
                                    text(asked, "name"),
                                    "policy",
                                    policy,
                                    "rules",
                                    asked.hasNonNull("rules") ? asked.get("rules") : object(),
                                    "members",
                                    array(),
                                    "project_id",
                                    call.grant().project(),
                                    "user_id",
                                    call.grant().userId()));
                    return Reply.ok(
                            object(
                                    "server_group",
                                    groupView(call, groups.getOrDefault(id, object()))));
                });
        service.route(
                "GET",
                path + "/{}",
                call -> Reply.ok(object("server_group", groupView(call, group(call)))));
        service.route(
                "DELETE",
                path + "/{}",
                call -> {
                    ComputeService.mayChange(call, "os-server-groups:delete");
                    groups.remove(text(group(call), "id"));
                    return Reply.empty(204);
                });
    }

    private ObjectNode group(Call call) {
        ObjectNode group = groups.get(call.name(0));
        if (group == null || !call.grant().sees(text(group, "project_id"))) {
            throw new Refusal(404, "Instance group " + call.name(0) + " could not be found.");
        }
        return group;
    }

    private static ObjectNode groupView(Call call, ObjectNode group) {
        ObjectNode shown = Json.copy(group);
        if (!call.since(64)) {
            shown.remove(List.of("policy", "rules"));
            shown.set("policies", array(text(group, "policy")));
            shown.putObject("metadata");
        }
        if (!call.since(13)) {
            shown.remove(List.of("project_id", "user_id"));
        }
        return shown;
    }

    private Map<String, Integer> quota(String project) {
        Map<String, Integer> limits = new LinkedHashMap<>(QUOTA);
        ObjectNode own = world.table("compute_quota").get(project);
        if (own != null) {
            limits.replaceAll((name, limit) -> Json.number(own, name, limit));
        }
        return limits;
    }

    void setQuota(String project, ObjectNode limits) {
        world.table("compute_quota").computeIfAbsent(project, key -> object()).setAll(limits);
    }

    private Map<String, Integer> used(String project) {
        Map<String, Integer> used = new TreeMap<>();
        for (ObjectNode server : servers.table().values()) {
            if (text(server, "tenant_id").equals(project)) {
                used.merge("instances", 1, Integer::sum);
                used.merge("cores", Json.number(server.path("_flavor"), "vcpus", 0), Integer::sum);
                used.merge("ram", Json.number(server.path("_flavor"), "ram", 0), Integer::sum);
            }
        }
        return used;
    }

    void checkQuota(String project, int instances, int cores, int ram) {
        Map<String, Integer> asked =
                new TreeMap<>(Map.of("instances", instances, "cores", cores, "ram", ram));
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        asked.entrySet()
                .removeIf(each -> {
                    int limit = limits.getOrDefault(each.getKey(), -1);
                    return each.getValue() == 0
                            || limit < 0
                            || used.getOrDefault(each.getKey(), 0) + each.getValue() <= limit;
                });
        if (!asked.isEmpty()) {
            throw new Refusal(
                    403,
                    "Quota exceeded for "
                            + String.join(", ", asked.keySet())
                            + ": Requested "
                            + joined(asked.values())
                            + ", but already used "
                            + joined(
                                    asked.keySet().stream()
                                            .map(name -> used.getOrDefault(name, 0))
                                            .toList())
                            + " of "
                            + joined(asked.keySet().stream().map(limits::get).toList())
                            + " "
                            + String.join(", ", asked.keySet()));
        }
    }

    private static String joined(Iterable<?> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(String.valueOf(item)));
        return String.join(", ", texts);
    }

    private void quotaRoutes(ComputeService service) {
        String path = "/v2.1/os-quota-sets/{}";
        service.route(
                "GET",
                path,
                call -> {
                    seesQuota(call);
                    return Reply.ok(
                            object(
                                    "quota_set",
                                    quotaView(call, quota(call.name(0)), call.name(0))));
                });
        service.route(
                "GET",
                path + "/defaults",
                call -> Reply.ok(object("quota_set", quotaView(call, QUOTA, call.name(0)))));
        service.route(
                "GET",
                path + "/detail",
                call -> {
                    seesQuota(call);
                    Map<String, Integer> used = used(call.name(0));
                    ObjectNode lines = object("id", call.name(0));
                    quotaView(call, quota(call.name(0)), "")
                            .properties()
                            .forEach(line -> {
                                if (!line.getKey().equals("id")) {
                                    lines.set(
                                            line.getKey(),
                                            object(
                                                    "limit",
                                                    line.getValue(),
                                                    "in_use",
                                                    used.getOrDefault(line.getKey(), 0),
                                                    "reserved",
                                                    0));
                                }
                            });
                    return Reply.ok(object("quota_set", lines));
                });
        service.route(
                "PUT",
                path,
                call -> {
                    ComputeService.needAdmin(call, "os-quota-sets:update");
                    setQuota(call.name(0), call.body("quota_set"));
                    return Reply.ok(object("quota_set", quotaView(call, quota(call.name(0)), "")));
                });
        service.route(
                "DELETE",
                path,
                call -> {
                    ComputeService.needAdmin(call, "os-quota-sets:delete");
                    world.table("compute_quota").remove(call.name(0));
                    return Reply.empty(202);
                });
        service.route(
                "GET",
                "/v2.1/os-quota-class-sets/{}",
                call -> {
                    ComputeService.needAdmin(call, "os-quota-class-sets:show");
                    return Reply.ok(
                            object("quota_class_set", quotaView(call, QUOTA, call.name(0))));
                });
        service.route(
                "GET",
                "/v2.1/limits",
                call -> {
                    String asked = call.query("tenant_id");
                    String project = asked == null ? call.grant().project() : asked;
                    if (!call.grant().sees(project)) {
                        throw ComputeService.disallowed("limits:other_project");
                    }
                    return Reply.ok(
                            object(
                                    "limits",
                                    object("rate", array(), "absolute", limits(call, project))));
                });
    }

    private void seesQuota(Call call) {
        if (!world.table("project").containsKey(call.name(0))) {
            throw new Refusal(400, "Project ID " + call.name(0) + " is not a valid project.");
        }
        if (!call.grant().sees(call.name(0))) {
            throw ComputeService.disallowed("os-quota-sets:show");
        }
    }

    private static ObjectNode quotaView(Call call, Map<String, Integer> limits, String id) {
        ObjectNode shown = object();
        if (!id.isEmpty()) {
            shown.put("id", id);
        }
        limits.forEach((name, limit) -> {
            if (!(call.since(36) && BEFORE_36.contains(name))
                    && !(call.since(57) && BEFORE_57.contains(name))) {
                shown.put(name, limit);
            }
        });
        return shown;
    }

    private ObjectNode limits(Call call, String project) {
        Map<String, Integer> limits = quota(project);
        Map<String, Integer> used = used(project);
        ObjectNode absolute =
                object(
                        "maxTotalInstances",
                        limits.get("instances"),
                        "maxTotalCores",
                        limits.get("cores"),
                        "maxTotalRAMSize",
                        limits.get("ram"),
                        "maxServerMeta",
                        limits.get("metadata_items"),
                        "maxTotalKeypairs",
                        limits.get("key_pairs"),
                        "maxServerGroups",
                        limits.get("server_groups"),
                        "maxServerGroupMembers",
                        limits.get("server_group_members"),
                        "totalRAMUsed",
                        used.getOrDefault("ram", 0),
                        "totalCoresUsed",
                        used.getOrDefault("cores", 0),
                        "totalInstancesUsed",
                        used.getOrDefault("instances", 0),
                        "totalServerGroupsUsed",
                        (int)
                                groups.values().stream()
                                        .filter(group -> text(group, "project_id").equals(project))
                                        .count());
        if (!call.since(57)) {
            absolute.put("maxPersonality", 5).put("maxPersonalitySize", 10240);
        }
        if (!call.since(39)) {
            absolute.put("maxImageMeta", 128);
        }
        if (!call.since(36)) {
            absolute.put("maxTotalFloatingIps", -1)
                    .put("maxSecurityGroups", -1)
                    .put("maxSecurityGroupRules", -1);
            absolute.put("totalFloatingIpsUsed", 0).put("totalSecurityGroupsUsed", 0);
        }
        return absolute;
    }

    private void hostRoutes(ComputeService service) {
        service.route(
                "GET",
                "/v2.1/os-services",
                call -> {
                    ComputeService.needAdmin(call, "os-services:list");
                    return Reply.ok(
                            object(
                                    "services",
                                    hosts.services().stream()
                                            .filter(each ->
                                                    call.query("host") == null
                                                            || each.host()
                                                                    .equals(call.query("host")))
                                            .filter(each ->
                                                    call.query("binary") == null
                                                            || each.binary()
                                                                    .equals(call.query("binary")))
                                            .map(each -> serviceView(call, each))
                                            .toList()));
                });
        service.route("PUT", "/v2.1/os-services/{}", this::updateService);
        service.route("GET", "/v2.1/os-hypervisors", call -> hypervisors(call, false));
        service.route("GET", "/v2.1/os-hypervisors/detail", call -> hypervisors(call, true));
        service.route("GET", "/v2.1/os-hypervisors/statistics", this::statistics);
        service.route(
                "GET",
                "/v2.1/os-hypervisors/{}",
                call -> {
                    ComputeService.needAdmin(call, "os-hypervisors:show");
                    for (Hosts.Host host : hosts.all()) {
                        if (host.nodeId().equals(call.name(0))
                                || String.valueOf(host.number()).equals(call.name(0))) {
                            return Reply.ok(
                                    object(
                                            "hypervisor",
                                            hypervisor(call, host, true, servers.loads())));
                        }
                    }
                    throw new Refusal(404, "Compute host " + call.name(0) + " could not be found.");
                });
        service.route(
                "GET",
                "/v2.1/os-availability-zone",
                call ->
                        Reply.ok(
                                object(
                                        "availabilityZoneInfo",
                                        array(
                                                object(
                                                        "zoneName",
                                                        "nova",
                                                        "zoneState",
                                                        object("available", true),
                                                        "hosts",
                                                        null)))));
        service.route("GET", "/v2.1/os-availability-zone/detail", this::zones);
        service.route(
                "GET",
                "/v2.1/os-aggregates",
                call -> {
                    ComputeService.needAdmin(call, "os-aggregates:index");
                    return Reply.ok(object("aggregates", array()));
                });
    }

    private ObjectNode serviceView(Call call, Hosts.NovaService each) {
        ObjectNode shown =
                object(
                        "binary",
                        each.binary(),
                        "host",
                        each.host(),
                        "id",
                        call.since(53) ? each.uuid() : each.number(),
                        "zone",
                        each.zone(),
                        "status",
                        hosts.enabled(each.uuid()) ? "enabled" : "disabled",
                        "state",
                        hosts.up(each) ? "up" : "down",
                        "updated_at",
                        World.stampWithMicros(hosts.lastSeen(each.binary(), each.host())),
                        "disabled_reason",
                        hosts.disabledReason(each.uuid()));
        return call.since(11) ? shown.put("forced_down", hosts.forcedDown(each.uuid())) : shown;
    }

    private Reply updateService(Call call) {
        ComputeService.needAdmin(call, "os-services:update");
        for (Hosts.NovaService each : hosts.services()) {
            if (each.uuid().equals(call.name(0))) {
                ObjectNode asked = call.body();
                if (text(asked, "status").equals("disabled")) {
                    hosts.disable(each.uuid(), text(asked, "disabled_reason"));
                } else if (text(asked, "status").equals("enabled")) {
                    hosts.enable(each.uuid());
                }
                if (asked.has("forced_down")) {
                    hosts.forceDown(each.uuid(), Json.truth(asked, "forced_down", false));
                }
                return Reply.ok(object("service", serviceView(call, each)));
            }
        }
        throw new Refusal(404, "Compute service " + call.name(0) + " could not be found.");
    }

    private Reply hypervisors(Call call, boolean detailed) {
        ComputeService.needAdmin(call, "os-hypervisors:" + (detailed ? "list-detail" : "list"));
        ArrayNode shown = array();
        Map<String, Servers.Load> loads = servers.loads();
        String pattern = call.query("hypervisor_hostname_pattern");
        for (Hosts.Host host : hosts.all()) {
            if (pattern == null || host.name().contains(pattern)) {
                shown.add(hypervisor(call, host, detailed, loads));
            }
        }
        return Reply.ok(object("hypervisors", shown));
    }

    private ObjectNode hypervisor(
            Call call, Hosts.Host host, boolean detailed, Map<String, Servers.Load> loads) {
        ObjectNode shown =
                object(
                        "id",
                        call.since(53) ? host.nodeId() : host.number(),
                        "hypervisor_hostname",
                        host.name(),
                        "state",
                        hosts.computeUp(host.name()) ? "up" : "down",
                        "status",
                        hosts.enabled(host.serviceId()) ? "enabled" : "disabled");
        if (detailed) {
            shown.put("hypervisor_type", "QEMU")
                    .put("hypervisor_version", 8_002_002)
                    .put("host_ip", "192.0.2." + (10 + host.number() % 200));
            shown.set(
                    "service",
                    object(
                            "id",
                            call.since(53) ? host.serviceId() : host.number() + 2,
                            "host",
                            host.name(),
                            "disabled_reason",
                            hosts.disabledReason(host.serviceId())));
            if (call.since(88)) {
                shown.set(
                        "uptime",
                        Json.of(
                                hosts.computeUp(host.name())
                                        ? " 10:00:00 up 12 days,  3:04,  1 user,  load average:"
                                                + " 0.20, 0.30, 0.25"
                                        : null));
            } else {
                sizes(call, shown, host, loads);
            }
        }
        if (call.since(53) && call.asks("with_servers")) {
            ArrayNode on = shown.putArray("servers");
            servers.table().values().stream()
                    .filter(server -> text(server, "_host").equals(host.name()))
                    .forEach(server ->
                            on.add(
                                    object(
                                            "uuid",
                                            text(server, "id"),
                                            "name",
                                            "instance-%08x"
                                                    .formatted(
                                                            Json.number(server, "_number", 0)))));
        }
        return shown;
    }

    private void sizes(
            Call call, ObjectNode shown, Hosts.Host host, Map<String, Servers.Load> loads) {
        Servers.Load load = loads.getOrDefault(host.name(), Servers.Load.NONE);
        shown.put("vcpus", host.vcpus())
                .put("memory_mb", host.memoryMb())
                .put("local_gb", host.diskGb());
        shown.put("vcpus_used", load.vcpus())
                .put("memory_mb_used", load.memoryMb())
                .put("local_gb_used", load.diskGb());
        shown.put("free_ram_mb", host.memoryMb() - load.memoryMb())
                .put("free_disk_gb", host.diskGb() - load.diskGb());
        shown.put("current_workload", 0)
                .put("running_vms", load.servers())
                .put("disk_available_least", 0);
        ObjectNode cpu =
                object(
                        "arch",
                        "x86_64",
                        "model",
                        "EPYC",
                        "vendor",
                        "AMD",
                        "features",
                        array("pge", "clflush"),
                        "topology",
                        object("cores", 32, "threads", 2, "sockets", 1));
        shown.set("cpu_info", call.since(28) ? cpu : Json.of(cpu.toString()));
    }

    private Reply statistics(Call call) {
        ComputeService.needAdmin(call, "os-hypervisors:statistics");
        Map<String, Servers.Load> loads = servers.loads();
        ObjectNode sums = object("count", hosts.all().size());
        for (Hosts.Host host : hosts.all()) {
            ObjectNode one = object();
            sizes(call, one, host, loads);
            one.remove("cpu_info");
            for (Map.Entry<String, JsonNode> each : one.properties()) {
                sums.put(
                        each.getKey(),
                        Json.number(sums, each.getKey(), 0) + each.getValue().intValue());
            }
        }
        return Reply.ok(object("hypervisor_statistics", sums));
    }

    private Reply zones(Call call) {
        ComputeService.needAdmin(call, "os-availability-zone:detail");
        ObjectNode internal = object();
        ObjectNode nova = object();
        for (Hosts.NovaService each : hosts.services()) {
            ObjectNode zone = each.zone().equals("nova") ? nova : internal;
            ObjectNode host =
                    zone.get(each.host()) instanceof ObjectNode known
                            ? known
                            : zone.putObject(each.host());
            host.set(
                    each.binary(),
                    object(
                            "available",
                            hosts.up(each),
                            "active",
                            hosts.enabled(each.uuid()),
                            "updated_at",
                            World.stampWithMicros(hosts.lastSeen(each.binary(), each.host()))));
        }
        return Reply.ok(
                object(
                        "availabilityZoneInfo",
                        array(
                                object(
                                        "zoneName",
                                        "internal",
                                        "zoneState",
                                        object("available", true),
                                        "hosts",
                                        internal),
                                object(
                                        "zoneName",
                                        "nova",
                                        "zoneState",
                                        object("available", true),
                                        "hosts",
                                        nova))));
    }
}
