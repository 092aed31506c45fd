package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What waits for a person, and the way back, on the page of a stack. */
class HookPagesTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters: { slow: { type: number, default: 0 } }
            resources:
              one:
                type: OS::Heat::TestResource
                properties: { wait_secs: { get_param: slow } }
            """;

    private static final String HOOKS =
            """
            resource_registry: { resources: { one: { hooks: pre-create } } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";

    @Test
    void thePageSaysWhatWaitsAndLetsItGoOn() {
        var stack = created("hooked", HOOKS);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> page(stack).select("#hooks form").size() == 1);
        var hooks = page(stack).select("#hooks");
        assertThat(hooks.text()).contains("one waits before it is created.");
        assertThat(Client.of(app, "bob").get(stack).page().select("#hooks .banner")).hasSize(1);
        assertThat(Client.of(app, "bob").get(stack).page().select("#hooks form")).isEmpty();

        alice.submit(
                stack + "/hooks",
                Map.of(
                        "resource",
                        hooks.select("input[name=resource]").attr("value"),
                        "hook",
                        "pre-create"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> page(stack).select("#state").text().contains("Created"));
        assertThat(page(stack).select("#hooks .banner")).isEmpty();
        assertThat(page(stack).select("#events").text())
                .contains("alice lets it go on (hook pre-create)");
    }

    @Test
    void anUpdateIsCancelledAndTakenBack() {
        var stack = created("returns", "");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> page(stack).select("#state").text().contains("Created"));
        var planned = alice.submit(stack + "/edit", Map.of("template", TEMPLATE, "p.slow", "3000"));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(page(stack).select("#acts input[name=back]"))
                                .as(page(stack).select("main").text())
                                .hasSize(1));
        alice.submit(stack + "/cancel", Map.of("back", "true"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    assertThat(page(stack).select("#state").text()).contains("Updated");
                    assertThat(page(stack).select("main").text()).contains("Version 3");
                });
    }

    private Document page(String stack) {
        return alice.get(stack).page();
    }

    private String created(String name, String environment) {
        var planned =
                alice.submit(
                        stacks + "/new",
                        Map.of("name", name, "template", TEMPLATE, "environment", environment));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        return alice.get(stacks + "?q=" + name)
                .page()
                .select("tbody a[href*=/stacks/]")
                .attr("href");
    }
}
