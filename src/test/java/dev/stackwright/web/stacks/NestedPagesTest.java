package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Stacks inside stacks, on the pages. */
class NestedPagesTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters: { count: { type: number, default: 2 } }
            resources:
              words:
                type: OS::Heat::ResourceGroup
                properties:
                  count: { get_param: count }
                  resource_def: { type: word.yaml, properties: { length: 5 } }
            """;

    private static final String WORD =
            """
            heat_template_version: 2018-08-31
            parameters: { length: { type: number } }
            resources:
              word: { type: OS::Heat::RandomString, properties: { length: { get_param: length } } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";

    @Test
    void theStackIsOneTreeAndWhatIsInsideBelongsToIt() {
        var planned =
                alice.submit(
                        stacks + "/new",
                        Map.of(
                                "name", "tree",
                                "template", TEMPLATE,
                                "file-name-0", "word.yaml",
                                "file-text-0", WORD,
                                "file-name-1", "",
                                "file-text-1", ""));
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        var plan = alice.get(planned.location()).page();
        assertThat(plan.select("[id=change-words]").text())
                .contains("Inside: 4 created: 0, 0 › word, 1, 1 › word");
        alice.submit(planned.location() + "/approve", Map.of());
        var stack = plan(planned.location());
        complete(stack, "Created");

        var rows = alice.get(stack).page().select("#resources tbody tr .nm");
        assertThat(rows.stream().map(Element::text).toList())
                .containsExactly("words", "0", "word", "1", "word");
        assertThat(rows.get(2).classNames()).contains("deep-2");
        var group = rows.getFirst().select("a").attr("href");

        var inside = alice.get(group).page();
        assertThat(inside.select(".crumbs").text()).endsWith("Stacks tree");
        assertThat(inside.select("main").text())
                .contains("This stack belongs to tree")
                .contains("Nobody wrote this template");
        assertThat(inside.select("form[action$=/delete]")).isEmpty();
        assertThat(inside.select("#events").text()).contains("Created");
        var member = inside.select("#resources tbody tr .nm a").getFirst().attr("href");
        assertThat(alice.get(member).page().select(".crumbs").text()).contains("tree tree-words-");

        assertThat(alice.get(group + "/template").status()).isEqualTo(404);
        assertThat(alice.get(group + "/export").status()).isEqualTo(404);
        assertThat(alice.get(group + "/edit").location()).endsWith(group);
        var refused = alice.submit(group + "/delete", Map.of());
        assertThat(alice.get(refused.location()).page().text()).contains("belongs to tree");
        assertThat(alice.get(stacks).page().select("tbody th").eachText())
                .contains("tree")
                .noneMatch(name -> name.startsWith("tree-"));

        for (var page : List.of(group, member, group + "/actions", group + "/versions")) {
            assertThat(Client.of(app, "bob").get(page).status()).as(page).isEqualTo(200);
            assertThat(Client.of(app, "charlie").get(page).status()).as(page).isEqualTo(404);
        }

        var form = alice.get(stack + "/edit").page();
        assertThat(form.expectFirst("[name=file-name-0]").val()).isEqualTo("word.yaml");
        assertThat(form.expectFirst("[name=file-text-0]").wholeText()).contains("RandomString");
        var sent = new HashMap<String, String>();
        form.select("input[name^=file-name-]")
                .forEach(one -> sent.put(one.attr("name"), one.val()));
        form.select("textarea[name^=file-text-]")
                .forEach(one -> sent.put(one.attr("name"), one.wholeText()));
        sent.put("template", TEMPLATE);
        sent.put("p.count", "3");
        var grown = alice.submit(stack + "/edit", sent);
        assertThat(alice.get(grown.location()).page().select("[id=change-words]").text())
                .contains("Inside: 2 created: 2, 2 › word");
        alice.submit(grown.location() + "/approve", Map.of());
        complete(stack, "Updated");
        assertThat(alice.get(stack).page().select("#resources tbody tr")).hasSize(7);

        var end = alice.submit(stack + "/delete", Map.of());
        alice.submit(end.location() + "/approve", Map.of("loss", "true"));
        complete(stack, "Deleted");
    }

    private String plan(String location) {
        return alice.get(location).page().select(".crumbs a[href*=/stacks/]").attr("href");
    }

    private void complete(String stack, String status) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(stack).page().select("#state").text())
                                .isEqualTo(status));
    }
}
