package dev.stackwright.web.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the doctor found on the demo cloud, where one instance has been building for hours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorPagesTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final String BOARD = "/c/demo/admin/board";

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final Client ada = Client.of(app, "ada");
    private String staging = "";

    @BeforeAll
    void theCloudIsExamined() {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> {
                    staging =
                            alice.get(SHOP + "/instances?name=staging")
                                    .page()
                                    .select("tbody#rows th a")
                                    .attr("href");
                    return !staging.isEmpty()
                            && !alice.get(staging).page().select(".verdict").isEmpty();
                });
    }

    @Test
    void anInstanceThatDoesNotComeOnSaysWhyOnTopOfItsPage() {
        Document page = alice.get(staging).page();

        var card = page.select(".verdict");
        assertThat(card).hasSize(1);
        assertThat(card.select(".answer").text()).startsWith("Creating for");
        assertThat(card.select(".proof li")).isNotEmpty();
        assertThat(card.select("[data-copy]").attr("data-copy"))
                .contains("code: no-known-cause", "subject: server");
    }

    @Test
    void anOwnerIsToldWithoutTheNamesOfHosts() {
        assertThat(alice.get(staging).page().select(".verdict").outerHtml())
                .doesNotContain("compute1", "compute2", "compute3", "control1");
        assertThat(ada.get(staging).page().select(".verdict").text()).contains("compute2");
    }

    @Test
    void itsRowSaysSoInShort() {
        var rows = alice.get(SHOP + "/instances?name=staging").page().select("tbody#rows");

        assertThat(rows.text()).contains("no known cause");
    }

    @Test
    void theBoardIsForAdministratorsAlone() {
        assertThat(alice.get(BOARD).status()).isEqualTo(404);
        assertThat(ada.get(BOARD).page().text()).contains("What suffers", "staging");
    }

    @Test
    void theOverviewNamesItAmongWhatNeedsAttention() {
        assertThat(alice.get(SHOP).page().select("#needs").text()).contains("staging");
    }
}
