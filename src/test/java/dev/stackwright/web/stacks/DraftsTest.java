package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.stack.Drafts;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was typed comes back. */
class DraftsTest {

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            parameters:
              word: { type: string }
              secret: { type: string, hidden: true }
            resources:
              one:
                type: OS::Heat::Value
                properties: { value: { get_param: word } }
            """;

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";

    @AfterEach
    void leaveNothing() {
        alice.submit(stacks + "/new/discard", Map.of());
    }

    @Test
    void whatWasTypedComesBackButForSecrets() {
        var answer =
                alice.submit(
                        stacks + "/new/draft",
                        Map.of(
                                "name", "half-done",
                                "template", TEMPLATE.replace("\n", "\r\n"),
                                "newlines", "r",
                                "p.word", "hello",
                                "p.secret", "correct horse"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"at\":\"");
        var page = alice.get(stacks + "/new").page();
        assertThat(page.expectFirst("[id='name']").val()).isEqualTo("half-done");
        assertThat(page.expectFirst("[id='template']").wholeText()).contains("get_param: word");
        assertThat(page.expectFirst("[id='p.word']").val()).isEqualTo("hello");
        assertThat(page.select(".banner").text()).contains("Your draft of");
        assertThat(page.html()).doesNotContain("correct horse");
        assertThat(Client.of(app, "ada").get(stacks + "/new").page().select(".banner").text())
                .doesNotContain("Your draft");
    }

    @Test
    void theLibraryIsOfferedBesideADraftAndAStarterDoesNotTouchIt() {
        alice.submit(stacks + "/new/draft", Map.of("name", "half-done", "template", TEMPLATE));

        var page = alice.get(stacks + "/new").page();
        assertThat(page.expectFirst("[id='template']").wholeText()).isEqualTo(TEMPLATE);
        var starter = page.select("a[href*='?starter=']").attr("href");
        var chosen = alice.get(starter).page();

        assertThat(chosen.expectFirst("[id='template']").wholeText())
                .isNotEqualTo(TEMPLATE)
                .contains("heat_template_version");
        assertThat(chosen.select(".banner").text()).contains("is kept until you change something");
        var back = alice.get(chosen.select(".banner a").attr("href")).page();
        assertThat(back.expectFirst("[id='name']").val()).isEqualTo("half-done");
    }

    @Test
    void itGoesWhenItIsDiscardedAndWhenItIsLaunched() {
        alice.submit(stacks + "/new/draft", Map.of("template", TEMPLATE));
        alice.submit(stacks + "/new/discard", Map.of());
        assertThat(alice.get(stacks + "/new").page().select(".banner").text())
                .doesNotContain("Your draft");

        var planned =
                alice.submit(
                        stacks + "/new",
                        Map.of(
                                "name", "draft-launched",
                                "template", TEMPLATE,
                                "p.word", "hello",
                                "p.secret", "s"));
        assertThat(planned.status()).as(planned.body()).isIn(302, 303);
        assertThat(alice.get(stacks + "/new").page().select(".banner").text())
                .contains("Your draft");
        alice.submit(planned.location() + "/approve", Map.of());

        assertThat(alice.get(stacks + "/new").page().select(".banner").text())
                .doesNotContain("Your draft");
    }

    @Test
    void readersHaveNoDrafts() {
        var bob = Client.of(app, "bob");

        assertThat(bob.submit(stacks + "/new/draft", Map.of("template", "a: 1")).status())
                .isEqualTo(403);
        assertThat(app.bean(Drafts.class)).isNotNull();
    }
}
