package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.Token;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Deviation;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Reason;
import dev.stackwright.plan.Seen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What somebody does behind Stackwright's back is told exactly as it was done, brought back when it
 * is overwritten, and left alone when it is kept.
 */
@NullUnmarked
abstract class DriftContract {

    /** The types that are changed behind Stackwright's back here. */
    static final Set<String> CHANGED =
            Set.of(
                    "OS::Neutron::Net",
                    "OS::Neutron::Subnet",
                    "OS::Neutron::Router",
                    "OS::Neutron::SecurityGroup",
                    "OS::Neutron::Port",
                    "OS::Nova::Server",
                    "OS::Cinder::Volume");

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            resources:
              net: {type: OS::Neutron::Net, properties: {name: NAME-net}}
              subnet:
                type: OS::Neutron::Subnet
                properties:
                  name: NAME-subnet
                  network: {get_resource: net}
                  cidr: 10.78.3.0/24
                  dns_nameservers: [10.78.3.2, 10.78.3.3]
              router: {type: OS::Neutron::Router, properties: {name: NAME-router}}
              leg:
                type: OS::Neutron::RouterInterface
                properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
              group:
                type: OS::Neutron::SecurityGroup
                properties:
                  name: NAME-group
                  rules:
                    - {protocol: tcp, port_range_min: 22, port_range_max: 22}
                    - {protocol: icmp, remote_ip_prefix: 10.0.0.0/8}
                    - {remote_mode: remote_group_id}
              port:
                type: OS::Neutron::Port
                properties:
                  name: NAME-port
                  network: {get_resource: net}
                  fixed_ips: [{subnet: {get_resource: subnet}}]
                  security_groups: [{get_resource: group}]
              server:
                type: OS::Nova::Server
                properties:
                  name: NAME-server
                  image: cirros
                  flavor: m1.tiny
                  networks: [{port: {get_resource: port}}]
                  metadata: {role: web, release: 1}
                  user_data: quiet
                  user_data_format: RAW
              volume:
                type: OS::Cinder::Volume
                properties: {name: NAME-volume, size: 1, metadata: {tier: gold}}
              attachment:
                type: OS::Cinder::VolumeAttachment
                properties:
                  instance_uuid: {get_resource: server}
                  volume_id: {get_resource: volume}
              disk: {type: OS::Cinder::Volume, properties: {name: NAME-disk, size: 1}}
            """;

    private Workshop shop;
    private UUID stack;
    private String template;

    abstract Workshop shop();

    abstract Cloud cloud();

    abstract Token token();

    /** Lets everything that was begun come to its end. */
    abstract void work(Workshop shop);

    abstract void await(String what, BooleanSupplier condition);

    /** What there is, and nothing else of ours when the test ends. */
    abstract Object state();

    @Test
    void changesBehindOurBackAreToldBroughtBackOrKept() {
        var bare = state();
        shop = shop();
        var name = "sw-h3-" + UUID.randomUUID().toString().substring(0, 6);
        template = TEMPLATE.replace("NAME", name);
        stack = run(shop.preview(null, name, template, Map.of()));
        try {
            expect("CREATE_COMPLETE");
            asItWasMade();
            whatMayGoOutStillMay();
            somebodyComes();
            toldKeptAndBroughtBack(name);
            growsForGood(name);
            isMadeAgain();
        } finally {
            run(shop.previewDelete(stack));
        }
        assertThat(state()).isEqualTo(bare);
    }

    private void asItWasMade() {
        var plan = plan(shop.stacks.looking(token()).preview(shop.viewer, "alice", form()));
        assertThat(deviations(plan.plan())).isEmpty();
        assertThat(plan.plan().changesNothing()).isTrue();
        assertThat(change(plan, "server").untold()).containsExactly("user_data");
        assertThat(plan.plan().changes())
                .filteredOn(change -> !change.name().equals("server"))
                .allSatisfy(change -> assertThat(change.untold()).as(change.name()).isEmpty());
    }

    /** A template that speaks of no egress leaves Neutron's own two rules alone. */
    private void whatMayGoOutStillMay() {
        var group = network("security-groups", "group");
        assertThat(
                        group.path("security_group_rules")
                                .valueStream()
                                .filter(rule ->
                                        rule.path("direction").asString("").equals("egress")))
                .hasSize(2);
    }

    private void somebodyComes() {
        network("networks", "network", "net", Map.of("name", "loud"));
        network(
                "subnets",
                "subnet",
                "subnet",
                Map.of("enable_dhcp", false, "dns_nameservers", List.of("10.78.3.2")));
        network("routers", "router", "router", Map.of("name", "loud", "admin_state_up", false));
        network(
                "ports",
                "port",
                "port",
                Map.of("admin_state_up", false, "security_groups", List.of()));
        var group = id("group");
        for (var rule :
                ask(os ->
                        os.list(
                                Request.get(Service.NETWORK, "/security-group-rules")
                                        .query("security_group_id", group)
                                        .query("protocol", "icmp"),
                                "security_group_rules"))) {
            call(
                    Request.delete(
                            Service.NETWORK,
                            "/security-group-rules/{}",
                            rule.path("id").asString()));
        }
        call(
                Request.post(Service.NETWORK, "/security-group-rules")
                        .body(
                                Map.of(
                                        "security_group_rule",
                                        Map.of(
                                                "security_group_id",
                                                group,
                                                "direction",
                                                "ingress",
                                                "ethertype",
                                                "IPv4",
                                                "protocol",
                                                "tcp",
                                                "port_range_min",
                                                80,
                                                "port_range_max",
                                                80))));
        call(
                Request.put(Service.COMPUTE, "/servers/{}", id("server"))
                        .body(Map.of("server", Map.of("name", "loud"))));
        call(
                Request.post(Service.COMPUTE, "/servers/{}/metadata", id("server"))
                        .body(Map.of("metadata", Map.of("release", "2", "note", "by hand"))));
        call(
                Request.put(Service.VOLUME, "/volumes/{}", id("volume"))
                        .body(Map.of("volume", Map.of("name", "loud"))));
        call(
                Request.post(Service.VOLUME, "/volumes/{}/metadata", id("volume"))
                        .body(Map.of("metadata", Map.of("tier", "tin"))));
    }

    private void toldKeptAndBroughtBack(String name) {
        var plan = plan(shop.stacks.looking(token()).preview(shop.viewer, "alice", form()));
        assertThat(deviations(plan.plan()))
                .containsOnlyKeys(
                        "net.name",
                        "port.admin_state_up",
                        "port.security_groups",
                        "group.rules",
                        "router.admin_state_up",
                        "router.name",
                        "server.metadata",
                        "server.name",
                        "subnet.dns_nameservers",
                        "subnet.enable_dhcp",
                        "volume.metadata",
                        "volume.name");
        assertThat(plan.plan().count(Action.UPDATE)).isEqualTo(7);
        assertThat(plan.plan().changes())
                .filteredOn(Change::isChange)
                .allMatch(change -> change.action() == Action.UPDATE);
        assertThat(deviations(plan.plan()).get("server.metadata").places())
                .extracting(Deviation.Place::path)
                .containsExactlyInAnyOrder("metadata.release", "metadata.note");
        assertThat(deviations(plan.plan()).get("group.rules").places().toString())
                .contains("80")
                .contains("icmp");

        var chosen =
                plan(
                        shop.stacks
                                .looking(token())
                                .previewChoosing(
                                        shop.viewer,
                                        "alice",
                                        plan.id(),
                                        Map.of(
                                                "net", Map.of("name", Seen.Choice.KEEP),
                                                "server", Map.of("metadata", Seen.Choice.KEEP))));
        assertThat(change(chosen, "net").action()).isEqualTo(Action.KEEP);
        run(chosen);
        expect("UPDATE_COMPLETE");

        assertThat(network("networks", "net").path("name").asString()).isEqualTo("loud");
        assertThat(network("routers", "router").path("name").asString())
                .isEqualTo(name + "-router");
        assertThat(network("routers", "router").path("admin_state_up").asBoolean()).isTrue();
        assertThat(network("ports", "port").path("admin_state_up").asBoolean()).isTrue();
        assertThat(network("ports", "port").path("security_groups").toString())
                .contains(id("group"));
        assertThat(network("subnets", "subnet").path("enable_dhcp").asBoolean()).isTrue();
        assertThat(network("subnets", "subnet").path("dns_nameservers")).hasSize(2);
        assertThat(server().path("name").asString()).isEqualTo(name + "-server");
        assertThat(server().path("metadata").path("note").asString()).isEqualTo("by hand");

        var again = plan(shop.stacks.looking(token()).preview(shop.viewer, "alice", form()));
        assertThat(deviations(again.plan())).containsOnlyKeys("net.name", "server.metadata");
        run(again);
        expect("UPDATE_COMPLETE");
        assertThat(network("networks", "net").path("name").asString()).isEqualTo(name + "-net");
        assertThat(server().path("metadata").has("note")).isFalse();
        assertThat(server().path("metadata").path("release").asString()).isEqualTo("1");
        asItWasMade();
    }

    /** A disk never shrinks: the plan says so and leaves it. */
    private void growsForGood(String name) {
        call(
                Request.post(Service.VOLUME, "/volumes/{}/action", id("disk"))
                        .body(Map.of("os-extend", Map.of("new_size", 2))));
        await("the disk grew", () -> volume("disk").path("size").asInt() == 2);
        var plan = plan(shop.stacks.looking(token()).preview(shop.viewer, "alice", form()));
        assertThat(plan.plan().changesNothing()).isTrue();
        var size = deviations(plan.plan()).get("disk.size");
        assertThat(size.kept()).isTrue();
        assertThat(size.why()).isEqualTo(Deviation.Reservation.LASTS);
    }

    private void isMadeAgain() {
        var gone = id("disk");
        await(
                "the disk is at rest",
                () -> volume("disk").path("status").asString("").equals("available"));
        call(Request.delete(Service.VOLUME, "/volumes/{}", gone));
        await(
                "the disk is gone",
                () ->
                        ask(os -> os.find(Request.get(Service.VOLUME, "/volumes/{}", gone)))
                                .isEmpty());
        var plan = plan(shop.stacks.looking(token()).preview(shop.viewer, "alice", form()));
        assertThat(plan.plan().with(Action.CREATE))
                .extracting(Change::name)
                .containsExactly("disk");
        assertThat(change(plan, "disk").reasons()).containsExactly(Reason.MISSING);
        assertThat(plan.plan().changes()).filteredOn(Change::isChange).hasSize(1);
        run(plan);
        expect("UPDATE_COMPLETE");
        assertThat(id("disk")).isNotEqualTo(gone);
        assertThat(volume("disk").path("size").asInt()).isOne();
        assertThat(
                        shop.stacks.resources(shop.viewer, stack).stream()
                                .filter(resource -> resource.name().equals("disk")))
                .hasSize(1);
        asItWasMade();
    }

    private StackForm form() {
        return new StackForm(stack, "", template, "", Map.of(), Map.of(), null);
    }

    private static StoredPlan plan(PreviewOutcome outcome) {
        assertThat(outcome).isInstanceOf(PreviewOutcome.Planned.class);
        return ((PreviewOutcome.Planned) outcome).plan();
    }

    private static Change change(StoredPlan plan, String name) {
        return plan.plan().changes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Deviation> deviations(Plan plan) {
        var all = new TreeMap<String, Deviation>();
        plan.changes()
                .forEach(change ->
                        change.deviations()
                                .forEach(
                                        one -> all.put(change.name() + "." + one.property(), one)));
        return new LinkedHashMap<>(all);
    }

    private UUID run(StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        work(shop);
        return ((ApplyOutcome.Started) outcome).stack();
    }

    private void expect(String status) {
        assertThat(shop.find(stack).status()).as(shop.find(stack).reason()).isEqualTo(status);
    }

    private String id(String resource) {
        return shop.physicalId(stack, resource);
    }

    private <T> T ask(Function<OpenStack, T> question) {
        return cloud().as(token(), question);
    }

    private void call(Request request) {
        var _ = ask(os -> os.call(request));
    }

    private void network(
            String collection, String key, String resource, Map<String, Object> changes) {
        call(
                Request.put(Service.NETWORK, "/" + collection + "/{}", id(resource))
                        .body(Map.of(key, changes)));
    }

    private JsonNode network(String collection, String resource) {
        return ask(os ->
                        os.call(
                                Request.get(
                                        Service.NETWORK, "/" + collection + "/{}", id(resource))))
                .body()
                .path(collection.substring(0, collection.length() - 1).replace('-', '_'));
    }

    private JsonNode server() {
        return ask(os -> os.call(Request.get(Service.COMPUTE, "/servers/{}", id("server"))))
                .body()
                .path("server");
    }

    private JsonNode volume(String resource) {
        return ask(os -> os.call(Request.get(Service.VOLUME, "/volumes/{}", id(resource))))
                .body()
                .path("volume");
    }
}
