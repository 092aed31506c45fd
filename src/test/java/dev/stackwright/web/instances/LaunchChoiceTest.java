package dev.stackwright.web.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void aVolumeToStartFromTakesThePlaceOfTheDiskAndCountsInTheQuota() {
        var small = flavor("m1.small");
        var sizes = "&boot=30&empty=5";

        await("limits are read")
                .atMost(LONG)
                .untilAsserted(() ->
                        assertThat(said(small + sizes))
                                .containsPattern("volumes, .* of volumes of the quota"));
        var meters = charlie.get(form() + "/choice?flavor=" + small + sizes).page();
        assertThat(meters.select("#choice .quota").text()).contains("Space for volumes");
        assertThat(said(small)).doesNotContain("of volumes");
        assertThat(said(small + "&boot=900000")).contains("Choose a smaller size");
        assertThat(said(small + "&boot=" + "9".repeat(40))).doesNotContain("of volumes");
    }

    @Test
    void anInstanceStartsFromANewVolumeWithAnEmptyOneBesideIt() {
        var page = charlie.get(form()).page();
        var name = "launch-" + System.nanoTime();
        var typed = new HashMap<String, String>();
        typed.put("name", name);
        typed.put("image", value(page, "image", "cirros"));
        typed.put("flavor", flavor("m1.tiny"));
        typed.put("network", page.select("#network option").getLast().val());
        typed.put("boot", "no size");
        typed.put("empty", "2");

        var refused = charlie.submit(form(), typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("#boot-error").text()).contains("whole number of GB");

        typed.put("boot", "3");
        var made = charlie.submit(form(), typed);
        assertThat(made.status()).as(made.page().select("main").text()).isIn(302, 303);

        var viewer =
                new Viewer(
                        new CloudName("demo"),
                        new ProjectId(DemoCloud.projectId("lab")),
                        new UserId("charlie"),
                        Set.of(),
                        false);
        var inventory = app.bean(Inventory.class);
        var id = made.location().replaceAll(".*just=([0-9a-f-]+).*", "$1");
        await("both volumes are attached")
                .atMost(LONG)
                .until(() ->
                        inventory.volumes(viewer).stream()
                                .filter(volume ->
                                        volume.facts().path("attachments").toString().contains(id))
                                .map(volume -> volume.facts().path("size").asLong())
                                .sorted()
                                .toList()
                                .equals(List.of(2L, 3L)));
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
        assertThat(charlie.get(form() + "/choice?flavor=no-such").page().select(".proof"))
                .isEmpty();
    }
}
