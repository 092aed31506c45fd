package dev.stackwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.TemplateCheck;
import dev.stackwright.template.TemplateReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change whose cause lies outside the template says so. */
class PlanCausesTest {

    private static final String TEMPLATE =
            """
            heat_template_version: rocky
            resources:
              store: { type: Site::Store, properties: { size: 1 } }
              text:
                type: OS::Heat::Value
                properties: { value: { get_file: hello.txt } }
            """;

    private static CheckedTemplate template(String store, String hello) {
        return TemplateCheck.check(
                        TemplateReader.read(TEMPLATE).template().orElseThrow(),
                        Environment.read("resource_registry: { Site::Store: " + store + " }")
                                .environment(),
                        Map.of("hello.txt", hello),
                        Catalog.builtIn(),
                        Constraints.UNCHECKED)
                .template()
                .orElseThrow();
    }

    private static Plan plan(CheckedTemplate before, CheckedTemplate after) {
        return PlanCases.PLANNER.update(
                PlanCases.deployed(before, Map.of()), before.source(), after, after.values());
    }

    @Test
    void anotherTypeBehindTheSameNameIsTheEnvironments() {
        var plan = plan(template("OS::Cinder::Volume", "hi"), template("OS::Heat::None", "hi"));

        assertThat(plan.changes())
                .filteredOn(Change::isChange)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.name()).isEqualTo("store");
                    assertThat(change.action()).isEqualTo(Action.REPLACE);
                    assertThat(change.reasons()).contains(Reason.ENVIRONMENT, Reason.TYPE);
                });
    }

    @Test
    void anotherTextOfAFileIsNotTheTemplates() {
        var plan =
                plan(template("OS::Cinder::Volume", "hi"), template("OS::Cinder::Volume", "hello"));

        assertThat(plan.changes())
                .flatExtracting(Change::properties)
                .extracting(PropertyChange::path, PropertyChange::cause)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("value", Reason.ENVIRONMENT));
    }
}
