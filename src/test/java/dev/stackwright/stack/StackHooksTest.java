package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.HandTurned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that wait for a person, and updates that are cancelled and taken back. */
@NullUnmarked
class StackHooksTest {

    private static final String NETS =
            """
            heat_template_version: 2018-08-31
            parameters: { up: { type: boolean, default: true }, slow: { type: number, default: 0 } }
            resources:
              first: { type: OS::Neutron::Net, properties: { admin_state_up: { get_param: up } } }
              wait:
                type: OS::Heat::TestResource
                depends_on: first
                properties: { wait_secs: { get_param: slow }, value: { get_param: up } }
              second:
                type: OS::Neutron::Net
                depends_on: wait
                properties: { admin_state_up: { get_param: up } }
            """;

    private static final String HOOKS =
            """
            resource_registry:
              resources:
                first: { hooks: [pre-create, post-create, pre-update, pre-delete] }
                sec*: { hooks: post-delete }
            """;

    private DemoShop place;
    private Workshop shop;
    private HandTurned worker;
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
        worker = shop.worker();
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void aRunWaitsBeforeAndAfterUntilSomebodyLetsItGoOn() {
        var stack = begin(shop.preview(form(null, HOOKS, Map.of())));
        turn();
        assertThat(waiting(stack)).containsExactly("first pre-create");
        assertThat(place.state()).isEqualTo(withCredential());
        assertThat(resource(stack, "first").note())
                .isEqualTo("Waits for somebody to let it go on (hook pre-create)");

        assertThat(clear(stack, "second", "pre-create")).isFalse();
        assertThat(clear(stack, "first", "pre-create")).isTrue();
        assertThat(clear(stack, "first", "pre-create")).isFalse();
        turn();
        assertThat(waiting(stack)).containsExactly("first post-create");
        var made = shop.physicalId(stack, "first");
        assertThat(resource(stack, "second").begun()).isFalse();
        worker = shop.worker();
        turn();
        assertThat(clear(stack, "first", "post-create")).isTrue();
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_COMPLETE");
        assertThat(shop.physicalId(stack, "first")).isEqualTo(made);

        begin(shop.preview(form(stack, HOOKS, Map.of("up", "false"))));
        turn();
        assertThat(waiting(stack)).containsExactly("first pre-update");
        assertThat(signal(stack, "second", "pre-update")).isInstanceOf(SignalOutcome.Refused.class);
        assertThat(signal(stack, "first", "pre-update")).isInstanceOf(SignalOutcome.Taken.class);
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");

        begin(shop.previewDelete(stack));
        turn();
        assertThat(waiting(stack)).containsExactly("second post-delete");
        clear(stack, "second", "post-delete");
        turn();
        assertThat(waiting(stack)).containsExactly("first pre-delete");
        clear(stack, "first", "pre-delete");
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
        assertThat(shop.stacks.eventsSince(shop.viewer, stack, 0, 100))
                .extracting(StackEvent::reason)
                .contains("alice lets it go on (hook pre-create)");
    }

    @Test
    void whatWaitsCanBeCancelled() {
        var stack = begin(shop.preview(form(null, HOOKS, Map.of())));
        turn();
        assertThat(shop.stacks.cancel(shop.viewer, stack)).isTrue();
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("CREATE_FAILED");
        assertThat(waiting(stack)).isEmpty();
        begin(shop.preview(form(stack, "", Map.of())));
        worker.turnUntilIdle();
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
    }

    @Test
    void anUpdateIsCancelledAndTakenBack() {
        var stack = begin(shop.preview(form(null, "", Map.of())));
        assertThat(shop.stacks.wayBack(shop.viewer, stack)).isEmpty();
        worker.turnUntilIdle();
        begin(shop.preview(form(stack, "", Map.of("up", "false", "slow", "600"))));
        turn();
        assertThat(resource(stack, "wait").isMoving()).isTrue();
        assertThat(shop.stacks.wayBack(shop.viewer, stack)).contains(1);

        assertThat(shop.stacks.cancelAndGoBack(shop.viewer, place.token, stack)).isTrue();
        worker.turnUntilIdle(Duration.ofMinutes(5));
        // The run that goes back begins when the first one has ended.
        worker.turnUntilIdle(Duration.ofMinutes(5));
        assertThat(shop.find(stack).status())
                .as(shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(shop.find(stack).version()).isEqualTo(3);
        var version = shop.stacks.version(shop.viewer, stack, 3).orElseThrow();
        assertThat(version.parameters()).isEmpty();
        assertThat(version.madeBy()).isEqualTo("alice");
        assertThat(shop.preview(form(stack, "", Map.of())).plan().changesNothing()).isTrue();
        assertThat(shop.stacks.eventsSince(shop.viewer, stack, 0, 100))
                .filteredOn(event -> event.resource() == null)
                .extracting(event -> event.action() + "_" + event.progress())
                .endsWith(
                        "UPDATE_IN_PROGRESS",
                        "UPDATE_FAILED",
                        "UPDATE_IN_PROGRESS",
                        "UPDATE_COMPLETE");
        begin(shop.previewDelete(stack));
        worker.turnUntilIdle();
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void theWayBackSurvivesTheProcess() {
        var stack = begin(shop.preview(form(null, "", Map.of())));
        worker.turnUntilIdle();
        begin(shop.preview(form(stack, "", Map.of("up", "false", "slow", "600"))));
        turn();
        shop.stacks.cancelAndGoBack(shop.viewer, place.token, stack);
        worker = shop.worker();
        worker.turnUntilIdle(Duration.ofMinutes(5));
        // The run that goes back begins when the first one has ended.
        worker.turnUntilIdle(Duration.ofMinutes(5));
        assertThat(shop.find(stack).status()).isEqualTo("UPDATE_COMPLETE");
        assertThat(shop.find(stack).version()).isEqualTo(3);
        assertThat(shop.stacks.cancelAndGoBack(shop.viewer, place.token, stack)).isFalse();
    }

    private Map<String, Long> withCredential() {
        var state = new java.util.TreeMap<>(bare);
        state.merge("application_credential", 1L, Long::sum);
        return state;
    }

    private static StackForm form(UUID stack, String environment, Map<String, String> parameters) {
        return new StackForm(stack, "web", NETS, environment, Map.of(), parameters, null);
    }

    private UUID begin(StoredPlan plan) {
        return ((ApplyOutcome.Started) shop.apply(plan)).stack();
    }

    /** Long enough for every step that can go on. */
    private void turn() {
        for (int i = 0; i < 8; i++) {
            place.clock.advance(Duration.ofSeconds(1));
            worker.turn();
        }
    }

    private List<String> waiting(UUID stack) {
        return shop.stacks.waitingHooks(shop.viewer, stack).stream()
                .map(one -> one.name() + " " + one.hook())
                .toList();
    }

    /** As Heat's clients say it. */
    private SignalOutcome signal(UUID stack, String name, String hook) {
        return shop.signals.told(
                shop.viewer, "alice", stack, name, "{\"unset_hook\": \"%s\"}".formatted(hook));
    }

    private boolean clear(UUID stack, String name, String hook) {
        return shop.stacks.clearHook(shop.viewer, "alice", stack, resource(stack, name).id(), hook);
    }

    private StackResource resource(UUID stack, String name) {
        return shop.stacks.resources(shop.viewer, stack).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
