package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of a stack whose creation failed. */
class FailedStackTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            resources:
              first: { type: OS::Heat::TestResource, properties: { value: x, fail: true } }
              later: { type: OS::Heat::Value, depends_on: first, properties: { value: y } }
            outputs:
              told: { value: { get_attr: [later, value] } }
            """;

    private final Client alice = Client.of(App.started(), "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";

    @Test
    void whatWasNotReachedIsNotSaidToWaitForItsTurn() {
        var planned =
                alice.submit(stacks + "/new", Map.of("name", "stumbles", "template", TEMPLATE));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        alice.submit(planned.location() + "/approve", Map.of());
        var stack =
                alice.get(planned.location())
                        .page()
                        .select(".crumbs a[href*=/stacks/]")
                        .attr("href");
        state(stack, "Creation failed");

        var page = alice.get(stack).page();
        assertThat(page.select("#resources tbody tr").getLast().text())
                .startsWith("later")
                .contains("Not begun")
                .doesNotContain("turn");
        assertThat(page.select("#outputs").text()).doesNotContain("names no outputs");

        var end = alice.submit(stack + "/delete", Map.of());
        alice.submit(end.location() + "/approve", Map.of("loss", "true"));
        state(stack, "Deleted");
        assertThat(alice.get(stack).page().select("#outputs").text())
                .doesNotContain("names no outputs");
    }

    private void state(String stack, String wanted) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#state").text())
                                .isEqualTo(wanted));
    }
}
