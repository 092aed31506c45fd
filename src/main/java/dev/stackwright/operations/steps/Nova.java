package dev.stackwright.operations.steps;

import static dev.stackwright.cloud.Request.get;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.ChangeRefused;
import dev.stackwright.kernel.CloudName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the steps ask of Nova and Neutron, as the account that looks after the cloud. */
@Component
class Nova {

    private static final String MACHINERY = "2.53";

    private final Clouds clouds;

    Nova(Clouds clouds) {
        this.clouds = clouds;
    }

    private Account account(CloudName cloud) {
        return clouds.find(cloud)
                .flatMap(found -> found.serviceAccount())
                .orElseThrow(() ->
                        new CloudFailure(
                                CloudFailure.Kind.UNAUTHORIZED,
                                Service.COMPUTE,
                                "Stackwright has no account of its own on this cloud"));
    }

    /** An instance as it is at this moment. */
    record Look(String status, @Nullable String task, String host, @Nullable String fault) {

        boolean isMoving() {
            return task != null
                    || status.equals("MIGRATING")
                    || status.equals("RESIZE")
                    || status.equals("REBUILD");
        }

        boolean isAwaitingConfirmation() {
            return status.equals("VERIFY_RESIZE") && task == null;
        }
    }

    Optional<Look> look(CloudName cloud, String server) {
        return account(cloud)
                .as(os -> os.find(get(Service.COMPUTE, "/servers/{}", server).microversion("2.46")))
                .map(answer -> {
                    var node = answer.body().path("server");
                    var fault = text(node.path("fault"), "message");
                    var task = text(node, "OS-EXT-STS:task_state");
                    return new Look(
                            text(node, "status"),
                            task.isEmpty() ? null : task,
                            text(node, "OS-EXT-SRV-ATTR:host"),
                            fault.isEmpty() ? null : fault);
                });
    }

    void moveLive(CloudName cloud, String server, @Nullable String target) {
        act(cloud, server, "2.34", "os-migrateLive", host(target).put("block_migration", "auto"));
    }

    void moveCold(CloudName cloud, String server, @Nullable String target) {
        act(cloud, server, "2.56", "migrate", host(target));
    }

    void buildAnew(CloudName cloud, String server, @Nullable String target) {
        act(
                cloud,
                server,
                "2.29",
                "evacuate",
                target == null ? JsonNodeFactory.instance.objectNode() : host(target));
    }

    void confirm(CloudName cloud, String server) {
        act(cloud, server, "2.46", "confirmResize", null);
    }

    private static ObjectNode host(@Nullable String target) {
        return JsonNodeFactory.instance.objectNode().put("host", target);
    }

    private void act(
            CloudName cloud,
            String server,
            String version,
            String action,
            @Nullable ObjectNode body) {
        var whole = JsonNodeFactory.instance.objectNode();
        if (body == null) {
            whole.putNull(action);
        } else {
            whole.set(action, body);
        }
        change(
                cloud,
                Request.post(Service.COMPUTE, "/servers/{}/action", server)
                        .body(whole)
                        .microversion(version));
    }

    /** A no that is certain is told from one of which nobody knows. */
    private void change(CloudName cloud, Request request) {
        try {
            account(cloud).as(os -> os.call(request));
        } catch (CloudFailure failure) {
            if (failure.status() >= 400 && failure.status() < 500) {
                throw new ChangeRefused(failure);
            }
            throw failure;
        }
    }

    /** How far the migration that runs is, in percent; empty when nobody says. */
    Optional<Long> progress(CloudName cloud, String server) {
        return running(cloud, server)
                .filter(each -> each.path("memory_total_bytes").asLong(0) > 0)
                .map(each ->
                        100
                                - 100
                                        * each.path("memory_remaining_bytes").asLong(0)
                                        / each.path("memory_total_bytes").asLong(1));
    }

    private Optional<JsonNode> running(CloudName cloud, String server) {
        try {
            return account(cloud)
                    .as(os ->
                            os.find(
                                    get(Service.COMPUTE, "/servers/{}/migrations", server)
                                            .microversion("2.24")))
                    .flatMap(answer -> answer.body().path("migrations").valueStream().findFirst());
        } catch (CloudFailure _) {
            return Optional.empty();
        }
    }

    /** Stops a live migration; false when there is none to stop. */
    boolean abort(CloudName cloud, String server) {
        var migration = running(cloud, server);
        migration.ifPresent(each ->
                change(
                        cloud,
                        Request.delete(
                                        Service.COMPUTE,
                                        "/servers/{}/migrations/{}",
                                        server,
                                        each.path("id").asLong(0))
                                .microversion("2.24")));
        return migration.isPresent();
    }

    /** What Nova wrote down of the newest thing that was done to it; empty when nothing. */
    String said(CloudName cloud, String server) {
        try {
            return account(cloud)
                    .as(os ->
                            os.find(
                                    get(Service.COMPUTE, "/servers/{}/os-instance-actions", server)
                                            .microversion("2.51")))
                    .map(answer -> answer.body().path("instanceActions").path(0))
                    .map(action -> text(action, "message"))
                    .orElse("");
        } catch (CloudFailure _) {
            return "";
        }
    }

    /** Ids of everything on a host. */
    List<String> on(CloudName cloud, String host) {
        return account(cloud)
                .as(os ->
                        os.list(
                                get(Service.COMPUTE, "/servers")
                                        .query("all_tenants", "1")
                                        .query("host", host),
                                "servers"))
                .stream()
                .map(each -> text(each, "id"))
                .toList();
    }

    /** The nova-compute of a host. */
    JsonNode compute(CloudName cloud, String host) {
        return account(cloud)
                .as(os ->
                        os.call(
                                get(Service.COMPUTE, "/os-services")
                                        .query("host", host)
                                        .query("binary", "nova-compute")
                                        .microversion(MACHINERY)))
                .body()
                .path("services")
                .path(0);
    }

    void tell(CloudName cloud, String service, ObjectNode body) {
        change(
                cloud,
                Request.put(Service.COMPUTE, "/os-services/{}", service)
                        .body(body)
                        .microversion(MACHINERY));
    }

    /** Whether every port of an instance is bound to its host. */
    boolean portsAreBound(CloudName cloud, String server, String host) {
        return account(cloud).as(os -> ports(os, server)).stream()
                .allMatch(port ->
                        text(port, "binding:host_id").equals(host)
                                && !text(port, "binding:vif_type").equals("binding_failed")
                                && !text(port, "binding:vif_type").equals("unbound"));
    }

    private static List<JsonNode> ports(OpenStack os, String server) {
        return os.offers(Service.NETWORK)
                ? os.list(get(Service.NETWORK, "/ports").query("device_id", server), "ports")
                : List.of();
    }

    static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString("") : "";
    }

    static ObjectNode object(Map<String, Object> fields) {
        var node = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, value) -> {
            if (value instanceof Boolean truth) {
                node.put(name, truth);
            } else {
                node.put(name, String.valueOf(value));
            }
        });
        return node;
    }
}
