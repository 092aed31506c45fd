package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CallObserver;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.SimulatedDeath;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stacks inside stacks on the OpenStack that clouds.yaml of this machine names. */
@NullUnmarked
@Tag("live")
class StackInsideLiveTest {

    private static final Duration LONG = Duration.ofMinutes(4);

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters:
              count: {type: number, default: 3}
              label: {type: string, default: first}
            resources:
              words:
                type: OS::Heat::ResourceGroup
                properties:
                  count: {get_param: count}
                  resource_def: {type: OS::Heat::RandomString, properties: {length: 8}}
              area:
                type: area.yaml
                properties: {label: {get_param: label}}
              port:
                type: OS::Neutron::Port
                properties:
                  network: {get_attr: [area, network]}
                  fixed_ips: [{subnet: {get_attr: [area, resource.subnet]}}]
            outputs:
              words: {value: {get_attr: [words, refs]}}
            """;

    private static final String AREA =
            """
            heat_template_version: 2018-08-31
            parameters: {label: {type: string}}
            resources:
              net: {type: OS::Neutron::Net, properties: {tags: [{get_param: label}]}}
              subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: 10.86.0.0/24}
            outputs:
              network: {value: {get_resource: net}}
            """;

    private final String name = "sw-h2-" + UUID.randomUUID().toString().substring(0, 6);
    private Clouds clouds;
    private Token token;
    private CallObserver watcher = _ -> {};

    @BeforeEach
    void signIn() {
        clouds =
                TestClouds.open(
                        TestClouds.real("aio-demo"),
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        call -> watcher.called(call));
        var person = TestClouds.signInOf("aio-demo");
        token = clouds.all().getFirst().authenticate(person.credentials(), person.scope());
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
    }

    /** The networks whose description names this stack, or one inside it. */
    private long networks() {
        return clouds.all()
                .getFirst()
                .as(
                        token,
                        os ->
                                os
                                        .list(Request.get(Service.NETWORK, "/networks"), "networks")
                                        .stream()
                                        .filter(one -> one.toString().contains(name))
                                        .count());
    }

    @Test
    void growsAndGoesAndTheCloudIsAsItWas() {
        var shop = shop(Databases.h2());
        var stack = run(shop, preview(shop, null, Map.of()));
        expect(shop, stack, "CREATE_COMPLETE");
        assertThat(networks()).isEqualTo(1);
        assertThat(shop.stacks.inside(shop.viewer, stack)).hasSize(2);
        assertThat(preview(shop, stack, Map.of()).plan().changesNothing()).isTrue();

        run(shop, preview(shop, stack, Map.of("count", "5", "label", "second")));
        expect(shop, stack, "UPDATE_COMPLETE");
        assertThat(networks()).isEqualTo(1);

        run(shop, shop.previewDelete(stack));
        expect(shop, stack, "DELETE_COMPLETE");
        assertThat(networks()).isZero();
    }

    @Test
    void aNewWorkerGoesOnInsideAfterDeath() {
        var database = Databases.h2();
        var shop = shop(database);
        var stack = begin(shop, preview(shop, null, Map.of()));
        diesAndGoesOn(shop, 3);
        expect(shop, stack, "CREATE_COMPLETE");
        assertThat(networks()).isEqualTo(1);

        begin(shop, shop.previewDelete(stack));
        diesAndGoesOn(shop, 3);
        expect(shop, stack, "DELETE_COMPLETE");
        assertThat(networks()).isZero();
        assertThat(
                        new JdbcTemplate(database)
                                .queryForObject("select count(*) from credential", Integer.class))
                .isZero();
    }

    private Workshop shop(javax.sql.DataSource database) {
        return new Workshop(
                database, clouds, Workshop.vault(), token, Clock.systemUTC(), Fate.kind());
    }

    private StoredPlan preview(Workshop shop, @Nullable UUID stack, Map<String, String> with) {
        return shop.preview(
                new StackForm(stack, name, TEMPLATE, "", Map.of("area.yaml", AREA), with, null));
    }

    private void diesAndGoesOn(Workshop shop, int calls) {
        var left = new AtomicInteger(calls);
        watcher =
                _ -> {
                    if (left.decrementAndGet() == 0) {
                        throw new SimulatedDeath("after a call");
                    }
                };
        boolean survived = shop.liveWorker().turnUntilIdle(LONG);
        watcher = _ -> {};
        assertThat(survived).isFalse();
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
    }

    private static UUID begin(Workshop shop, StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        return ((ApplyOutcome.Started) outcome).stack();
    }

    private static UUID run(Workshop shop, StoredPlan plan) {
        var stack = begin(shop, plan);
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
        return stack;
    }

    private static void expect(Workshop shop, UUID stack, String status) {
        assertThat(shop.find(stack).status()).as(shop.find(stack).reason()).isEqualTo(status);
    }
}
