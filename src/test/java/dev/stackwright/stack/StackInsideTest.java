package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.execution.Fate;
import dev.stackwright.kernel.Value;
import dev.stackwright.plan.Action;
import dev.stackwright.plan.InnerChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Resources that are stacks of their own, on the demo cloud. */
@NullUnmarked
class StackInsideTest {

    static final String GROUP =
            """
            heat_template_version: 2018-08-31
            parameters:
              count: {type: number, default: 3}
              length: {type: number, default: 8}
              gone: {type: comma_delimited_list, default: ''}
            resources:
              words:
                type: OS::Heat::ResourceGroup
                properties:
                  count: {get_param: count}
                  removal_policies: [{resource_list: {get_param: gone}}]
                  resource_def:
                    type: OS::Heat::RandomString
                    properties: {length: {get_param: length}}
              note:
                type: OS::Heat::Value
                properties: {value: {get_attr: [words, refs]}}
            outputs:
              refs: {value: {get_attr: [words, refs]}}
              map: {value: {get_attr: [words, refs_map]}}
              all: {value: {get_attr: [words, attributes, value]}}
              list: {value: {get_attr: [words, value]}}
              first: {value: {get_attr: [words, resource.0]}}
              inner: {value: {get_attr: [words, resource.0, value]}}
              removed: {value: {get_attr: [words, removed_rsrc_list]}}
              note: {value: {get_attr: [note, value]}}
            """;

    private static final String SITE =
            """
            heat_template_version: 2018-08-31
            parameters:
              cidr: {type: string, default: 10.81.0.0/24}
              label: {type: string, default: first}
            resources:
              area:
                type: area.yaml
                metadata: {tier: web}
                properties: {cidr: {get_param: cidr}, label: {get_param: label}}
              note:
                type: OS::Heat::Value
                properties:
                  value:
                    network: {get_attr: [area, network]}
                    subnet: {get_attr: [area, resource.subnet]}
                    cidr: {get_attr: [area, resource.subnet, cidr]}
            outputs:
              network: {value: {get_attr: [area, network]}}
              tier: {value: {get_attr: [area, tier]}}
              address: {value: {get_resource: area}}
            """;

    private static final String AREA =
            """
            heat_template_version: 2018-08-31
            parameters:
              cidr: {type: string}
              label: {type: string}
            resources:
              net: {type: OS::Neutron::Net, properties: {name: {get_param: label}}}
              subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: {get_param: cidr}}
            outputs:
              network: {value: {get_resource: net}}
              tier: {value: {resource_facade: metadata}}
            """;

