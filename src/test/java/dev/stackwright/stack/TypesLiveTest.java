package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.execution.Fate;
import dev.stackwright.plan.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What docs/resource-types.md calls live, done on a real cloud: create, read, update each property,
 * replace, delete, and delete once more what is gone already.
 */
@NullUnmarked
@Tag("live")
class TypesLiveTest {

    private static final Duration LONG = Duration.ofMinutes(4);

    static List<TypeCase> cases() {
        var only = System.getProperty("stackwright.types", "");
        return TypeCase.all().stream().filter(one -> one.name().matches(only + ".*")).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesOnARealCloudWhatTheTableSays(TypeCase one) throws Exception {
        var person = TestClouds.signInOf(one.as());
        try (var clouds =
                TestClouds.open(
                        TestClouds.real(one.as()),
                        CloudSettings.STANDARD,
                        Clock.systemUTC(),
                        _ -> {})) {
            var token = clouds.all().getFirst().authenticate(person.credentials(), person.scope());
            var database = Databases.h2();
            var shop =
                    new Workshop(
                            database,
                            clouds,
                            Workshop.vault(),
                            token,
                            Clock.systemUTC(),
                            Fate.kind());
            var name = "sw-h6-" + UUID.randomUUID().toString().substring(0, 6);
            var values = new LinkedHashMap<String, String>();
            var stack = run(shop, one, shop.preview(null, name, one.template(), values));
            try {
                expect(shop, stack, "CREATE_COMPLETE");
                assertThat(shop.stacks.resources(shop.viewer, stack))
                        .allSatisfy(made -> assertThat(made.physicalId()).isNotEmpty());
                for (var step : one.steps()) {
                    values.putAll(step.with());
                    update(shop, stack, name, one, values, step);
                }
                var again = shop.preview(stack, name, one.template(), values);
                assertThat(again.plan().changesNothing()).isTrue();
                seesNoDrift(shop, stack, name, one, values);
            } catch (AssertionError e) {
                end(shop, stack, e);
                throw e;
            }
            run(shop, null, shop.previewDelete(stack));
            expect(shop, stack, "DELETE_COMPLETE");
            var rows = new JdbcTemplate(database);
            rows.update("update stack_resource set standing = 'CURRENT' where type <> 'x'");
            rows.update("update stack set live_name = name, deleted_at = null");
            rows.update("update stack_resource set action = 'CREATE'");
            run(shop, null, shop.previewDelete(stack));
            expect(shop, stack, "DELETE_COMPLETE");
        }
    }

    /** Nobody touched it: a look at the cloud finds all as it was left. */
    private static void seesNoDrift(
            Workshop shop, UUID stack, String name, TypeCase one, Map<String, String> values) {
        var seen =
                shop.stacks
                        .looking(shop.token())
                        .preview(
                                shop.viewer,
                                "somebody",
                                new StackForm(
                                        stack, name, one.template(), "", Map.of(), values, null));
        assertThat(seen).isInstanceOf(PreviewOutcome.Planned.class);
        assertThat(((PreviewOutcome.Planned) seen).plan().plan().changes())
                .allSatisfy(change -> {
                    assertThat(change.action()).as(change.name()).isEqualTo(Action.KEEP);
                    assertThat(change.deviations()).as(change.name()).isEmpty();
                });
    }

    private static void end(Workshop shop, UUID stack, AssertionError because) {
        try {
            run(shop, null, shop.previewDelete(stack));
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private static void update(
            Workshop shop,
            UUID stack,
            String name,
            TypeCase one,
            Map<String, String> values,
            TypeCase.Step step) {
        var plan = shop.preview(stack, name, one.template(), values);
        assertThat(plan.plan().with(Action.UPDATE).stream().map(change -> change.name()).toList())
                .containsAll(step.updates());
        assertThat(plan.plan().with(Action.REPLACE).stream().map(change -> change.name()).toList())
                .containsAll(step.replaces());
        run(shop, one, plan);
        expect(shop, stack, "UPDATE_COMPLETE");
    }

    private static UUID run(Workshop shop, @Nullable TypeCase one, StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        if (one != null) {
            one.signals()
                    .forEach((handle, body) ->
                            assertThat(
                                            shop.signals.told(
                                                    shop.viewer,
                                                    "somebody",
                                                    plan.stack(),
                                                    handle,
                                                    body))
                                    .isInstanceOf(SignalOutcome.Taken.class));
        }
        assertThat(shop.liveWorker().turnUntilIdle(LONG)).isTrue();
        return ((ApplyOutcome.Started) outcome).stack();
    }

    private static void expect(Workshop shop, UUID stack, String status) {
        assertThat(shop.find(stack).status()).as(shop.find(stack).reason()).isEqualTo(status);
    }
}
