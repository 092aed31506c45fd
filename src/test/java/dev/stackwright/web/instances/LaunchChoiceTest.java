package dev.stackwright.web.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What the form for a new instance says of a choice before anything is made. */
class LaunchChoiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Other tests make instances in this project: it may have none left. */
    private static final Pattern OF_THE_QUOTA =
            Pattern.compile(
                    "It leaves .* vCPU.* of the quota|may have no more instances"
                            + "|the project has .* left");

    // The project shop is a crowd in the tests and has no limits; lab has.
    private final App app = App.started();
    private final Client charlie = Client.of(app, "charlie");

    private static String form() {
        return form("lab");
    }

    private static String form(String project) {
        return "/c/demo/p/" + DemoCloud.projectId(project) + "/instances/new";
    }

    private static String value(Document page, String field, String starting) {
        return page.select("#" + field + " option").stream()
                .filter(option -> option.text().startsWith(starting))
                .findFirst()
                .map(Element::val)
                .orElseThrow();
    }

    private String flavor(String name) {
        await().atMost(LONG)
                .until(() ->
                        charlie.get(form()).page().select("#flavor option").eachText().stream()
                                .anyMatch(each -> each.startsWith(name)));
        return value(charlie.get(form()).page(), "flavor", name);
    }

    private String said(String flavor) {
        return charlie.get(form() + "/choice?flavor=" + flavor).page().text();
    }

    @Test
    void nothingIsSaidBeforeAFlavorIsChosen() {
        var page = charlie.get(form()).page();

        assertThat(page.select("#choice .proof")).isEmpty();
        assertThat(page.select("#choice").attr("hx-get")).endsWith("/instances/new/choice");
    }

    @Test
    void aChoiceSaysWhatItLeavesAndWhetherAHostHasRoom() {
        var small = flavor("m1.small");

        await("limits, and what hosts have to give, are read")
                .atMost(LONG)
                .untilAsserted(() ->
                        assertThat(said(small))
                                .contains("A host has room for it")
                                .containsPattern(OF_THE_QUOTA));
        var choice = charlie.get(form() + "/choice?flavor=" + small).page();
        assertThat(choice.select(".proof li")).hasSize(2);
        assertThat(choice.select("#choice")).hasSize(1);
        assertThat(choice.text()).doesNotContain("compute1");
    }

    @Test
    void aProjectWithoutLimitsIsToldSo() {
        var alice = Client.of(app, "alice");
        var small = flavor("m1.small");

        await("limits are read")
                .atMost(LONG)
                .untilAsserted(() ->
                        assertThat(
                                        alice.get(form("shop") + "/choice?flavor=" + small)
                                                .page()
                                                .text())
                                .contains("The project has no limit that it would touch."));
    }

    @Test
    void withoutAScriptTheAnswerToASubmitSaysTheSame() {
        var small = flavor("m1.small");

        await("limits are read")
                .atMost(LONG)
                .untilAsserted(() -> assertThat(said(small)).containsPattern(OF_THE_QUOTA));
        var answer = charlie.submit(form(), Map.of("flavor", small, "name", ""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#choice .proof").text()).containsPattern(OF_THE_QUOTA);
    }

    @Test
    void anUnknownFlavorIsNoError() {
        assertThat(charlie.get(form() + "/choice?flavor=no-such").status()).isEqualTo(200);
        assertThat(charlie.get(form() + "/choice?flavor=no-such").page().select(".proof")).isEmpty();
    }
}
