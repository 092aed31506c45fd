package dev.stackwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.CheckedTemplate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {

    @Test
    void remembersWhichRevisionItWasMadeFrom() {
        var template = template("name: one");
        var plan =
                PlanCases.PLANNER.update(
                        PlanCases.deployed(template, Map.of()),
                        template.source(),
                        template,
                        template.values());

        assertThat(plan.basedOn()).isEqualTo(3);
        assertThat(plan.changesNothing()).isTrue();
        assertThat(plan.canRun()).isTrue();
    }

    /** Without a schema's help: "5" written as a text in one and as a number in the other. */
    @Test
    void tellsAChangeOfSpellingFromAChangeOfValue() {
        assertThat(update("size: 5", "size: '5'").changesNothing()).isTrue();
        assertThat(update("size: 5", "size: 6").count(Action.UPDATE)).isOne();
    }

    @Test
    void takesSomethingUnrecordedForTheSameWhileTheTextSaysTheSame() {
        var text = dependent("[ net, mtu ]");
        var other = dependent("[ net, segments ]");

        assertThat(updateWithoutAttributes(text, text).count(Action.UPDATE)).isZero();
        assertThat(updateWithoutAttributes(text, other).count(Action.UPDATE)).isOne();
    }

    @Test
    void bringsBackWhatSomebodyChangedInTheCloud() {
        var template = template("name: one\n      size: 5");
        var name = template.resources().keySet().iterator().next();
        var plan =
                PlanCases.PLANNER.update(
                        PlanCases.deployed(template, Map.of()),
                        template.source(),
                        template,
                        template.values(),
                        Map.of(
                                name,
                                Seen.with(
                                        new Value.Entries(
                                                Map.of(
                                                        "name", Value.of("other"),
                                                        "description",
                                                                Value.of("made by the cloud"))))));

        assertThat(plan.changes())
                .flatExtracting(Change::properties)
                .extracting(PropertyChange::path, PropertyChange::cause)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("name", Reason.DRIFT));
    }

    @Test
    void waitsWithEveryDeletionUntilEverythingNewStands() {
        var plan =
                update(
                        "size: 5\n  old: { type: OS::Cinder::Volume, properties: { size: 1 } }",
                        "size: 6\n  new: { type: OS::Cinder::Volume, properties: { size: 1 } }");

        assertThat(plan.steps())
                .extracting(PlanStep::id)
                .containsExactly("update data", "create new", "settle", "delete old");
    }

    @Test
    void plansAThousandResourcesInLinearTime() {
        var before = many(1_000, "m1.small");
        var after = many(1_000, "m1.large");
        var deployed = PlanCases.deployed(before, Map.of());
        var best = Duration.ofDays(1);
        for (var i = 0; i < 15; i++) {
            var start = System.nanoTime();
            var plan = PlanCases.PLANNER.update(deployed, before.source(), after, after.values());
            var took = Duration.ofNanos(System.nanoTime() - start);
            best = took.compareTo(best) < 0 ? took : best;
            assertThat(plan.count(Action.UPDATE)).isEqualTo(1_000);
        }
        System.out.println("figure plan-1000-ms " + best.toNanos() / 1e6 + " ms");
        assertThat(best).isLessThan(Duration.ofMillis(500));
    }

    private static CheckedTemplate many(int count, String flavor) {
        var text = new StringBuilder("heat_template_version: rocky\nresources:\n");
        var server =
                "  r%d: { type: OS::Nova::Server, properties: { image: ubuntu, flavor: %s,"
                        + " networks: [ { network: lan } ], metadata: { before: %s } } }\n";
        IntStream.range(0, count)
                .forEach(i ->
                        text.append(
                                server.formatted(
                                        i,
                                        flavor,
                                        i == 0
                                                ? "none"
                                                : "{ get_resource: r%d }".formatted((i - 1) / 2))));
        return PlanCases.check(text.toString(), Map.of());
    }

    private static Plan update(String before, String after) {
        var old = template(before);
        var now = template(after);
        return PlanCases.PLANNER.update(
                PlanCases.deployed(old, Map.of()), old.source(), now, now.values());
    }

    private static CheckedTemplate template(String properties) {
        return PlanCases.check(
                """
                heat_template_version: rocky
                resources:
                  data:
                    type: OS::Cinder::Volume
                    properties:
                      %s
                """
                        .formatted(properties.contains("size") ? properties : "size: 1"),
                Map.of());
    }

    private static CheckedTemplate dependent(String attribute) {
        return PlanCases.check(
                """
                heat_template_version: rocky
                resources:
                  net: { type: OS::Neutron::Net }
                  data:
                    type: OS::Cinder::Volume
                    properties: { size: 1, description: { get_attr: %s } }
                """
                        .formatted(attribute),
                Map.of());
    }

    private static Plan updateWithoutAttributes(CheckedTemplate before, CheckedTemplate after) {
        var deployed = PlanCases.deployed(before, Map.of());
        var resources = new LinkedHashMap<String, DeployedResource>();
        deployed.resources()
                .forEach((name, r) -> {
                    var properties = new LinkedHashMap<>(r.properties().values());
                    properties.computeIfPresent("description", (_, _) -> Value.of("1500"));
                    resources.put(
                            name,
                            new DeployedResource(
                                    name,
                                    r.type(),
                                    new Value.Entries(properties),
                                    r.metadata(),
                                    r.physicalId(),
                                    r.reference(),
                                    Map.of(),
                                    r.deletionPolicy(),
                                    r.dependencies(),
                                    r.standing(),
                                    r.adopted()));
                });
        return PlanCases.PLANNER.update(
                new DeployedStack("shop", 3, resources, Map.of(), java.util.Set.of()),
                before.source(),
                after,
                after.values());
    }
}
