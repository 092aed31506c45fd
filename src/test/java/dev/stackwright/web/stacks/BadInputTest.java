package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.demo.DemoCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody types gets a sentence that says what to do, and is still there afterwards. */
class BadInputTest {

    private static final String SOUND =
            """
            heat_template_version: 2021-04-16
            parameters:
              count: { type: number, default: 1 }
            resources:
              one: { type: OS::Heat::Value, properties: { value: { get_param: count } } }
            """;

    /** What the check says of the template, or of the fields. */
    private static final String SAID = "#marks, .errsum";

    private final App app = App.started();
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";
    private final Browser browser = Browser.at(app);

    @BeforeEach
    void aliceComesIn() {
        browser.signIn("alice");
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    @Test
    void aTemplateOfAMegabyteIsTooLong() {
        preview("big", SOUND + "# " + "x".repeat(1 << 20));

        browser.awaitText(SAID, "524,288", "get_file");
        assertThat(browser.written().length()).isGreaterThan(1 << 20);
    }

    @Test
    void aBombDoesNotGoOff() {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c < 'k'; c++) {
            bomb.append("%c: &%c [".formatted(c, c))
                    .append(("*" + (char) (c - 1) + ", ").repeat(10))
                    .append("]\n");
        }

        preview("bomb", bomb + SOUND);

        assertThat(browser.text(SAID)).isNotBlank().doesNotContain("Exception");
        assertThat(browser.written()).contains("&b", "OS::Heat::Value");
    }

    @Test
    void whatIsNestedTooDeeplyIsSaid() {
        preview("deep", SOUND + "x: " + "[".repeat(5000) + "]".repeat(5000) + "\n");

        assertThat(browser.text(SAID)).isNotBlank().doesNotContain("Exception", "StackOverflow");
        assertThat(browser.written()).contains("[[[");
    }

    @Test
    void aValueOfTheWrongTypeIsMarkedAtItsField() {
        browser.open(stacks + "/new")
                .write(SOUND)
                .press("button[value=read]")
                .type("p.count", "many")
                .type("name", "wrong-type")
                .press("button[value=preview]")
                .awaitText(SAID, "count");

        assertThat(browser.value("p.count")).isEqualTo("many");
        assertThat(browser.value("name")).isEqualTo("wrong-type");
    }

    @Test
    void aNameThatIsTakenIsSaidWithAnother() {
        preview("taken", SOUND);
        assertThat(browser.address()).contains("/plans/");
        browser.press(".approve button.go");
        preview("taken", SOUND);

        browser.awaitText(SAID, "taken", "taken-2");
        assertThat(browser.written()).contains("get_param: count");
    }

    @Test
    void aQuotaThatDoesNotSufficeIsSaidOnThePlan() {
        preview(
                "too-much",
                """
                heat_template_version: 2021-04-16
                resources:
                  volume: { type: OS::Cinder::Volume, properties: { size: 900000 } }
                """);

        assertThat(browser.address()).contains("/plans/");
        assertThat(browser.text("main")).contains("quota").contains("Ask for more");
        assertThat(browser.found(".approve button[aria-disabled]")).hasSize(1);
        browser.press(".approve a");
        assertThat(browser.written()).contains("900000");
    }

    private void preview(String name, String template) {
        browser.open(stacks + "/new")
                .type("name", name)
                .write(template)
                .press("button[value=preview]");
    }
}
