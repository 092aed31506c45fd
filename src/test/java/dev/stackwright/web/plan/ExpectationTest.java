package dev.stackwright.web.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What the page of a plan says beyond its changes. */
class ExpectationTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            resources:
              one: { type: OS::Heat::Delay, properties: { min_wait: 2 } }
              two: { type: OS::Heat::Value, properties: { value: "%s" } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String shop = "/c/demo/p/" + DemoCloud.projectId("shop");

    @Test
    void aPlanThatIsOutOfDateIsRefusedWithWhatTheStackHasBecome() {
        var created = plan("/stacks/new", Map.of("name", "three-ways"), "first");
        assertThat(alice.submit(created + "/approve", Map.of()).status()).isIn(302, 303);
        var stack = stack(created);
        comesToBe(stack, "Created");
        var mine = plan(stack.substring(shop.length()) + "/edit", Map.of(), "mine");
        var other = plan(stack.substring(shop.length()) + "/edit", Map.of(), "other");
        alice.submit(other + "/approve", Map.of());
        comesToBe(stack, "Updated");

        var answer = alice.submit(mine + "/approve", Map.of());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".banner.bad").text()).contains("Nothing was done");
        assertThat(answer.page().select("#since").text()).contains("first", "other");
        assertThat(answer.page().select("#text").text()).contains("first", "mine");
        assertThat(answer.page().select(".approve").text()).contains("Make the plan again");
        assertThat(
                        alice.get(answer.page().select(".approve a").attr("href"))
                                .page()
                                .select("#template")
                                .text())
                .as("what was typed is still there")
                .contains("mine");
        assertThat(answer.page().text()).contains("from version 1 of the template");
    }

    @Test
    void aServerThatIsMadeIsAwayForNobody() {
        var answer =
                alice.submit(
                        shop + "/stacks/new",
                        Map.of(
                                "name", "just-made",
                                "template",
                                        """
                                        heat_template_version: 2021-04-16
                                        resources:
                                          web:
                                            type: OS::Nova::Server
                                            properties:
                                              image: cirros
                                              flavor: m1.small
                                              networks: [{ allocate_network: none }]
                                        """));

        assertThat(alice.get(answer.location()).page().select(".plan").text())
                .contains("creates 1 server")
                .doesNotContain("is away");
    }

    @Test
    void whatEarlierRunsTookIsSaid() {
        var created = plan("/stacks/new", Map.of("name", "how-long"), "x");
        alice.submit(created + "/approve", Map.of());
        comesToBe(stack(created), "Created");

        var next = plan("/stacks/new", Map.of("name", "how-long-again"), "x");

        assertThat(alice.get(next).page().select(".plan").text()).contains("going by earlier runs");
    }

    private String plan(String path, Map<String, String> more, String word) {
        var form = new java.util.HashMap<>(more);
        form.put("template", TEMPLATE.formatted(word));
        var answer = alice.submit(shop + path, form);
        assertThat(answer.status()).as(answer.body()).isIn(302, 303);
        return answer.location();
    }

    private String stack(String plan) {
        Document page = alice.get(plan).page();
        return page.select(".crumbs a[href*=/stacks/]").last() == null
                ? ""
                : page.select(".crumbs a[href*=/stacks/]").eachAttr("href").getLast();
    }

    private void comesToBe(String stack, String state) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#state").text())
                                .isEqualTo(state));
    }
}
