package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.execution.Fate;
import dev.stackwright.plan.Action;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is done with a stack between its creation and its end. */
@NullUnmarked
class StackLifeTest {

    private DemoShop place;
    private Workshop shop;
    private javax.sql.DataSource database;
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        bare = place.state();
        database = Databases.h2();
        shop =
                new Workshop(
                        database,
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

    private UUID walk() {
        var stack = run(shop.preview(null, "web", Templates.WALK, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        return stack;
    }

    @Test
    void sleepsAndWakes() {
        var stack = walk();
        var plan =
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.SUSPEND));
        assertThat(plan.plan().with(Action.UPDATE)).hasSize(1);
        run(plan);
        expect(stack, "SUSPEND_COMPLETE");
        assertThat(status(stack)).isEqualTo("SUSPENDED");
        assertThat(shop.stacks.previewChange(shop.viewer, "alice", stack, null, Map.of(), Set.of()))
                .isInstanceOf(PreviewOutcome.Refused.class);
        assertThat(shop.stacks.previewAsItStands(shop.viewer, "alice", stack, StackAction.SUSPEND))
                .isInstanceOf(PreviewOutcome.Refused.class);

        run(
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.RESUME)));
        expect(stack, "RESUME_COMPLETE");
        assertThat(status(stack)).isEqualTo("ACTIVE");
        run(shop.previewDelete(stack));
        assertThat(place.state()).isEqualTo(bare);
    }

    private String status(UUID stack) {
        place.demo.advance();
        return shop.cloud()
                .as(
                        place.token,
                        os ->
                                os.call(
                                        Request.get(
                                                Service.COMPUTE,
                                                "/servers/{}",
                                                shop.physicalId(stack, "server"))))
                .body()
                .path("server")
                .path("status")
                .asString();
    }

    @Test
    void whatSomebodyChangedOnTheCloudIsToldAndBroughtBack() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  net: {type: OS::Neutron::Net, properties: {name: quiet, admin_state_up: true}}
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        var id = shop.physicalId(stack, "net");
        place.clock.advance(java.time.Duration.ofMinutes(1));
        rename(id, "loud");
        shop.objects.add(seen(id));

        var plan = shop.preview(stack, "web", template, Map.of());
        var change = plan.plan().with(Action.UPDATE).getFirst().properties().getFirst();
        assertThat(change.path()).isEqualTo("name");
        assertThat(change.before()).isEqualTo(dev.stackwright.kernel.Value.of("loud"));
        assertThat(change.cause()).isEqualTo(dev.stackwright.plan.Reason.DRIFT);

        run(plan);
        expect(stack, "UPDATE_COMPLETE");
        assertThat(network(id).path("name").asString()).isEqualTo("quiet");
        // What was seen before that says nothing any more.
        assertThat(shop.preview(stack, "web", template, Map.of()).plan().changesNothing()).isTrue();
        run(shop.previewDelete(stack));
    }

    private tools.jackson.databind.JsonNode network(String id) {
        return shop.cloud()
                .as(place.token, os -> os.call(Request.get(Service.NETWORK, "/networks/{}", id)))
                .body()
                .path("network");
    }

    private void rename(String id, String name) {
        shop.cloud()
                .as(
                        place.token,
                        os ->
                                os.call(
                                        Request.put(Service.NETWORK, "/networks/" + id)
                                                .body(Map.of("network", Map.of("name", name)))));
    }

    private dev.stackwright.inventory.CloudObject seen(String id) {
        return new dev.stackwright.inventory.CloudObject(
                dev.stackwright.inventory.Kind.NETWORK,
                id,
                "loud",
                null,
                "ACTIVE",
                network(id),
                null,
                place.clock.instant());
    }

    @Test
    void whileItIsChangedItsOutputsAreThoseThatWereKnownLast() {
        var stack = walk();
        var before = shop.stacks.outputs(shop.viewer, stack);
        assertThat(before).isNotEmpty().allMatch(one -> one.error().isEmpty());

        var plan = shop.preview(stack, "web", Templates.WALK, Map.of("cidr", "10.77.9.0/24"));
        assertThat(plan.plan().count(Action.REPLACE)).isPositive();
        assertThat(shop.apply(plan)).isInstanceOf(ApplyOutcome.Started.class);
        assertThat(shop.stacks.outputs(shop.viewer, stack)).isEqualTo(before);

        shop.worker().turnUntilIdle();
        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.stacks.outputs(shop.viewer, stack))
                .hasSameSizeAs(before)
                .allMatch(one -> one.error().isEmpty());
    }

    @Test
    void changesOneValueAndGoesBackToAnyVersion() {
        var stack = walk();
        run(shop.preview(stack, "web", Templates.WALK, Map.of("size", "2", "text", "second")));
        run(
                planned(
                        shop.stacks.previewChange(
                                shop.viewer,
                                "alice",
                                stack,
                                null,
                                Map.of("text", "third"),
                                Set.of())));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.stacks.version(shop.viewer, stack, 3).orElseThrow().parameters())
                .containsEntry("size", "2")
                .containsEntry("text", "third");

        var back = planned(shop.stacks.previewVersion(shop.viewer, "alice", stack, 2));
        assertThat(back.plan().with(Action.UPDATE).stream().map(change -> change.name()))
                .containsExactly("server");
        run(back);
        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.stacks.version(shop.viewer, stack, 4).orElseThrow().parameters())
                .containsEntry("text", "second");
        assertThat(shop.stacks.previewVersion(shop.viewer, "alice", stack, 9))
                .isInstanceOf(PreviewOutcome.NotFound.class);
    }

    @Test
    void aCheckFindsWhatIsGoneAndTheNextUpdateBuildsItAnew() {
        var stack = walk();
        assertThat(shop.stacks.check(shop.viewer, place.token, stack))
                .isInstanceOf(ApplyOutcome.Started.class);
        shop.worker().turnUntilIdle();
        expect(stack, "CHECK_COMPLETE");

        var old = shop.physicalId(stack, "address");
        shop.cloud()
                .as(
                        place.token,
                        os -> os.call(Request.delete(Service.NETWORK, "/floatingips/{}", old)));
        shop.stacks.check(shop.viewer, place.token, stack);
        shop.worker().turnUntilIdle();
        expect(stack, "CHECK_FAILED");
        assertThat(shop.find(stack).firstCause()).isEqualTo("address");

        run(shop.preview(stack, "web", Templates.WALK, Map.of()));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.physicalId(stack, "address")).isNotEqualTo(old);
        run(shop.previewDelete(stack));
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void whatSomebodyCallsBrokenIsBuiltAnew() {
        var stack = walk();
        assertThat(shop.stacks.judge(shop.viewer, stack, "volume", false, "it hums")).isTrue();
        assertThat(shop.stacks.judge(shop.viewer, stack, "nobody", false, "")).isFalse();
        var plan = shop.preview(stack, "web", Templates.WALK, Map.of());
        assertThat(plan.plan().with(Action.REPLACE).stream().map(change -> change.name()))
                .contains("volume");
        assertThat(shop.stacks.judge(shop.viewer, stack, "volume", true, "")).isTrue();
        assertThat(shop.apply(plan)).isInstanceOf(ApplyOutcome.Stale.class);
        assertThat(shop.preview(stack, "web", Templates.WALK, Map.of()).plan().changesNothing())
                .isTrue();
    }

    @Test
    void isProtectedAndTagged() {
        var stack = walk();
        assertThat(shop.stacks.protect(shop.viewer, stack, true)).isTrue();
        assertThat(shop.stacks.previewAsItStands(shop.viewer, "alice", stack, StackAction.DELETE))
                .isInstanceOf(PreviewOutcome.Refused.class);
        assertThat(shop.stacks.previewAsItStands(shop.viewer, "alice", stack, StackAction.ABANDON))
                .isInstanceOf(PreviewOutcome.Refused.class);
        shop.stacks.protect(shop.viewer, stack, false);
        assertThat(shop.stacks.tag(shop.viewer, stack, Set.of("prod", "w_b"))).isTrue();
        assertThat(shop.stacks.tag(shop.viewer, stack, Set.of("a,b"))).isFalse();
        assertThat(shop.find(stack).tags()).containsExactlyInAnyOrder("prod", "w_b");
        assertThat(tagged("prod")).isEqualTo(1);
        assertThat(tagged("pro")).isZero();
        assertThat(tagged("wxb")).isZero();
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
    }

    private int tagged(String tag) {
        return shop.stacks.list(shop.viewer, new StackQuery("", "", "name", null, 10, tag)).total();
    }

    @Test
    void isAbandonedAndAdopted() {
        var stack = run(shop.preview(null, "web", Templates.WALK, Map.of("secret", "hush-hush")));
        expect(stack, "CREATE_COMPLETE");
        var full = place.state();
        var server = shop.physicalId(stack, "server");
        run(
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.ABANDON)));
        expect(stack, "ABANDON_COMPLETE");
        assertThat(shop.find(stack).deletedAt()).isNotNull();
        assertThat(place.state()).isEqualTo(full);
        var export = shop.stacks.export(shop.viewer, stack).orElseThrow();
        assertThat(export).contains(server).doesNotContain("hush-hush");

        var plan = planned(shop.stacks.previewAdopt(shop.viewer, "alice", "again", export));
        assertThat(plan.plan().count(Action.ADOPT)).isEqualTo(10);
        var again = run(plan);
        expect(again, "ADOPT_COMPLETE");
        assertThat(place.state()).isEqualTo(full);
        assertThat(shop.physicalId(again, "server")).isEqualTo(server);
        assertThat(shop.preview(again, "again", Templates.WALK, Map.of()).plan().changesNothing())
                .isTrue();

        run(shop.previewDelete(again));
        expect(again, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
        assertThat(shop.stacks.previewAdopt(shop.viewer, "alice", "x", "{}"))
                .isInstanceOf(PreviewOutcome.Refused.class);
    }

    @Test
    void whatNobodyCarriesOutAnyMoreIsEnded() {
        var stack = walk();
        new JdbcTemplate(database).update("update stack set progress = 'IN_PROGRESS'");
        assertThat(shop.stacks.cancel(shop.viewer, stack)).isTrue();
        expect(stack, "CREATE_FAILED");
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void eventsArePagedAndOutputsKnowWhoUsesThem() {
        var stack = walk();
        var address =
                shop.stacks.outputs(shop.viewer, stack).stream()
                        .filter(output -> output.name().equals("private"))
                        .findFirst()
                        .orElseThrow();
        var text = ((dev.stackwright.kernel.Value.Text) address.value()).value();
        var other =
                """
                heat_template_version: 2018-08-31
                parameters:
                  peer: {type: string}
                resources:
                  peer: {type: OS::Heat::Value, properties: {value: {get_param: peer}}}
                """;
        run(
                shop.preview(
                        null,
                        "other",
                        other.replace("  peer: {type: OS", "  one: {type: OS"),
                        Map.of("peer", text)));
        assertThat(shop.stacks.consumers(shop.viewer, stack))
                .containsEntry("private", List.of("other"));
        var newest = shop.stacks.eventsBefore(shop.viewer, stack, Long.MAX_VALUE, 5);
        var next = shop.stacks.eventsBefore(shop.viewer, stack, newest.getLast().number(), 5);
        assertThat(newest).hasSize(5);
        assertThat(next.getFirst().number()).isEqualTo(newest.getLast().number() - 1);
    }

    private StoredPlan planned(PreviewOutcome outcome) {
        if (outcome instanceof PreviewOutcome.Planned(var plan)) {
            return plan;
        }
        throw new AssertionError("Not planned: " + outcome);
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
