package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The overview stays current without being drawn anew. */
class OverviewChangesTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");

    private final Client alice = Client.of(App.started(), "alice");

    @Test
    void itAsksForWhatMovedAndGetsOnlyThat() {
        assertThat(marks(alice.get(SHOP).page())).startsWith(SHOP + "/changes?since=");

        var all = alice.get(SHOP + "/changes");
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.page().select("#lead, #needs, #stacks, #latest, #quota, #changes"))
                .hasSize(6)
                .allMatch(part -> part.attr("hx-swap-oob").equals("true"));

        // The audit moved, the stacks did not, as soon as no stack of another test does.
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() -> {
                    var marks =
                            marks(alice.get(SHOP).page())
                                    .replaceFirst(".*since=", "")
                                    .split("\\.", -1);
                    var other =
                            alice.get(
                                    SHOP
                                            + "/changes?since="
                                            + marks[0]
                                            + "."
                                            + marks[1]
                                            + ".other");
                    assertThat(other.page().select("#latest")).hasSize(1);
                    assertThat(other.page().select("#stacks")).isEmpty();
                });
    }

    @Test
    void whatWasRefusedIsNotSaidAsIfItWereDone() {
        alice.submit(SHOP + "/instances/new", Map.of("name", "refused-at-the-door"));

        assertThat(alice.get(SHOP).page().select("#latest li").eachText())
                .filteredOn(line -> line.contains("refused-at-the-door"))
                .isNotEmpty()
                .allMatch(line -> line.contains("Refused: Made an instance"));
    }

    private static String marks(Document overview) {
        return overview.select("#changes").attr("hx-get");
    }
}