    private DemoShop place;
    private Map<String, Long> bare;
    private DataSource database;
    private Workshop shop;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        bare = place.state();
        on(Databases::h2);
    }

    private void on(Supplier<DataSource> databases) {
        database = databases.get();
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

    @Test
    void aGroupGrowsAndShrinksOnH2() {
        growsAndShrinks();
    }

    @Test
    void aGroupGrowsAndShrinksOnPostgreSql() {
        on(Databases::postgres);
        growsAndShrinks();
    }

    private void growsAndShrinks() {
        var creation = shop.preview(null, "web", GROUP, Map.of());
        assertThat(inside(creation, "words")).containsExactly("create 0", "create 1", "create 2");
        var stack = run(creation);
        expect(stack, "CREATE_COMPLETE");
        var first = output(stack, "refs");
        assertThat(((Value.Items) first).values()).hasSize(3).doesNotHaveDuplicates();
        assertThat(output(stack, "list")).isEqualTo(first);
        assertThat(output(stack, "note")).isEqualTo(first);
        assertThat(output(stack, "map")).isEqualTo(output(stack, "all"));
        assertThat(output(stack, "first")).isEqualTo(((Value.Items) first).values().getFirst());
        assertThat(output(stack, "inner")).isEqualTo(output(stack, "first"));
        assertThat(shop.preview(stack, "web", GROUP, Map.of()).plan().changesNothing()).isTrue();

        var growth = shop.preview(stack, "web", GROUP, Map.of("count", "5"));
        assertThat(inside(growth, "words")).containsExactly("create 3", "create 4");
        assertThat(growth.plan().with(Action.UPDATE)).extracting("name").contains("note");
        run(growth);
        expect(stack, "UPDATE_COMPLETE");
        assertThat(((Value.Items) output(stack, "refs")).values())
                .hasSize(5)
                .containsAll(((Value.Items) first).values());
        assertThat(output(stack, "note")).isEqualTo(output(stack, "refs"));

        var removal = shop.preview(stack, "web", GROUP, Map.of("count", "2", "gone", "0"));
        assertThat(inside(removal, "words"))
                .containsExactlyInAnyOrder("delete 0", "delete 3", "delete 4");
        run(removal);
        expect(stack, "UPDATE_COMPLETE");
        assertThat(((Value.Entries) output(stack, "map")).values()).containsOnlyKeys("1", "2");
        assertThat(output(stack, "removed")).isEqualTo(Value.list(Value.of("0")));

        var same = Map.of("count", "2", "gone", "0");
        assertThat(shop.preview(stack, "web", GROUP, same).plan().changesNothing()).isTrue();

        run(shop.preview(stack, "web", GROUP, Map.of("count", "3")));
        assertThat(((Value.Entries) output(stack, "map")).values()).containsOnlyKeys("1", "2", "3");

        ends(stack);
    }

    @Test
    void aTemplateStandsBehindAResourceOnH2() {
        templateBehind();
    }

    @Test
    void aTemplateStandsBehindAResourceOnPostgreSql() {
        on(Databases::postgres);
        templateBehind();
    }

    private void templateBehind() {
        var creation = site(null, AREA, Map.of());
        assertThat(inside(creation, "area")).containsExactly("create net", "create subnet");
        assertThat(creation.plan().quota())
                .anyMatch(one -> one.quota().name().equals("NETWORKS") && one.change() == 1);
        var stack = run(creation);
        expect(stack, "CREATE_COMPLETE");
        assertThat(place.state().get("network")).isEqualTo(bare.get("network") + 1);
        assertThat(output(stack, "tier"))
                .isEqualTo(new Value.Entries(Map.of("tier", Value.of("web"))));
        assertThat(((Value.Text) output(stack, "address")).value())
                .startsWith("arn:openstack:heat::")
                .contains(":stacks/web-area-");
        var child = child(stack, "area");
        assertThat(child.name()).startsWith("web-area-");
        assertThat(shop.physicalId(stack, "area")).isEqualTo(child.id().toString());
        assertThat(site(stack, AREA, Map.of()).plan().changesNothing()).isTrue();

        var label = site(stack, AREA, Map.of("label", "second"));
        assertThat(inside(label, "area")).containsExactly("update net");
        assertThat(label.plan().with(Action.KEEP)).extracting("name").containsExactly("note");
        run(label);
        expect(stack, "UPDATE_COMPLETE");

        var other = AREA.replace("net: {type: OS::Neutron::Net", "net: {type: OS::Neutron::Net ");
        assertThat(site(stack, other, Map.of("label", "second")).plan().with(Action.UPDATE))
                .extracting("name")
                .containsExactly("area");

        var move = site(stack, AREA, Map.of("label", "second", "cidr", "10.82.0.0/24"));
        assertThat(inside(move, "area")).containsExactly("replace subnet");
        assertThat(move.plan().with(Action.KEEP)).isEmpty();
        run(move);
        expect(stack, "UPDATE_COMPLETE");

        ends(stack);
    }

    @Test
    void theFirstCauseNamesTheWayToIt() {
        var template =
                """
                heat_template_version: 2018-08-31
                parameters: {broken: {type: boolean, default: true}}
                resources:
                  outer: {type: mid.yaml, properties: {broken: {get_param: broken}}}
                """;
        var files =
                Map.of(
                        "mid.yaml",
                        """
                        heat_template_version: 2018-08-31
                        parameters: {broken: {type: boolean}}
                        resources:
                          tests:
                            type: OS::Heat::ResourceGroup
                            properties:
                              count: 2
                              resource_def:
                                type: OS::Heat::TestResource
                                properties: {value: a, fail: {get_param: broken}}
                        """);
        var stack = run(preview(null, template, files, Map.of()));
        expect(stack, "CREATE_FAILED");
        assertThat(shop.find(stack).reason())
                .matches("outer › tests › [01]: Test resource failed, as it was told to");
        assertThat(shop.find(stack).firstCause()).isEqualTo("outer");

        // What failed inside is made good inside; nothing is built anew that stands.
        var repair = preview(stack, template, files, Map.of("broken", "false"));
        assertThat(repair.plan().with(Action.UPDATE)).extracting("name").containsExactly("outer");
        run(repair);
        expect(stack, "UPDATE_COMPLETE");
        ends(stack);
    }

    @Test
    void membersAreReplacedInBatchesWithAPauseBetweenThem() {
        var template =
                """
                heat_template_version: 2018-08-31
                parameters: {length: {type: number, default: 8}}
                resources:
                  words:
                    type: OS::Heat::ResourceGroup
                    update_policy:
                      batch_create: {max_batch_size: 2}
                      rolling_update: {max_batch_size: 2, min_in_service: 1, pause_time: 30}
                    properties:
                      count: 5
                      resource_def:
                        type: OS::Heat::RandomString
                        properties: {length: {get_param: length}}
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var child = child(stack, "words");
        assertThat(child.version()).isEqualTo(3);

        var before = place.clock.instant();
        run(shop.preview(stack, "web", template, Map.of("length", "9")));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(child(stack, "words").version()).isEqualTo(6);
        assertThat(Duration.between(before, place.clock.instant()))
                .isGreaterThan(Duration.ofMinutes(1));
        assertThat(
                        shop.preview(stack, "web", template, Map.of("length", "9"))
                                .plan()
                                .changesNothing())
                .isTrue();
        ends(stack);
    }

    @Test
    void aScalingGroupKeepsWithinItsBounds() {
        var template =
                """
                heat_template_version: 2018-08-31
                parameters:
                  wanted: {type: number, default: 2}
                  length: {type: number, default: 8}
                resources:
                  scaled:
                    type: OS::Heat::AutoScalingGroup
                    properties:
                      min_size: 1
                      max_size: 4
                      desired_capacity: {get_param: wanted}
                      resource:
                        type: OS::Heat::RandomString
                        properties: {length: {get_param: length}}
                outputs:
                  size: {value: {get_attr: [scaled, current_size]}}
                  map: {value: {get_attr: [scaled, outputs, value]}}
                  list: {value: {get_attr: [scaled, outputs_list, value]}}
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        assertThat(output(stack, "size")).isEqualTo(Value.of(2));
        var two = ((Value.Entries) output(stack, "map")).values();
        assertThat(two).hasSize(2);
        assertThat(two.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9]{11}"));
        assertThat(((Value.Items) output(stack, "list")).values()).hasSize(2);

        run(shop.preview(stack, "web", template, Map.of("wanted", "9")));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(output(stack, "size")).isEqualTo(Value.of(4));
        assertThat(((Value.Entries) output(stack, "map")).values()).containsAllEntriesOf(two);

        // The oldest go first.
        run(shop.preview(stack, "web", template, Map.of("wanted", "2")));
        assertThat(((Value.Entries) output(stack, "map")).values())
                .hasSize(2)
                .doesNotContainKeys(two.keySet().toArray(String[]::new));

        run(shop.preview(stack, "web", template, Map.of("wanted", "2", "length", "12")));
        expect(stack, "UPDATE_COMPLETE");
        assertThat(((Value.Items) output(stack, "list")).values())
                .allMatch(value -> ((Value.Text) value).value().length() == 12);
        ends(stack);
    }

    @Test
    void aChainGivesEachMemberWhatItTakes() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  links:
                    type: OS::Heat::ResourceChain
                    properties:
                      resources: [OS::Heat::RandomString, OS::Heat::Value]
                      resource_properties: {length: 5, value: kept}
                outputs:
                  refs: {value: {get_attr: [links, refs]}}
                  values: {value: {get_attr: [links, attributes, value]}}
                """;
        var stack = run(shop.preview(null, "web", template, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var values = ((Value.Entries) output(stack, "values")).values();
        assertThat(values.get("1")).isEqualTo(Value.of("kept"));
        assertThat(((Value.Text) values.get("0")).value()).hasSize(5);
        ends(stack);
    }

    @Test
    void aWholeStackCanBeAResource() {
        var template =
                """
                heat_template_version: 2018-08-31
                parameters: {text: {type: string, default: a}, region: {type: string, default: ''}}
                resources:
                  whole:
                    type: OS::Heat::Stack
                    properties:
                      context: {region_name: {get_param: region}}
                      parameters: {text: {get_param: text}}
                      template: {get_file: whole.yaml}
                outputs:
                  text: {value: {get_attr: [whole, outputs, text]}}
                """;
        var files =
                Map.of(
                        "whole.yaml",
                        """
                        heat_template_version: 2018-08-31
                        parameters: {text: {type: string}}
                        resources:
                          kept: {type: OS::Heat::Value, properties: {value: {get_param: text}}}
                        outputs:
                          text: {value: {get_attr: [kept, value]}}
                        """);
        var stack = run(preview(null, template, files, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        assertThat(output(stack, "text")).isEqualTo(Value.of("a"));
        run(preview(stack, template, files, Map.of("text", "b")));
        assertThat(output(stack, "text")).isEqualTo(Value.of("b"));
        assertThat(refused(template, files, Map.of("region", "elsewhere"))).contains("region_name");
        ends(stack);
    }

    @Test
    void whatIsBehindAResourceTakesNoOrdersOfItsOwn() {
        var stack = run(site(null, AREA, Map.of()));
        var child = child(stack, "area");

        assertThat(shop.stacks.list(shop.viewer, new StackQuery("", "", "name", null, 50)).rows())
                .extracting("id")
                .containsExactly(stack);
        assertThat(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", child.id(), StackAction.DELETE))
                .isInstanceOfSatisfying(
                        PreviewOutcome.Refused.class,
                        refused ->
                                assertThat(refused.fields().getFirst().sentence())
                                        .contains("belongs to web")
                                        .contains("area"));
        assertThat(
                        shop.stacks.preview(
                                shop.viewer,
                                "alice",
                                new StackForm(
                                        child.id(),
                                        "",
                                        AREA,
                                        "",
                                        Map.of(),
                                        Map.of("cidr", "10.9.0.0/24", "label", "x"),
                                        null)))
                .isInstanceOf(PreviewOutcome.Refused.class);
        assertThat(shop.stacks.cancel(shop.viewer, child.id())).isFalse();
        assertThat(shop.stacks.protect(shop.viewer, child.id(), true)).isFalse();
        assertThat(shop.stacks.export(shop.viewer, child.id())).isEmpty();
        ends(stack);
    }

    @Test
    void whatIsBehindSleepsWakesAndIsCheckedWithTheWhole() {
        var stack = run(site(null, AREA, Map.of()));
        run(
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.SUSPEND)));
        expect(stack, "SUSPEND_COMPLETE");
        assertThat(child(stack, "area").status()).isEqualTo("SUSPEND_COMPLETE");
        run(
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.RESUME)));
        expect(stack, "RESUME_COMPLETE");

        shop.stacks.check(shop.viewer, place.token, stack);
        shop.worker().turnUntilIdle();
        expect(stack, "CHECK_COMPLETE");
        assertThat(child(stack, "area").status()).isEqualTo("CHECK_COMPLETE");

        assertThat(
                        shop.stacks.judge(
                                shop.viewer, child(stack, "area").id(), "net", false, "it is odd"))
                .isTrue();
        assertThat(inside(site(stack, AREA, Map.of()), "area")).contains("replace net");
        ends(stack);
    }

    @Test
    void whatIsRetainedBecomesAStackOfItsOwn() {
        var template = SITE.replace("    metadata:", "    deletion_policy: Retain\n    metadata:");
        var stack = run(preview(null, template, Map.of("area.yaml", AREA), Map.of()));
        var child = child(stack, "area").id();
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(shop.find(child).isInside()).isFalse();
        assertThat(shop.stacks.list(shop.viewer, new StackQuery("", "", "name", null, 50)).rows())
                .extracting("id")
                .containsExactly(child);
        ends(child);
    }

    @Test
    void anAbandonedStackTakesItsInsideAlong() {
        var stack = run(site(null, AREA, Map.of()));
        var child = child(stack, "area").id();
        run(
                planned(
                        shop.stacks.previewAsItStands(
                                shop.viewer, "alice", stack, StackAction.ABANDON)));
        expect(stack, "ABANDON_COMPLETE");
        assertThat(shop.find(child).deletedAt()).isNotNull();
        assertThat(place.state().get("network")).isEqualTo(bare.get("network") + 1);
    }

    @Test
    void whoeverStopsTheWholeStopsWhatIsInside() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  slow:
                    type: OS::Heat::ResourceGroup
                    properties:
                      count: 2
                      resource_def:
                        type: OS::Heat::TestResource
                        properties: {value: a, wait_secs: 600}
                """;
        var started = shop.apply(shop.preview(null, "web", template, Map.of()));
        var stack = ((ApplyOutcome.Started) started).stack();
        var worker = shop.worker();
        worker.turn();
        worker.turn();
        assertThat(child(stack, "slow").isMoving()).isTrue();
        assertThat(shop.stacks.cancel(shop.viewer, stack)).isTrue();
        worker.turnUntilIdle(Duration.ofSeconds(30));
        expect(stack, "CREATE_FAILED");
        assertThat(child(stack, "slow").status()).isEqualTo("CREATE_FAILED");
        assertThat(credentials()).isZero();
        ends(stack);
    }

    @Test
    void hiddenValuesStayHiddenBehindAGroup() {
        var template =
                """
                heat_template_version: 2018-08-31
                parameters: {secret: {type: string, hidden: true}}
                resources:
                  words:
                    type: OS::Heat::ResourceGroup
                    properties:
                      count: 1
                      resource_def:
                        type: OS::Heat::Value
                        properties: {value: {get_param: secret}}
                  file: {type: file.yaml, properties: {secret: {get_param: secret}}}
                """;
        var files =
                Map.of(
                        "file.yaml",
                        """
                        heat_template_version: 2018-08-31
                        parameters: {secret: {type: string, hidden: true}}
                        resources:
                          kept: {type: OS::Heat::Value, properties: {value: {get_param: secret}}}
                        """);
        var stack = run(preview(null, template, files, Map.of("secret", "canary-4711")));
        expect(stack, "CREATE_COMPLETE");
        for (var table :
                List.of(
                        "stack",
                        "stack_version",
                        "stack_resource",
                        "stack_event",
                        "stored_plan",
                        "step",
                        "journal",
                        "execution")) {
            assertThat(new JdbcTemplate(database).queryForList("select * from " + table).toString())
                    .as(table)
                    .doesNotContain("canary-4711");
        }
        for (var child : shop.stacks.inside(shop.viewer, stack)) {
            assertThat(shop.stacks.versions(shop.viewer, child.id()).toString())
                    .doesNotContain("canary-4711");
        }
        ends(stack);
    }

    @Test
    void whatCannotBeMadeInsideIsRefusedBeforeAnythingBegins() {
        var template =
                """
                heat_template_version: 2018-08-31
                resources:
                  many:
                    type: OS::Heat::ResourceGroup
                    properties:
                      resource_def: {type: OS::Heat::SwiftSignalHandle}
                """;
        assertThat(refused(template, Map.of(), Map.of())).contains("OS::Heat::SwiftSignalHandle");
    }

    private String refused(
            String template, Map<String, String> files, Map<String, String> parameters) {
        var outcome =
                shop.stacks.preview(
                        shop.viewer,
                        "alice",
                        new StackForm(null, "other", template, "", files, parameters, null));
        assertThat(outcome).isInstanceOf(PreviewOutcome.Refused.class);
        return ((PreviewOutcome.Refused) outcome)
                .diagnostics().errors().stream()
                        .map(error -> error.detail())
                        .collect(Collectors.joining("\n"));
    }

    private StoredPlan site(@Nullable UUID stack, String area, Map<String, String> parameters) {
        return preview(stack, SITE, Map.of("area.yaml", area), parameters);
    }

    private StoredPlan preview(
            @Nullable UUID stack,
            String template,
            Map<String, String> files,
            Map<String, String> parameters) {
        return shop.preview(new StackForm(stack, "web", template, "", files, parameters, null));
    }

    private static StoredPlan planned(PreviewOutcome outcome) {
        assertThat(outcome).isInstanceOf(PreviewOutcome.Planned.class);
        return ((PreviewOutcome.Planned) outcome).plan();
    }

    private static List<String> inside(StoredPlan plan, String resource) {
        return plan.plan().changes().stream()
                .filter(change -> change.name().equals(resource))
                .flatMap(change -> change.inside().stream())
                .map(StackInsideTest::words)
                .toList();
    }

    private static String words(InnerChange change) {
        return change.action().name().toLowerCase(java.util.Locale.ROOT) + " " + change.name();
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

    private StackView child(UUID stack, String resource) {
        return shop.stacks.inside(shop.viewer, stack).stream()
                .filter(one -> resource.equals(one.parentResource()))
                .findFirst()
                .orElseThrow();
    }

    private Value output(UUID stack, String name) {
        return shop.stacks.outputs(shop.viewer, stack).stream()
                .filter(output -> output.name().equals(name))
                .peek(output -> assertThat(output.error()).as(name).isEmpty())
                .findFirst()
                .orElseThrow()
                .value();
    }

    private int credentials() {
        return new JdbcTemplate(database)
                .queryForObject("select count(*) from credential", Integer.class);
    }

    /** Deleted, it leaves nothing: no object, no credential, no living stack. */
    private void ends(UUID stack) {
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
        assertThat(credentials()).isZero();
        assertThat(shop.stacks.inside(shop.viewer, stack)).isEmpty();
        assertThat(
                        Set.copyOf(
                                new JdbcTemplate(database)
                                        .queryForList(
                                                "select name from stack where live_name is not"
                                                        + " null",
                                                String.class)))
                .isEmpty();
    }
}
