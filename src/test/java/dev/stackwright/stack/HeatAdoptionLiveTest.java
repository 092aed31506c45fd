package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.Fate;
import dev.stackwright.plan.Action;
import dev.stackwright.stack.imports.HeatStacks;
import dev.stackwright.stack.store.OriginStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A stack that Heat made is taken over as it stands, on the cloud that clouds.yaml names. */
@NullUnmarked
@Tag("live")
class HeatAdoptionLiveTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters:
              word: {type: string, default: one}
              password: {type: string, hidden: true}
            resources:
              net: {type: "OS::Neutron::Net"}
              subnet:
                type: "OS::Neutron::Subnet"
                properties: {network: {get_resource: net}, cidr: 10.79.5.0/24}
              router:
                type: "OS::Neutron::Router"
                properties: {external_gateway_info: {network: public}}
              leg:
                type: "OS::Neutron::RouterInterface"
                properties: {router: {get_resource: router}, subnet: {get_resource: subnet}}
              group:
                type: "OS::Neutron::SecurityGroup"
                properties: {rules: [{protocol: tcp, port_range_min: 22, port_range_max: 22}]}
              port:
                type: "OS::Neutron::Port"
                properties:
                  network: {get_resource: net}
                  fixed_ips: [{subnet: {get_resource: subnet}}]
                  security_groups: [{get_resource: group}]
              server:
                type: "OS::Nova::Server"
                properties:
                  image: cirros
                  flavor: m1.tiny
                  networks: [{port: {get_resource: port}}]
                  metadata: {word: {get_param: word}}
                  user_data: {get_param: password}
                  user_data_format: RAW
              volume: {type: "OS::Cinder::Volume", properties: {size: 1}}
              attachment:
                type: "OS::Cinder::VolumeAttachment"
                properties:
                  instance_uuid: {get_resource: server}
                  volume_id: {get_resource: volume}
              address:
                type: "OS::Neutron::FloatingIP"
                depends_on: leg
                properties: {floating_network: public}
              points:
                type: "OS::Neutron::FloatingIPAssociation"
                properties:
                  floatingip_id: {get_resource: address}
                  port_id: {get_resource: port}
            """;

    private Clouds clouds;
    private Token token;
    private String name;

    @BeforeEach
    void signIn() {
        clouds =
                TestClouds.open(
                        TestClouds.real("aio-demo"),
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        _ -> {});
        var person = TestClouds.signInOf("aio-demo");
        token = clouds.all().getFirst().authenticate(person.credentials(), person.scope());
        name = "sw-h3-" + UUID.randomUUID().toString().substring(0, 6);
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
    }

    @Test
    void takesItOverWithoutAChangeAndKnowsWhenHeatHasLetGo() {
        var database = Databases.h2();
        var shop =
                new Workshop(
                        database, clouds, Workshop.vault(), token, Clock.systemUTC(), Fate.kind());
        var heats =
                new HeatStacks(
                        clouds, new OriginStore(new JdbcTemplate(database)), Clock.systemUTC());
        var id = madeByHeat();
        UUID stack = null;
        try {
            assertThat(heats.list(shop.viewer, token).orElseThrow())
                    .anyMatch(one -> one.name().equals(name) && one.restful());
            var reading = heats.read(shop.viewer, token, name, id).orElseThrow();
            assertThat(reading.problem()).isNull();
            assertThat(reading.hidden()).containsExactly("password");
            assertThat(reading.parameters()).containsOnly(Map.entry("word", "two"));
            assertThat(reading.ids()).hasSize(11);

            var plan = adoption(shop, reading);
            assertThat(plan.plan().count(Action.ADOPT)).isEqualTo(11);
            assertThat(plan.plan().changes())
                    .allSatisfy(change -> {
                        assertThat(change.action()).isEqualTo(Action.ADOPT);
                        assertThat(change.deviations()).as(change.name()).isEmpty();
                    });
            heats.takenFrom(plan.stack(), reading.stack());
            shop.apply(plan);
            assertThat(shop.liveWorker().turnUntilIdle(Duration.ofMinutes(4))).isTrue();
            stack = plan.stack();
            assertThat(shop.find(stack).status())
                    .as(shop.find(stack).reason())
                    .isEqualTo("ADOPT_COMPLETE");
            var again =
                    (PreviewOutcome.Planned)
                            shop.stacks
                                    .looking(token)
                                    .previewChange(
                                            shop.viewer,
                                            "somebody",
                                            stack,
                                            null,
                                            Map.of(),
                                            java.util.Set.of());
            assertThat(again.plan().plan().changesNothing()).isTrue();
            assertThat(heats.holder(stack)).contains(name);
            assertThat(heats.hasLetGo(shop.viewer, token, stack)).isFalse();
        } finally {
            if (stack != null) {
                shop.apply(shop.previewDelete(stack));
                assertThat(shop.liveWorker().turnUntilIdle(Duration.ofMinutes(4))).isTrue();
            }
            deletedByHeat(id);
        }
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("DELETE_COMPLETE");
        assertThat(heats.hasLetGo(shop.viewer, token, stack)).isTrue();
        assertThat(heats.holder(stack)).isEmpty();
    }

    private StoredPlan adoption(Workshop shop, HeatStacks.Reading reading) {
        var outcome =
                shop.stacks
                        .looking(token)
                        .previewAdopt(
                                shop.viewer,
                                "somebody",
                                name,
                                reading.export(Map.of("password", "canary")));
        assertThat(outcome).isInstanceOf(PreviewOutcome.Planned.class);
        return ((PreviewOutcome.Planned) outcome).plan();
    }

    private String madeByHeat() {
        var id =
                clouds.all()
                        .getFirst()
                        .as(
                                token,
                                os ->
                                        os.call(
                                                Request.post(Service.ORCHESTRATION, "/stacks")
                                                        .body(
                                                                Map.of(
                                                                        "stack_name", name,
                                                                        "template", TEMPLATE,
                                                                        "parameters",
                                                                                Map.of(
                                                                                        "word",
                                                                                        "two",
                                                                                        "password",
                                                                                        "canary")))))
                        .body()
                        .path("stack")
                        .path("id")
                        .asString();
        await(id, "CREATE_COMPLETE");
        return id;
    }

    private void deletedByHeat(String id) {
        var _ =
                clouds.all()
                        .getFirst()
                        .as(
                                token,
                                os ->
                                        os.call(
                                                Request.delete(
                                                        Service.ORCHESTRATION,
                                                        "/stacks/{}/{}",
                                                        name,
                                                        id)));
        await(id, "DELETE_COMPLETE");
    }

    private void await(String id, String wanted) {
        var never = new CountDownLatch(1);
        var until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        var status = "";
        do {
            status =
                    clouds.all()
                            .getFirst()
                            .as(
                                    token,
                                    os ->
                                            os.find(
                                                            Request.get(
                                                                    Service.ORCHESTRATION,
                                                                    "/stacks/{}/{}",
                                                                    name,
                                                                    id))
                                                    .map(answer ->
                                                            answer.body()
                                                                    .path("stack")
                                                                    .path("stack_status")
                                                                    .asString())
                                                    .orElse("DELETE_COMPLETE"));
            try {
                assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        } while (!status.equals(wanted) && System.nanoTime() < until);
        assertThat(status).isEqualTo(wanted);
    }
}
