package dev.stackwright.inventory.collect;

import static dev.stackwright.cloud.Request.get;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.store.Access;
import dev.stackwright.inventory.store.CollectorStore.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a cloud for everything of a kind, or for one thing, as the account that sees all. */
final class CloudReader {

    /** The newest version that still names a server's flavor by its id. */
    private static final String COMPUTE = "2.46";

    private static final String COMPUTE_MACHINERY = "2.53";
    private static final int ACTIONS = 20;

    private final OpenStack os;

    CloudReader(OpenStack os) {
        this.os = os;
    }

    static Service service(Kind kind) {
        return switch (kind) {
            case SERVER,
                    FLAVOR,
                    KEYPAIR,
                    SERVER_GROUP,
                    AVAILABILITY_ZONE,
                    HYPERVISOR,
                    COMPUTE_SERVICE ->
                    Service.COMPUTE;
            case VOLUME, VOLUME_SNAPSHOT, VOLUME_TYPE, VOLUME_SERVICE -> Service.VOLUME;
            case NETWORK, SUBNET, PORT, ROUTER, FLOATING_IP, SECURITY_GROUP, NETWORK_AGENT ->
                    Service.NETWORK;
            case IMAGE -> Service.IMAGE;
            case PROJECT -> Service.IDENTITY;
        };
    }

    boolean offers(Kind kind) {
        return os.offers(service(kind));
    }

    void eachPage(Kind kind, Consumer<Iterable<JsonNode>> page) {
        if (kind == Kind.KEYPAIR) {
            for (var user : os.list(get(Service.IDENTITY, "/users"), "users")) {
                page.accept(keypairs(Reading.text(user, "id")));
            }
            return;
        }
        os.eachPage(listing(kind), key(kind), page);
    }

    /** The keypairs of one user; each says whose it is. */
    List<JsonNode> keypairs(String user) {
        var request =
                get(Service.COMPUTE, "/os-keypairs").query("user_id", user).microversion("2.10");
        return os.list(request, "keypairs").stream()
                .map(each -> each.path("keypair"))
                .filter(JsonNode::isObject)
                .map(each -> (JsonNode) ((ObjectNode) each.deepCopy()).put("user_id", user))
                .toList();
    }

    /** Those of one project, which is the token's own where Neutron shows no others. */
    List<JsonNode> securityGroups(String project) {
        return os.list(
                get(Service.NETWORK, "/security-groups").query("project_id", project),
                "security_groups");
    }

    /** The project that the token is for; empty when it has none. */
    String project() {
        var project = os.token().project();
        return project == null ? "" : project.value();
    }

    Optional<JsonNode> one(Kind kind, String id) {
        return os.find(single(kind, id))
                // Glance alone answers with the object itself.
                .map(answer ->
                        kind == Kind.IMAGE ? answer.body() : answer.body().path(singular(kind)))
                .filter(JsonNode::isObject);
    }

    /** Whom the owners of these objects let in. */
    List<Access> access(Kind kind, String id) {
        return switch (kind) {
            case IMAGE ->
                    os.list(get(Service.IMAGE, "/images/{}/members", id), "members").stream()
                            .filter(member -> Reading.text(member, "status").equals("accepted"))
                            .map(member ->
                                    new Access(id, Reading.text(member, "member_id"), "member"))
                            .toList();
            case FLAVOR ->
                    os
                            .list(
                                    get(Service.COMPUTE, "/flavors/{}/os-flavor-access", id),
                                    "flavor_access")
                            .stream()
                            .map(each -> new Access(id, Reading.text(each, "tenant_id"), "access"))
                            .toList();
            case VOLUME_TYPE ->
                    os
                            .list(
                                    get(Service.VOLUME, "/types/{}/os-volume-type-access", id),
                                    "volume_type_access")
                            .stream()
                            .map(each -> new Access(id, Reading.text(each, "project_id"), "access"))
                            .toList();
            default -> List.of();
        };
    }

