package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More than one environment file for a stack, and mistakes where they stand in them. */
class EnvironmentFilesTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            parameters:
              word: { type: string }
              size: { type: number, constraints: [{ range: { max: 5 } }] }
            resources:
              one:
                type: OS::Heat::Value
                properties: { value: { get_param: word } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";
    private final String marks =
            "/c/demo/p/" + DemoCloud.projectId("shop") + "/templates/environment";

    @AfterEach
    void leaveNothing() {
        alice.submit(stacks + "/new/discard", Map.of());
    }

    @Test
    void thePlanIsMadeWithAllOfThemInTheirOrder() {
        var environment =
                """
                parameters: { word: good, size: 9 }
                parameter_merge_strategies: { word: merge }
                ---
                parameters: { word: " morning", size: 3 }
                """;

        var planned =
                alice.submit(
                        stacks + "/new",
                        Map.of(
                                "name", "two-environments",
                                "template", TEMPLATE,
                                "environment", environment));

        assertThat(planned.status()).as(planned.body()).isIn(302, 303);
        assertThat(alice.get(planned.location()).page().text()).contains("good morning");
        var plan = planned.location().substring(planned.location().lastIndexOf('/') + 1);
        var again = alice.get(stacks + "/new?plan=" + plan).page();
        assertThat(again.expectFirst("[id='environment']").wholeText()).isEqualTo(environment);
    }

    @Test
    void filesAreUploadedInTheirOrderAndKeptByteForByte() {
        var first = "parameters:\r\n  word: a\r\n  size: 2\r\n";
        var second = "parameters: { word: b }";

        var planned =
                alice.send(
                        alice.request(stacks + "/new")
                                .header("Accept", "text/html")
                                .header("Content-Type", "multipart/form-data; boundary=CUT")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                part("_csrf", alice.token())
                                                        + part("name", "uploaded-environments")
                                                        + part("template", TEMPLATE)
                                                        + part("environment", "")
                                                        + file("one.yaml", first)
                                                        + file("two.yaml", second)
                                                        + "--CUT--\r\n"))
                                .build());

        assertThat(planned.status()).as(planned.body()).isIn(302, 303);
        var plan = planned.location().substring(planned.location().lastIndexOf('/') + 1);
        var again = alice.get(stacks + "/new?plan=" + plan).page();
        assertThat(again.expectFirst("[id='environment']").wholeText().replace("\r\n", "\n"))
                .isEqualTo((first + "---\n" + second).replace("\r\n", "\n"));
        assertThat(LineEnds.opened(again.select("[name=environment-uploaded]").attr("value")))
                .isEqualTo(first + "---\n" + second);
    }

    private static String part(String name, String value) {
        return "--CUT\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, value);
    }

    private static String file(String name, String text) {
        return "--CUT\r\nContent-Disposition: form-data; name=\"environments\"; filename=\"%s\"\r\n"
                        .formatted(name)
                + "Content-Type: text/plain\r\n\r\n%s\r\n".formatted(text);
    }

    @Test
    void mistakesHaveTheirPlaceInTheEnvironmentAndAFix() {
        var said =
                alice.submit(
                                marks,
                                Map.of(
                                        "template",
                                        TEMPLATE,
                                        "environment",
                                        "parameters: { word: a }\n"
                                                + "---\n"
                                                + "parameters:\n"
                                                + "  sise: 3\n"
                                                + "  size: 9\n"))
                        .page();

        assertThat(said.select("li").eachText())
                .containsExactly(
                        "Line 4:3 Unknown parameter. The template has no parameter `sise`. Did you"
                                + " mean `size`? Write size",
                        "Line 5:3 Parameter value does not fit. `9` does not fit the parameter"
                                + " `size`. It must be at most 5.");
        assertThat(said.expectFirst("button").attr("data-text")).isEqualTo("size");
    }

    @Test
    void aRefusedPreviewSaysItAtTheEnvironmentAndNotAtTheTemplate() {
        var refused =
                alice.submit(
                        stacks + "/new",
                        Map.of(
                                "name", "wrong-environment",
                                "template", TEMPLATE,
                                "p.word", "a",
                                "p.size", "1",
                                "environment", "parameters:\r\n  wrod: b\r\n"));

        var page = refused.page();
        assertThat(refused.status()).isEqualTo(200);
        assertThat(page.select("#environment-marks li").text()).contains("Line 2:3", "wrod");
        assertThat(page.select("#marks").text()).doesNotContain("wrod");
        assertThat(page.select("#environment-error").text()).contains("Line 2:3");
    }

    @Test
    void whoeverHasAnEventSinkReadsThatNobodyServesIt() {
        var said =
                alice.submit(
                                marks,
                                Map.of(
                                        "template",
                                        TEMPLATE,
                                        "environment",
                                        "event_sinks:\n  - { type: zaqar-queue, target: mail }\n"))
                        .page();

        assertThat(said.select("li.warn").text())
                .contains("Line 2:5", "Event sink is not served", "`mail`");
    }
}
