package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Names and values that want to be more than that, on every page of a stack. */
class HostileStackTest {

    private static final String IMG = "<img src=x onerror=window.hurt=1>";
    private static final String RTL = "\u202Egnp.exe";
    private static final String ANSI = "\u001B[31mred";
    private static final String EMOJI = "\uD83D\uDE80".repeat(100);

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String shop = "/c/demo/p/" + DemoCloud.projectId("shop");

    @Test
    void hostileNamesAreTextOnEveryPageOfAStack() {
        var template =
                """
                heat_template_version: 2021-04-16
                description: %1$s
                parameter_groups:
                  - { label: %1$s, description: %2$s, parameters: [%5$s] }
                parameters:
                  %5$s: { type: string, label: %1$s, description: %2$s, default: %3$s }
                resources:
                  %1$s: { type: OS::Heat::Value, properties: { value: %4$s } }
                  %2$s: { type: OS::Heat::Value, properties: { value: { get_param: %5$s } }, depends_on: %1$s }
                  %3$s: { type: OS::Heat::Value, properties: { value: { get_attr: [%1$s, value] } } }
                  %4$s: { type: OS::Heat::Value, properties: { value: %1$s } }
                outputs:
                  %1$s: { value: %1$s, description: %1$s }
                  %4$s: { value: %2$s }
                """
                        .formatted(
                                quoted(IMG),
                                quoted(RTL),
                                quoted(ANSI),
                                quoted(EMOJI),
                                quoted("p" + IMG));
        var form = new HashMap<String, String>();
        form.put("name", "hostile");
        form.put("template", template);
        form.put("p.p" + IMG, IMG);
        var planned = alice.submit(shop + "/stacks/new", form);
        assertThat(planned.status()).as(planned.body()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        var stack =
                alice.get(planned.location())
                        .page()
                        .select(".crumbs a[href*=/stacks/]")
                        .attr("href");
        state(stack, "Created");

        var softly = new SoftAssertions();
        try (var browser = Browser.at(app)) {
            browser.signIn("alice");
            for (var page :
                    new String[] {
                        stack,
                        stack + "/edit",
                        stack + "/versions",
                        planned.location(),
                        shop + "/stacks",
                        shop + "/audit",
                        shop
                    }) {
                browser.open(page);
                softly.assertThat(browser.driver().executeScript("return window.hurt || 0"))
                        .as(page)
                        .isEqualTo(0L);
                softly.assertThat(
                                browser.driver()
                                        .executeScript(
                                                "return document.querySelectorAll('img, main"
                                                        + " script').length"))
                        .as(page)
                        .isEqualTo(0L);
                softly.assertThat(browser.console()).as(page).isEmpty();
                browser.width(360);
                softly.assertThat(browser.overflows()).as(page).isEmpty();
                browser.screenshot("hostile" + page.replaceAll("[^a-z]+", "-"));
                browser.width(0);
            }
        }
        softly.assertThat(app.log()).doesNotContain("\u001B[31m");
        softly.assertAll();
        var delete = alice.submit(stack + "/delete", Map.of());
        alice.submit(delete.location() + "/approve", Map.of("loss", "true"));
        state(stack, "Deleted");
    }

    private void state(String stack, String state) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#state").text())
                                .isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\0", "\\uD83D", "a/b", "\\x7f", ""})
    void aNameThatCannotBeKeptIsRefusedWithASentence(String name) {
        var template =
                """
                heat_template_version: 2021-04-16
                resources:
                  "%s": { type: OS::Heat::Value, properties: { value: "%s" } }
                """
                        .formatted(name, name);

        var answer =
                alice.submit(
                        shop + "/stacks/new",
                        Map.of("name", "odd-name", "template", template, "do", "preview"));

        assertThat(answer.status()).as(name).isLessThan(500);
        if (answer.status() == 200) {
            assertThat(answer.page().select("#marks, .errsum").text()).isNotBlank();
            assertThat(answer.page().select("#template").text()).contains("OS::Heat::Value");
        } else {
            var approved = alice.submit(answer.location() + "/approve", Map.of());
            assertThat(approved.status()).isLessThan(500);
        }
    }

    @Test
    void aNameLongerThanItCanBeKeptIsRefusedWithASentence() {
        var template =
                """
                heat_template_version: 2021-04-16
                resources:
                  %s: { type: OS::Heat::Value, properties: { value: 1 } }
                """
                        .formatted(quoted("\uD83D\uDE80".repeat(255)));

        var answer =
                alice.submit(
                        shop + "/stacks/new",
                        Map.of("name", "long-name", "template", template, "do", "preview"));

        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.page().select("#marks, .errsum").text()).contains("510", "255");
    }

    private static String quoted(String text) {
        return new JsonMapper().writeValueAsString(text);
    }
}
