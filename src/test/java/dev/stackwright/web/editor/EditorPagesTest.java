package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the editor is told over HTTP. */
class EditorPagesTest {

    private static final String WITH_FLAVOR =
            """
            heat_template_version: 2021-04-16
            resources:
              web:
                type: OS::Nova::Server
                properties:
                  flavor: %s
                  networks: [{ network: %s }]
            """;

    private final JsonMapper json = new JsonMapper();
    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String templates = "/c/demo/p/" + DemoCloud.projectId("shop") + "/templates/";

    @Test
    void theCheckKnowsWhatTheCloudHasAsThePreviewDoes() {
        var text = WITH_FLAVOR.formatted("m1.impossible", "shop-net");

        var marks = ask("lint", text, 0, 0).path("diagnostics");

        assertThat(marks.toString()).contains("m1.impossible");
        var mark =
                marks.valueStream()
                        .filter(m -> m.path("detail").asString().contains("m1.impossible"))
                        .findFirst()
                        .orElseThrow();
        assertThat(mark.path("line").asInt()).isEqualTo(6);
        assertThat(mark.path("column").asInt()).isEqualTo(15);
        assertThat(ask("lint", WITH_FLAVOR.formatted("m1.small", "shop-net"), 0, 0).toString())
                .doesNotContain("m1.small");
    }

    @Test
    void theCheckTakesTheEnvironmentIntoAccount() {
        var text =
                """
                heat_template_version: 2021-04-16
                resources:
                  a: { type: My::Value, properties: { value: 1 } }
                """;
        var environment = "resource_registry: { \"My::Value\": \"OS::Heat::Value\" }";

        assertThat(ask("lint", text, 0, 0).path("diagnostics")).isNotEmpty();
        assertThat(ask("lint", text, environment, 0, 0).path("diagnostics")).isEmpty();
    }

    @Test
    void noQuestionOfTheEditorGoesToTheCloud() {
        for (var what : new String[] {"lint", "complete", "explain"}) {
            var answer = alice.ask(templates + what, question(WITH_FLAVOR, "", 6, 9));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(app.callsOf(answer.request())).isEmpty();
        }
    }

    @Test
    void completionKnowsTheFlavorsOfTheCloud() {
        var options = ask("complete", WITH_FLAVOR.formatted("", "x"), 6, 15).path("options");

        assertThat(options.toString()).contains("m1.small");
    }

    @Test
    void nonsenseIsRefusedWithASentence() {
        assertThat(alice.ask(templates + "lint", "{").status()).isEqualTo(400);
        assertThat(alice.ask(templates + "explain", question("", "", 1, 1)).status())
                .isEqualTo(204);
    }

    private JsonNode ask(String what, String text, int line, int column) {
        return ask(what, text, "", line, column);
    }

    private JsonNode ask(String what, String text, String environment, int line, int column) {
        var answer = alice.ask(templates + what, question(text, environment, line, column));
        assertThat(answer.status()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private String question(String text, String environment, int line, int column) {
        return json.writeValueAsString(
                Map.of("text", text, "environment", environment, "line", line, "column", column));
    }
}
