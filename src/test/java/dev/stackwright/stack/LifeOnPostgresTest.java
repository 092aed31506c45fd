package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.HandTurned;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Hooks, signals, scaling and the way back once more, on the other database. */
@NullUnmarked
class LifeOnPostgresTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters: { slow: { type: number, default: 0 } }
            resources:
              handle: { type: OS::Heat::WaitConditionHandle }
              ready:
                type: OS::Heat::WaitCondition
                properties: { handle: { get_resource: handle }, timeout: 600 }
              nets:
                type: OS::Heat::AutoScalingGroup
                properties: { min_size: 1, max_size: 3, resource: { type: OS::Neutron::Net } }
              up:
                type: OS::Heat::ScalingPolicy
                properties:
                  adjustment_type: change_in_capacity
                  auto_scaling_group_id: { get_resource: nets }
                  scaling_adjustment: 1
                  cooldown: 30
              wait: { type: OS::Heat::TestResource, properties: { wait_secs: { get_param: slow } } }
            """;

    private static final String HOOKS =
            "resource_registry: { resources: { handle: { hooks: pre-create } } }";

    @Test
    void aStackLivesItsWholeLife() throws Exception {
        try (var place = new DemoShop(_ -> {})) {
            var bare = place.state();
            var shop =
                    new Workshop(
                            Databases.postgres(),
                            place.clouds,
                            Workshop.vault(),
                            place.token,
                            place.clock,
                            Fate.kind());
            var worker = shop.worker();
            var stack = begin(shop, form(null, Map.of()));
            turn(place, worker);
            var hook = shop.stacks.waitingHooks(shop.viewer, stack).getFirst();
            assertThat(hook.name()).isEqualTo("handle");
            assertThat(
                            shop.stacks.clearHook(
                                    shop.viewer, "alice", stack, hook.resource(), hook.hook()))
                    .isTrue();
            turn(place, worker);
            assertThat(shop.signals.told(shop.viewer, "alice", stack, "handle", ""))
                    .isInstanceOf(SignalOutcome.Taken.class);
            worker.turnUntilIdle();
            assertThat(shop.find(stack).status()).isEqualTo("CREATE_COMPLETE");

            assertThat(shop.signals.told(shop.viewer, "alice", stack, "up", ""))
                    .isEqualTo(
                            new SignalOutcome.Taken(
                                    "nets is scaled from 1 to 2 members by up by alice"));
            worker.turnUntilIdle();
            assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");

            begin(shop, form(stack, Map.of("slow", "600")));
            turn(place, worker);
            assertThat(shop.stacks.cancelAndGoBack(shop.viewer, place.token, stack)).isTrue();
            worker.turnUntilIdle(Duration.ofMinutes(5));
            worker.turnUntilIdle(Duration.ofMinutes(5));
            assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
            assertThat(shop.find(stack).version()).isEqualTo(3);

            shop.apply(shop.previewDelete(stack));
            worker.turnUntilIdle();
            assertThat(shop.find(stack).status()).isEqualTo("DELETE_COMPLETE");
            assertThat(place.state()).isEqualTo(bare);
        }
    }

    private static UUID begin(Workshop shop, StackForm form) {
        return ((ApplyOutcome.Started) shop.apply(shop.preview(form))).stack();
    }

    private static StackForm form(UUID stack, Map<String, String> parameters) {
        return new StackForm(stack, "web", TEMPLATE, HOOKS, Map.of(), parameters, null);
    }

    /** Long enough for every step that can go on. */
    private static void turn(DemoShop place, HandTurned worker) {
        for (int i = 0; i < 8; i++) {
            place.clock.advance(Duration.ofSeconds(1));
            worker.turn();
        }
    }
}
