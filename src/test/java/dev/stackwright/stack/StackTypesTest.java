package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.Fate;
import dev.stackwright.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What resources of single types do on the demo cloud, beyond the template of the walk. */
@NullUnmarked
class StackTypesTest {

    private DemoShop place;
    private Workshop shop;
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        bare = place.state();
        shop =
                new Workshop(
                        Databases.h2(),
                        place.clouds,
                        Workshop.vault(),
                        place.token,
                        place.clock,
                        Fate.kind());
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    private static final String SUBNET_SERVER =
            """
            heat_template_version: 2018-08-31
            parameters:
              second: {type: boolean, default: false}
            conditions:
              both: {get_param: second}
            resources:
              net: {type: OS::Neutron::Net}
              subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: 10.78.0.0/24}
              other_subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: 10.79.0.0/24}
              router:
                type: OS::Neutron::Router
                properties: {external_gateway_info: {network: public}}
              leg:
                type: OS::Neutron::RouterInterface
                properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
              address:
                type: OS::Neutron::FloatingIP
                depends_on: leg
                properties: {floating_network: public}
              server:
                type: OS::Nova::Server
                properties:
                  image: cirros
                  flavor: m1.tiny
                  networks:
                    if:
                      - both
                      - - {subnet: {get_resource: subnet}, floating_ip: {get_resource: address}}
                        - {subnet: {get_resource: other_subnet}}
                      - - {subnet: {get_resource: subnet}, floating_ip: {get_resource: address}}
            outputs:
              address: {value: {get_attr: [server, first_address]}}
            """;

    @Test
    void aServerIsGivenAPortInTheSubnetAndItsFloatingAddress() {
        var stack = run(shop.preview(null, "web", SUBNET_SERVER, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var output = shop.stacks.outputs(shop.viewer, stack).getFirst().value();
        assertThat(((Value.Text) output).value()).startsWith("10.78.0.");
        assertThat(
                        one(Service.NETWORK, "/floatingips/" + shop.physicalId(stack, "address"))
                                .path("floatingip")
                                .path("port_id")
                                .asString(""))
                .isNotEmpty();

        run(shop.preview(stack, "web", SUBNET_SERVER, Map.of("second", "true")));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(interfaces(stack)).hasSize(2);

        run(shop.preview(stack, "web", SUBNET_SERVER, Map.of("second", "false")));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(interfaces(stack)).hasSize(1);

        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    private List<JsonNode> interfaces(UUID stack) {
        var found =
                one(
                                Service.COMPUTE,
                                "/servers/" + shop.physicalId(stack, "server") + "/os-interface")
                        .path("interfaceAttachments");
        return found.valueStream().toList();
    }

    @Test
    void whatIsToBeKeptAsASnapshotIsCopiedBeforeItIsDeleted() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  net: {type: OS::Neutron::Net}
                  subnet:
                    type: OS::Neutron::Subnet
                    properties: {network: {get_resource: net}, cidr: 10.78.0.0/24}
                  kept:
                    type: OS::Cinder::Volume
                    deletion_policy: Retain
                    properties: {size: 1}
                  server:
                    type: OS::Nova::Server
                    deletion_policy: Snapshot
                    depends_on: subnet
                    properties:
                      image: cirros
                      flavor: m1.tiny
                      networks: [{network: {get_resource: net}}]
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var server =
                shop.stacks.resources(shop.viewer, stack).stream()
                        .filter(one -> one.name().equals("server"))
                        .findFirst()
                        .orElseThrow();
        assertThat(server.physicalName()).startsWith("web-server-");

        run(shop.previewDelete(stack));

        expect(stack, "DELETE_COMPLETE");
        var left = new TreeMap<>(place.state());
        assertThat(left.get("image")).isEqualTo(bare.getOrDefault("image", 0L) + 1);
        assertThat(left.get("volume")).isEqualTo(bare.getOrDefault("volume", 0L) + 1);
        assertThat(left.getOrDefault("server", 0L)).isEqualTo(bare.getOrDefault("server", 0L));
        assertThat(
                        shop.stacks.latestEvents(shop.viewer, stack, 20).stream()
                                .map(StackEvent::reason)
                                .toList())
                .anyMatch(reason -> reason.startsWith("What was in it is kept as "));
    }

    @Test
    void configsAreTextsThatServersGet() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  cloud:
                    type: OS::Heat::CloudConfig
                    properties: {cloud_config: {packages: [nginx], runcmd: [[touch, /tmp/x]]}}
                  script:
                    type: OS::Heat::SoftwareConfig
                    properties: {group: script, config: "#!/bin/sh\\necho grün"}
                  structured:
                    type: OS::Heat::StructuredConfig
                    properties: {config: {a: [1, 2]}}
                  inner:
                    type: OS::Heat::MultipartMime
                    properties: {parts: [{config: {get_resource: cloud}, subtype: cloud-config}]}
                  all:
                    type: OS::Heat::MultipartMime
                    properties:
                      parts:
                        - {config: {get_resource: inner}, type: multipart}
                        - {config: {get_resource: script}, filename: x-shellscript.sh}
                  net: {type: OS::Neutron::Net}
                  subnet:
                    type: OS::Neutron::Subnet
                    properties: {network: {get_resource: net}, cidr: 10.78.0.0/24}
                  server:
                    type: OS::Nova::Server
                    depends_on: subnet
                    properties:
                      image: cirros
                      flavor: m1.tiny
                      networks: [{network: {get_resource: net}}]
                      user_data_format: RAW
                      user_data: {get_resource: all}
                outputs:
                  all: {value: {get_attr: [all, config]}}
                  structured: {value: {get_attr: [structured, config, a, 1]}}
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var outputs =
                shop.stacks.outputs(shop.viewer, stack).stream()
                        .collect(Collectors.toMap(StackOutput::name, StackOutput::value));
        var text = ((Value.Text) outputs.get("all")).value();
        assertThat(outputs.get("structured")).isEqualTo(Value.of(2));
        assertThat(text)
                .contains("Content-Type: text/cloud-config; charset=\"us-ascii\"")
                .contains("#cloud-config\npackages:\n- nginx\n")
                .contains("Content-Type: text/x-shellscript; charset=\"utf-8\"")
                .contains("filename=\"x-shellscript.sh\"")
                .contains(
                        Base64.getEncoder()
                                .encodeToString(
                                        "#!/bin/sh\necho grün".getBytes(StandardCharsets.UTF_8)));
        var plan = shop.preview(stack, "web", template, Map.of());
        assertThat(plan.plan().changesNothing()).isTrue();
        run(shop.previewDelete(stack));
        assertThat(place.state()).isEqualTo(bare);
    }

    private JsonNode one(Service service, String path) {
        return shop.cloud().as(place.token, os -> os.call(Request.get(service, path))).body();
    }

    private UUID run(StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        shop.worker().turnUntilIdle();
        return ((ApplyOutcome.Started) outcome).stack();
    }

    private void expect(UUID stack, String status) {
        assertThat(shop.find(stack).status()).as(shop.find(stack).reason()).isEqualTo(status);
    }
}