    /** What RBAC shares of networks or security groups; null where the cloud has no RBAC. */
    @Nullable List<Access> shared(Kind kind) {
        try {
            return os
                    .list(
                            get(Service.NETWORK, "/rbac-policies")
                                    .query(
                                            "object_type",
                                            kind == Kind.NETWORK ? "network" : "security_group"),
                            "rbac_policies")
                    .stream()
                    .map(policy ->
                            new Access(
                                    Reading.text(policy, "object_id"),
                                    Reading.text(policy, "target_tenant"),
                                    Reading.text(policy, "action")))
                    .toList();
        } catch (CloudFailure e) {
            if (e.kind() == CloudFailure.Kind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** The newest actions of a server with their events, the newest first. */
    List<ServerAction> actions(String server, List<ServerAction> known) {
        var actions = new ArrayList<ServerAction>();
        var listed =
                os.find(
                        get(Service.COMPUTE, "/servers/{}/os-instance-actions", server)
                                .microversion("2.51"));
        if (listed.isEmpty()) {
            return actions;
        }
        for (var node : listed.get().body().path("instanceActions")) {
            if (actions.size() == ACTIONS) {
                break;
            }
            var id = Reading.text(node, "request_id");
            actions.add(
                    known.stream()
                            .filter(each -> each.requestId().equals(id) && isOver(each))
                            .findFirst()
                            .orElseGet(() -> action(server, id, node)));
        }
        return actions;
    }

    private ServerAction action(String server, String id, JsonNode listed) {
        var detail =
                os.find(
                                get(
                                                Service.COMPUTE,
                                                "/servers/{}/os-instance-actions/{}",
                                                server,
                                                id)
                                        .microversion("2.51"))
                        .map(answer -> answer.body().path("instanceAction"))
                        .orElse(listed);
        var events = new ArrayList<ServerAction.Event>();
        for (var event : detail.path("events")) {
            var finish = Reading.text(event, "finish_time");
            events.add(
                    new ServerAction.Event(
                            Reading.text(event, "event"),
                            Reading.instant(Reading.text(event, "start_time"), Instant.EPOCH),
                            finish.isEmpty() ? null : Reading.instant(finish, Instant.EPOCH),
                            Reading.textOrNull(event, "result"),
                            null));
        }
        return new ServerAction(
                id,
                Reading.text(listed, "action"),
                Reading.instant(Reading.text(listed, "start_time"), Instant.EPOCH),
                Reading.textOrNull(listed, "user_id"),
                Reading.textOrNull(listed, "message"),
                events);
    }

    private static boolean isOver(ServerAction action) {
        return !action.events().isEmpty()
                && action.events().stream().allMatch(event -> event.finished() != null);
    }

    /** What a project may use and uses, from each service that the cloud has. */
    List<Quota> quotas(String project) {
        var lines = new ArrayList<Quota>();
        if (os.offers(Service.COMPUTE)) {
            quotas(
                    lines,
                    "compute",
                    get(Service.COMPUTE, "/os-quota-sets/{}/detail", project),
                    "quota_set",
                    "in_use");
        }
        if (os.offers(Service.VOLUME)) {
            quotas(
                    lines,
                    "volume",
                    get(Service.VOLUME, "/os-quota-sets/{}", project).query("usage", "True"),
                    "quota_set",
                    "in_use");
        }
        if (os.offers(Service.NETWORK)) {
            quotas(
                    lines,
                    "network",
                    get(Service.NETWORK, "/quotas/{}/details.json", project),
                    "quota",
                    "used");
        }
        return lines;
    }

    private void quotas(
            List<Quota> lines, String service, Request request, String key, String used) {
        var answer = os.find(request);
        if (answer.isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> each : answer.get().body().path(key).properties()) {
            if (each.getValue().isObject()) {
                var limit = each.getValue().path("limit").asLong(-1);
                lines.add(
                        new Quota(
                                service,
                                each.getKey(),
                                limit < 0 ? null : limit,
                                each.getValue().path(used).asLong(0)
                                        + each.getValue().path("reserved").asLong(0)));
            }
        }
    }

    private static Request listing(Kind kind) {
        return switch (kind) {
            case SERVER ->
                    get(Service.COMPUTE, "/servers/detail")
                            .query("all_tenants", "1")
                            .microversion(COMPUTE);
            case FLAVOR -> get(Service.COMPUTE, "/flavors/detail").query("is_public", "None");
            case SERVER_GROUP ->
                    get(Service.COMPUTE, "/os-server-groups")
                            .query("all_projects", "True")
                            .microversion("2.13");
            case AVAILABILITY_ZONE -> get(Service.COMPUTE, "/os-availability-zone");
            case HYPERVISOR ->
                    get(Service.COMPUTE, "/os-hypervisors/detail").microversion(COMPUTE_MACHINERY);
            case COMPUTE_SERVICE ->
                    get(Service.COMPUTE, "/os-services").microversion(COMPUTE_MACHINERY);
            case VOLUME -> get(Service.VOLUME, "/volumes/detail").query("all_tenants", "1");
            case VOLUME_SNAPSHOT ->
                    get(Service.VOLUME, "/snapshots/detail").query("all_tenants", "1");
            case VOLUME_TYPE -> get(Service.VOLUME, "/types").query("is_public", "None");
            case VOLUME_SERVICE -> get(Service.VOLUME, "/os-services");
            case NETWORK -> get(Service.NETWORK, "/networks");
            case SUBNET -> get(Service.NETWORK, "/subnets");
            case PORT -> get(Service.NETWORK, "/ports");
            case ROUTER -> get(Service.NETWORK, "/routers");
            case FLOATING_IP -> get(Service.NETWORK, "/floatingips");
            case SECURITY_GROUP -> get(Service.NETWORK, "/security-groups");
            case NETWORK_AGENT -> get(Service.NETWORK, "/agents");
            case IMAGE -> get(Service.IMAGE, "/images").query("visibility", "all");
            case PROJECT -> get(Service.IDENTITY, "/projects");
            case KEYPAIR -> throw new IllegalArgumentException("Keypairs are listed by user");
        };
    }

    private static Request single(Kind kind, String id) {
        return switch (kind) {
            case SERVER -> get(Service.COMPUTE, "/servers/{}", id).microversion(COMPUTE);
            case FLAVOR -> get(Service.COMPUTE, "/flavors/{}", id);
            case SERVER_GROUP ->
                    get(Service.COMPUTE, "/os-server-groups/{}", id).microversion("2.13");
            case VOLUME -> get(Service.VOLUME, "/volumes/{}", id);
            case VOLUME_SNAPSHOT -> get(Service.VOLUME, "/snapshots/{}", id);
            case VOLUME_TYPE -> get(Service.VOLUME, "/types/{}", id);
            case NETWORK -> get(Service.NETWORK, "/networks/{}", id);
            case SUBNET -> get(Service.NETWORK, "/subnets/{}", id);
            case PORT -> get(Service.NETWORK, "/ports/{}", id);
            case ROUTER -> get(Service.NETWORK, "/routers/{}", id);
            case FLOATING_IP -> get(Service.NETWORK, "/floatingips/{}", id);
            case SECURITY_GROUP -> get(Service.NETWORK, "/security-groups/{}", id);
            case IMAGE -> get(Service.IMAGE, "/images/{}", id);
            case PROJECT -> get(Service.IDENTITY, "/projects/{}", id);
            case KEYPAIR,
                    AVAILABILITY_ZONE,
                    HYPERVISOR,
                    COMPUTE_SERVICE,
                    NETWORK_AGENT,
                    VOLUME_SERVICE ->
                    throw new IllegalArgumentException(kind + " is read as a whole");
        };
    }

    /** Whether one of them can be asked for; the others are few and are listed anew. */
    static boolean isSingle(Kind kind) {
        return switch (kind) {
            case KEYPAIR,
                    AVAILABILITY_ZONE,
                    HYPERVISOR,
                    COMPUTE_SERVICE,
                    NETWORK_AGENT,
                    VOLUME_SERVICE ->
                    false;
            default -> true;
        };
    }

    private static String key(Kind kind) {
        return switch (kind) {
            case SERVER -> "servers";
            case FLAVOR -> "flavors";
            case SERVER_GROUP -> "server_groups";
            case AVAILABILITY_ZONE -> "availabilityZoneInfo";
            case HYPERVISOR -> "hypervisors";
            case COMPUTE_SERVICE, VOLUME_SERVICE -> "services";
            case VOLUME -> "volumes";
            case VOLUME_SNAPSHOT -> "snapshots";
            case VOLUME_TYPE -> "volume_types";
            case NETWORK -> "networks";
            case SUBNET -> "subnets";
            case PORT -> "ports";
            case ROUTER -> "routers";
            case FLOATING_IP -> "floatingips";
            case SECURITY_GROUP -> "security_groups";
            case NETWORK_AGENT -> "agents";
            case IMAGE -> "images";
            case PROJECT -> "projects";
            case KEYPAIR -> "keypairs";
        };
    }

    private static String singular(Kind kind) {
        return key(kind).substring(0, key(kind).length() - 1);
    }
}
