package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static Environment read(String text) {
        var read = Environment.read(text);
        assertThat(read.diagnostics().errors()).isEmpty();
        return read.environment();
    }

    private static Environment.Several merged(String... texts) {
        return Environment.readAll(List.of(texts), null, Limits.DEFAULT);
    }

    @Test
    void anExactNameGoesBeforeAPatternAndALongPatternBeforeAShortOne() {
        var registry =
                read("""
                resource_registry:
                  OS::Quantum*: OS::Neutron*
                  OS::Quantum::P*: OS::Heat::None
                  OS::Quantum::Port: my_port.yaml
                """)
                        .registry();

        assertThat(registry.resolve("r", "OS::Quantum::Net")).contains("OS::Neutron::Net");
        assertThat(registry.resolve("r", "OS::Quantum::Pool")).contains("OS::Heat::None");
        assertThat(registry.resolve("r", "OS::Quantum::Port")).contains("my_port.yaml");
    }

    @Test
    void singleResourcesHaveTypesHooksAndRestrictionsOfTheirOwnAndSoHasWhatIsNested() {
        var environment =
                read(
                        """
                        parameters: { a: 1 }
                        parameter_defaults: { b: 2 }
                        resource_registry:
                          OS::Heat::Thing: thing.yaml
                          resources:
                            web*:
                              OS::Nova::Server: server.yaml
                              hooks: [pre-create, post-delete]
                              disk:
                                OS::Cinder::Volume: OS::Heat::None
                                restricted_actions: replace
                        """);
        var registry = environment.registry();

        assertThat(registry.resolve("web1", "OS::Nova::Server")).contains("server.yaml");
        assertThat(registry.resolve("db", "OS::Nova::Server")).contains("OS::Nova::Server");
        assertThat(registry.hooksOf("web1")).containsExactly(Hook.PRE_CREATE, Hook.POST_DELETE);
        assertThat(registry.restrictedActionsOf("web1")).isEmpty();
        var inside = environment.inside("web1", "OS::Nova::Server");
        assertThat(inside.parameters()).isEmpty();
        assertThat(inside.parameterDefaults()).containsOnlyKeys("b");
        assertThat(inside.registry().resolve("disk", "OS::Cinder::Volume"))
                .contains("OS::Heat::None");
        assertThat(inside.registry().restrictedActionsOf("disk"))
                .containsExactly(RestrictedAction.REPLACE);
        assertThat(inside.registry().resolve("x", "OS::Heat::Thing")).contains("thing.yaml");
    }

    @Test
    void mistakesHaveALineAColumnAndAFix() {
        var said =
                Environment.read(
                                """
                                parameters: {}
                                resource_registri: {}
                                resource_registry:
                                  resources:
                                    web: { hooks: pre-creat }
                                parameter_merge_strategies: { a: merg }
                                event_sinks: [{ target: q }]
                                encrypted_param_names: secret
                                """)
                        .diagnostics();

        assertThat(said.all())
                .extracting(found -> found.code() + " " + found.range())
                .containsExactly(
                        "SW1701 2:1", "SW1702 5:19", "SW1703 6:34", "SW1702 7:15", "SW1702 8:24");
        assertThat(said.all().stream().map(Diagnostic::fixes).filter(f -> !f.isEmpty())).hasSize(3);
    }

    @Test
    void theLastFileCountsUnlessTheFirstAsksToBeMerged() {
        var both =
                merged(
                        """
                        parameters: { t: a, n: 1, l: [x], m: { k: { i: 1 } }, o: old }
                        parameter_merge_strategies: { default: merge, m: deep_merge, o: overwrite }
                        """,
                        "parameters: { t: b, n: 2, l: [y], m: { k: { j: 2 } }, o: new }");

        assertThat(both.diagnostics()).allMatch(said -> said.isEmpty());
        assertThat(both.environment().parameters())
                .containsEntry("t", Value.of("ab"))
                .containsEntry("n", Value.of(3))
                .containsEntry("l", Value.list(Value.of("x"), Value.of("y")))
                .containsEntry(
                        "m",
                        new Value.Entries(
                                Map.of(
                                        "k",
                                        new Value.Entries(
                                                Map.of("i", Value.of(1), "j", Value.of(2))))))
                .containsEntry("o", Value.of("new"));
    }

    @Test
    void flagsAndQuarrellingStrategiesAreRefusedInTheFileThatHasThem() {
        var said =
                merged(
                                """
                                parameters: { a: true, b: x }
                                parameter_merge_strategies: { a: merge, b: merge }
                                """,
                                "parameters: { a: false, b: y }",
                                """
                                parameters: { b: z }
                                parameter_merge_strategies: { b: overwrite }
                                """)
                        .diagnostics();

        assertThat(said.get(0).all()).isEmpty();
        assertThat(said.get(1).all()).extracting("code").containsExactly("SW1703");
        assertThat(said.get(2).all()).extracting("code").containsExactly("SW1703");
    }

    @Test
    void aFileWithoutAStrategyOverwritesAndNoLaterFileMayWantItMerged() {
        var overwritten =
                merged(
                        "parameters: { a: x }",
                        "{ parameters: { a: y }, parameter_merge_strategies: { default: merge } }");
        var refused =
                merged(
                        "parameters: { a: x }",
                        "{ parameters: { a: y }, parameter_merge_strategies: { a: merge } }");

        assertThat(overwritten.environment().parameters()).containsEntry("a", Value.of("y"));
        assertThat(overwritten.diagnostics()).allMatch(said -> said.isEmpty());
        assertThat(refused.diagnostics().getLast().errors())
                .singleElement()
                .satisfies(said ->
                        assertThat(said.detail())
                                .contains("asks for merge here", "overwrite", "first file"));
    }

    @Test
    void anEnvironmentSurvivesBeingWrittenDown() {
        var environment =
                read(
                        """
                        parameters: { z: 1, a: [x, 'é'] }
                        parameter_defaults: { b: null }
                        encrypted_param_names: [z]
                        event_sinks: [{ type: zaqar-queue, target: q, ttl: 60 }]
                        resource_registry:
                          OS::A::*: null
                          resources:
                            web: { OS::Nova::Server: s.yaml, hooks: pre-create, in: { OS::X::Y: z.yaml } }
                        """);

        assertThat(read(environment.text())).isEqualTo(environment);
        assertThat(read(Environment.EMPTY.text())).isEqualTo(Environment.EMPTY);
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsToldWhereItStandsWithTheNameThatWasMeant() {
        var template =
                TemplateReader.read(
                                """
                                heat_template_version: 2018-08-31
                                parameters: { flavor: { type: string } }
                                """,
                                Limits.DEFAULT)
                        .template()
                        .orElseThrow();
        String text =
                """
                parameters:
                  flavor: small
                  flavour: large
                parameter_defaults:
                  anything: goes
                """;

        var found =
                Environment.check(text, template, Constraints.UNCHECKED, Limits.DEFAULT).errors();
        var several =
                Environment.readAll(List.of("flavor: a", text), template, Limits.DEFAULT)
                        .diagnostics();

        assertThat(found)
                .singleElement()
                .satisfies(unknown -> {
                    assertThat(unknown.code()).isEqualTo("SW1207");
                    assertThat(unknown.range()).hasToString("3:3");
                    assertThat(unknown.detail())
                            .isEqualTo(
                                    "The template has no parameter `flavour`. Did you mean"
                                            + " `flavor`?");
                    assertThat(unknown.fixes().getFirst().replacement()).isEqualTo("flavor");
                });
        assertThat(several.getFirst().errors()).isEmpty();
        assertThat(several.getLast().errors()).hasSize(1);
    }

    @Test
    void parametersThatTheEnvironmentCallsSecretAreHidden() {
        var template =
                TemplateReader.read(
                                """
                                heat_template_version: 2018-08-31
                                parameters:
                                  token: { type: string }
                                  flavor: { type: string }
                                """,
                                Limits.DEFAULT)
                        .template()
                        .orElseThrow();
        var environment =
                Environment.read(
                                """
                                parameters: { token: abc, flavor: small }
                                encrypted_param_names: [token]
                                """)
                        .environment();

        var values =
                ParameterValues.of(
                                template,
                                environment,
                                StackIdentity.UNKNOWN,
                                Constraints.UNCHECKED,
                                true)
                        .values();

        assertThat(values.hidden()).containsExactly("token");
    }

    @Test
    void severalFilesStandInOneTextAndMistakesKeepTheirPlaces() {
        String text =
                """
                # what all have
                ---
                parameters: { zone: north, size: 1 }
                parameter_merge_strategies: { zone: merge }
                --- # of this place
                parameters:
                  zone: -2
                  size: 2
                parameter_merge_strategies: { zone: merge }
                resource_registry: { OS::Heat::Thing: thing.yaml }
                ---
                parameters:
                  sise: 3
                event_sinks: [{ type: zaqar-queue, target: mail }]
                """;
        var template =
                TemplateReader.read(
                                """
                                heat_template_version: 2018-08-31
                                parameters:
                                  zone: { type: string }
                                  size:
                                    type: number
                                    constraints: [{ range: { max: 1 } }]
                                """)
                        .template()
                        .orElseThrow();

        var read = Environment.read(text, template, Limits.DEFAULT);
        assertThat(read.diagnostics().errors()).isEmpty();
        assertThat(read.environment().parameters())
                .containsEntry("zone", Value.of("north-2"))
                .containsEntry("size", Value.of(2));
        assertThat(read.environment().registry().types()).containsKey("OS::Heat::Thing");

        assertThat(
                        Environment.check(text, template, Constraints.UNCHECKED, Limits.DEFAULT)
                                .all()
                                .stream()
                                .map(one -> one.code() + " " + one.range() + " " + one.severity()))
                .containsExactly("SW1205 8:3 ERROR", "SW1207 13:3 ERROR", "SW1704 14:15 WARNING");
    }

    @Test
    void aTextOfDashesAloneIsReadInNoTime() {
        String dashes = "---\n".repeat(100_000);

        assertThat(Environment.read(dashes).environment().parameters()).isEmpty();
        assertThat(Environment.read("---\na: 1\n").environment().parameters())
                .containsEntry("a", Value.of(1));
        assertThat(Environment.read("%YAML 1.1\n---\na: 1\n").environment().parameters())
                .containsEntry("a", Value.of(1));
        assertThat(Environment.read("a: 1\r\n---\r\na: 2\r\n").environment().parameters())
                .containsEntry("a", Value.of(2));
        assertThat(Environment.read("a: |\n  ---\n  b\n").environment().parameters())
                .containsEntry("a", Value.of("---\nb\n"));
    }

    @Test
    void valuesThatDoNotFitAreToldWhereTheEnvironmentGivesThem() {
        var template =
                TemplateReader.read(
                                """
                                heat_template_version: 2018-08-31
                                parameters:
                                  net: { type: string, constraints: [{ custom_constraint: net_cidr }] }
                                  key: { type: string, hidden: true, constraints: [{ length: { min: 9 } }] }
                                  count: { type: number, default: many }
                                """)
                        .template()
                        .orElseThrow();
        var said =
                Environment.check(
                        """
                        parameter_defaults:
                          net: 10.0.0.0
                        parameters:
                          key: secret
                        """,
                        template,
                        Constraints.UNCHECKED,
                        Limits.DEFAULT);

        assertThat(said.all().stream().map(one -> one.range() + " " + one.detail()))
                .containsExactly(
                        "2:3 `10.0.0.0` does not fit the parameter `net`. It must be a network in"
                                + " CIDR form, such as 10.0.0.0/24.",
                        "4:3 The value does not fit the parameter `key`. Its length is 6; it must"
                                + " be at least 9.");
    }
}
