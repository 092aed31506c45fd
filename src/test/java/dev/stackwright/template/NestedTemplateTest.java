package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NestedTemplateTest {

    private static final String VERSION = "heat_template_version: 2021-04-16\n";

    private static final String MEMBER =
            VERSION
                    + """
                    parameters:
                      size: { type: number, constraints: [{ range: { min: 1 } }] }
                      label: { type: string, default: none }
                    resources:
                      disk:
                        type: OS::Cinder::Volume
                        deletion_policy: { resource_facade: deletion_policy }
                        metadata: { resource_facade: metadata }
                        properties: { size: { get_param: size } }
                    outputs:
                      disk_id: { value: { get_resource: disk } }
                      label: { value: { get_param: label } }
                    """;

    private static Checked check(String text, String environment, Map<String, String> files) {
        return TemplateCheck.check(
                TemplateReader.read(VERSION + text).template().orElseThrow(),
                Environment.read(environment).environment(),
                files,
                Catalog.builtIn(),
                Constraints.UNCHECKED);
    }

    private static List<String> told(Checked checked) {
        return checked.diagnostics().all().stream()
                .filter(Diagnostic::isError)
                .map(found -> found.code() + " " + found.range() + " " + found.detail())
                .toList();
    }

    @Test
    void parametersArePropertiesAndOutputsAreAttributes() {
        var checked =
                check(
                        """
                        resources:
                          store:
                            type: disk.yaml
                            deletion_policy: Retain
                            metadata: { who: alice }
                            properties: { size: 4 }
                        outputs:
                          id: { value: { get_attr: [store, disk_id] } }
                        """,
                        "",
                        Map.of("disk.yaml", MEMBER));

        assertThat(told(checked)).isEmpty();
        var template = checked.template().orElseThrow();
        var nested = template.nestedOf("store").orElseThrow();
        assertThat(nested.type().properties()).containsOnlyKeys("size", "label");
        assertThat(nested.type().attributes()).containsOnlyKeys("disk_id", "label");

        var resolver = Resolver.of(template, Lookup.NOTHING_YET);
        var inside =
                nested.check(
                                resolver.properties("store"),
                                resolver.facadeOf("store"),
                                new StackIdentity("shop-store", "7", "p"),
                                Constraints.UNCHECKED,
                                CheckOptions.LAUNCH)
                        .template()
                        .orElseThrow();
        assertThat(inside.deletionPolicyOf("disk")).isEqualTo(DeletionPolicy.RETAIN);
        var within = Resolver.of(inside, Lookup.NOTHING_YET);
        assertThat(
                        within.resolve(
                                java.util.Objects.requireNonNull(inside.resources().get("disk"))
                                        .metadata()))
                .isEqualTo(new Value.Entries(Map.of("who", Value.of("alice"))));
        assertThat(within.outputs()).containsEntry("label", Value.of("none"));
    }

    private static final String ASKING_HOT =
            VERSION
                    + """
                    outputs:
                      metadata: { value: { resource_facade: metadata } }
                      deletion: { value: { resource_facade: deletion_policy } }
                      update: { value: { resource_facade: update_policy } }
                    """;

    private static final String ASKING_CFN =
            """
            AWSTemplateFormatVersion: 2010-09-09
            Outputs:
              metadata: { Value: { Fn::ResourceFacade: Metadata } }
              deletion: { Value: { Fn::ResourceFacade: DeletionPolicy } }
              update: { Value: { Fn::ResourceFacade: UpdatePolicy } }
            """;

    @Test
    void aNestedTemplateReadsEachPartOfTheResourceThatItStandsFor() {
        String around =
                """
                parameters:
                  who: { type: string, default: alice }
                resources:
                  full:
                    type: ask.yaml
                    metadata: { who: { get_param: who } }
                    deletion_policy: retain
                    update_policy: { rolling_update: { max_batch_size: 2 } }
                  bare: { type: ask.yaml }
                """;
        for (String asking : List.of(ASKING_HOT, ASKING_CFN)) {
            var checked = check(around, "", Map.of("ask.yaml", asking));
            assertThat(told(checked)).isEmpty();
            var template = checked.template().orElseThrow();

            assertThat(outputs(template, "full"))
                    .isEqualTo(
                            Map.of(
                                    "metadata",
                                    new Value.Entries(Map.of("who", Value.of("alice"))),
                                    "deletion",
                                    Value.of("Retain"),
                                    "update",
                                    new Value.Entries(
                                            Map.of(
                                                    "rolling_update",
                                                    new Value.Entries(
                                                            Map.of(
                                                                    "max_batch_size",
                                                                    Value.of(2)))))));
            assertThat(outputs(template, "bare"))
                    .isEqualTo(
                            Map.of(
                                    "metadata",
                                    new Value.Entries(Map.of()),
                                    "deletion",
                                    Value.of("Delete"),
                                    "update",
                                    new Value.Entries(Map.of())));
        }
    }

    private static Map<String, Value> outputs(CheckedTemplate template, String resource) {
        var inside =
                template.nestedOf(resource)
                        .orElseThrow()
                        .check(
                                new Value.Entries(Map.of()),
                                Resolver.of(template, Lookup.NOTHING_YET).facadeOf(resource),
                                new StackIdentity("shop-" + resource, "7", "p"),
                                Constraints.UNCHECKED,
                                CheckOptions.LAUNCH)
                        .template()
                        .orElseThrow();
        return Resolver.of(inside, Lookup.NOTHING_YET).outputs();
    }

    @Test
    void whatTheFacadeDoesNotHaveIsToldWhereItIsAsked() {
        var checked =
                check(
                        """
                        outputs:
                          a: { value: { resource_facade: properties } }
                          b: { value: { resource_facade: [metadata] } }
                        """,
                        "",
                        Map.of());

        assertThat(told(checked)).hasSize(2).allMatch(line -> line.startsWith("SW14"));
    }

    @Test
    void propertiesAreHeldAgainstTheParametersOfTheFile() {
        var checked =
                check(
                        """
                        resources:
                          a: { type: disk.yaml, properties: { size: 0 } }
                          b: { type: disk.yaml, properties: { size: many } }
                          c: { type: disk.yaml, properties: { sise: 1 } }
                          d: { type: disk.yaml }
                        """,
                        "",
                        Map.of("disk.yaml", MEMBER));

        assertThat(told(checked))
                .extracting(line -> line.substring(0, 6))
                .containsOnly("SW1307", "SW1306", "SW1304", "SW1305", "SW1802");
    }

    @Test
    void whatIsWrongInAGroupsMemberIsToldWhereItIsWritten() {
        var checked =
                check(
                        """
                        resources:
                          group:
                            type: OS::Heat::ResourceGroup
                            properties:
                              count: 3
                              resource_def:
                                type: OS::Cinder::Volume
                                properties:
                                  size: -1
                        """,
                        "",
                        Map.of());

        assertThat(told(checked)).hasSize(1);
        assertThat(told(checked).getFirst()).startsWith("SW1307 10:").contains("size");
    }

    @Test
    void aTemplateThatUsesItselfIsRefused() {
        String itself = VERSION + "resources: { again: { type: self.yaml } }";

        assertThat(
                        told(
                                check(
                                        "resources: { first: { type: self.yaml } }",
                                        "",
                                        Map.of("self.yaml", itself))))
                .anyMatch(line -> line.startsWith("SW1802"));
    }

    @Test
    void aTemplateMayStandForABuiltInTypeAndUseIt() {
        String volume =
                VERSION
                        + """
                        parameters: { size: { type: number } }
                        resources:
                          real: { type: OS::Cinder::Volume, properties: { size: { get_param: size } } }
                        """;
        var checked =
                check(
                        """
                        resources:
                          store: { type: OS::Cinder::Volume, properties: { size: 1 } }
                        """,
                        "resource_registry: { 'OS::Cinder::Volume': volume.yaml }",
                        Map.of("volume.yaml", volume));

        assertThat(told(checked)).isEmpty();
        assertThat(checked.template().orElseThrow().nestedOf("store")).isPresent();
    }

    @Test
    void groupsCountTheirMembersByNameAndSkipThoseTakenAway() {
        var properties =
                new Value.Entries(
                        Map.of(
                                "resource_def",
                                new Value.Entries(
                                        Map.of(
                                                "type",
                                                Value.of("OS::Cinder::Volume"),
                                                "properties",
                                                new Value.Entries(
                                                        Map.of("name", Value.of("v-%index%")))))));
        var names = Members.names(2, Set.of("0"));
        var template = Members.template(Members.ofResourceGroup(properties, names));

        assertThat(template.resources()).containsOnlyKeys("1", "2");
        var again = TemplateReader.read(template.text()).template().orElseThrow();
        assertThat(again.resources()).containsOnlyKeys("1", "2");
        assertThat(template.text()).contains("v-2");
    }

    @Test
    void resourcesOfNestedTemplatesCountTowardsTheLimit() {
        assertThat(
                        told(
                                check(
                                        """
                                        resources:
                                          group:
                                            type: OS::Heat::ResourceGroup
                                            properties:
                                              count: 2000
                                              resource_def: { type: OS::Heat::RandomString }
                                        """,
                                        "",
                                        Map.of())))
                .anyMatch(line -> line.startsWith("SW1108"));
    }
}
