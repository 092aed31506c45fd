package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The parameters of a template as a form. */
class ParameterFormTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            parameter_groups:
              - label: Size
                description: How much of it
                parameters: [count, flavor]
              - label: Access
                parameters: [password]
            parameters:
              password:
                type: string
                hidden: true
                label: Root password
                description: Nobody sees it
                default: correct-battery
                constraints:
                  - length: { min: 8, max: 64 }
              note: { type: string, default: fine }
              flavor:
                type: string
                constraints: [{ custom_constraint: nova.flavor }]
              image:
                type: string
                constraints: [{ custom_constraint: glance.image }]
              count:
                type: number
                default: 3
                constraints:
                  - range: { min: 1, max: 9 }
              zones:
                type: comma_delimited_list
                default: a,b
                constraints:
                  - allowed_values: [a, b, c]
            resources:
              one:
                type: OS::Heat::Value
                properties:
                  value: [{ get_param: note }]
            """;

    private final Client alice = Client.of(App.started(), "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks/";

    private Document form(Map<String, String> more) {
        var sent = new java.util.HashMap<>(Map.of("template", TEMPLATE, "do", "read"));
        sent.putAll(more);
        return alice.submit(stacks + "new", sent).page();
    }

    @Test
    void groupsComeInTheirOrderAndTheRestLast() {
        var page = form(Map.of());

        assertThat(page.select("fieldset.group legend").eachText())
                .containsExactly("Size", "Access", "Other parameters");
        assertThat(page.expectFirst("fieldset.group").select("[name]").eachAttr("name"))
                .containsExactly("p.count", "p.flavor");
        assertThat(page.expectFirst("fieldset.group").text()).contains("How much of it");
    }

    @Test
    void whatIsHiddenIsNeverShownAndWhatHoldsIsSaid() {
        var page = form(Map.of("p.password", "correct horse"));

        assertThat(page.expectFirst("[id='p.password']").attr("type")).isEqualTo("password");
        assertThat(page.html()).doesNotContain("correct horse");
        assertThat(page.select("label[for=p.password]").text()).contains("Root password");
        assertThat(page.expectFirst("[id='p.password-hint']").text())
                .startsWith("Nobody sees it. From 8 to 64")
                .contains("Leave it empty for the value in the template")
                .doesNotContain("correct-battery");
        assertThat(page.expectFirst("[id='p.count-hint']").text())
                .contains("From 1 to 9", "Default: 3");
        assertThat(page.expectFirst("[id='p.zones-hint']").text()).contains("a, b, c");
    }

    @Test
    void pickersShowNamesAndSendIds() {
        var page = form(Map.of());

        var images = page.expectFirst("[id='p.image']").select("option[value~=^[0-9a-f-]{36}$]");
        assertThat(images).isNotEmpty();
        assertThat(images.eachText()).doesNotHaveDuplicates();
        assertThat(page.expectFirst("[id='p.flavor']").select("option").eachText())
                .anyMatch(text -> text.contains("vCPU"));
    }

    @Test
    void aNameThatWasTypedStaysAName() {
        var image =
                form(Map.of()).expectFirst("[id='p.image']").select("option[value]").stream()
                        .filter(option -> !option.attr("value").isEmpty())
                        .findFirst()
                        .orElseThrow()
                        .text();

        var chosen =
                form(Map.of("p.image", image)).expectFirst("[id='p.image']").select("[selected]");

        assertThat(chosen.attr("value")).isEqualTo(image);
    }
}
