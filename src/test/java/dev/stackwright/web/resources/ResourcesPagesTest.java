package dev.stackwright.web.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists, pages and deeds of what is no server, on the demo cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourcesPagesTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final Client bob = Client.of(app, "bob");

    private List<String> names(String path) {
        return alice.get(path).page().select("tbody#rows th a").eachText();
    }

    /** The page of the thing that a list calls so, once it is there. */
    private String pathOf(String list, String name) {
        return await().atMost(Browser.PATIENCE)
                .until(
                        () ->
                                alice
                                        .get(SHOP + "/" + list + "?name=" + name)
                                        .page()
                                        .select("tbody#rows th a")
                                        .stream()
                                        .filter(link -> link.text().equals(name))
                                        .map(link -> link.attr("href"))
                                        .findFirst()
                                        .orElse(""),
                        path -> !path.isEmpty());
    }

    private void says(String path, String words) {
        await().atMost(Browser.PATIENCE)
                .until(() -> alice.get(path).page().select("main").text().contains(words));
    }

    private void isAvailable(String volume, String size) {
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() -> {
                    var page = alice.get(volume).page();
                    assertThat(page.select("#top .pill").text()).isEqualTo("Available");
                    assertThat(page.select("main").text()).contains(size);
                });
    }

    @Test
    void theAddressesNameEveryPanelThatThereIs() {
        assertThat(List.of(Panels.OF_PROJECT.split("\\|"))).containsExactlyElementsOf(paths(false));
        assertThat(List.of(Panels.OF_CLOUD.split("\\|"))).containsExactlyElementsOf(paths(true));
        assertThat(Stream.of(Panels.MADE_HERE.split("\\|")))
                .allMatch(path ->
                        ObjectDeeds.making(Panels.called(path).orElseThrow().kind()).isPresent());
    }

    private static List<String> paths(boolean machinery) {
        return Panels.ALL.stream()
                .filter(panel -> panel.isMachinery() == machinery)
                .map(Panel::path)
                .toList();
    }

    @Test
    void whatHasToDoWithEachOtherLeadsBothWays() {
        String volume = pathOf("volumes", "db-1-data");
        Element server = alice.get(volume).page().select("dd a[href*=/instances/]").first();
        assertThat(server).isNotNull();
        assertThat(server.text()).isEqualTo("db-1");
        assertThat(alice.get(server.attr("href")).page().select("main a[href]").eachAttr("href"))
                .contains(volume);

        String group = pathOf("security-groups", "db");
        String port = alice.get(group).page().select("#ports tbody th a").attr("href");
        assertThat(alice.get(port).page().select("dd a").eachAttr("href")).contains(group);
        String network = alice.get(port).page().select("dd a[href*=/networks/]").attr("href");
        assertThat(alice.get(network).page().select("#ports tbody th a").eachAttr("href"))
                .contains(port);
    }

    @Test
    void whatIsNotTheirsIsNotThere() {
        String volume = pathOf("volumes", "media");

        assertThat(Client.of(app, "charlie").get(volume).status()).isEqualTo(404);
        assertThat(Client.of(app, "ada").get(volume).status()).isEqualTo(200);
        assertThat(alice.get("/c/demo/admin/hosts").status()).isEqualTo(404);
        assertThat(alice.get(pathOf("keypairs", "alice-key")).status()).isEqualTo(200);
        assertThat(bob.get(pathOf("keypairs", "alice-key")).status()).isEqualTo(404);
    }

    @Test
    void listsAreFilteredAndSorted() {
        assertThat(names(SHOP + "/volumes?name=DATA")).allMatch(name -> name.contains("data"));
        assertThat(names(SHOP + "/volumes?sort=-name"))
                .isEqualTo(names(SHOP + "/volumes?sort=name").reversed());
        assertThat(names(SHOP + "/volumes?status=error")).isEmpty();
        assertThat(alice.get(SHOP + "/volumes.csv").body()).startsWith("id,name,status,created,");
    }

    @Test
    void aVolumeIsMadeExtendedAndDeletedWhenThatWasConfirmed() {
        var refused = alice.submit(SHOP + "/new/volumes", Map.of("name", "", "size", "x"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select(".err")).hasSize(2);

        alice.submit(SHOP + "/new/volumes", Map.of("name", "walked-volume", "size", "1"));
        String volume = pathOf("volumes", "walked-volume");
        isAvailable(volume, "1 GB");
        alice.submit(volume + "/extend", Map.of("size", "2"));
        isAvailable(volume, "2 GB");
        assertThat(bob.get(volume).page().select("#do-delete").attr("aria-disabled"))
                .isEqualTo("true");
        assertThat(bob.submit(volume + "/delete", Map.of()).status()).isEqualTo(403);
        assertThat(alice.get(volume + "/delete").page().select("h1").text())
                .contains("walked-volume");
        assertThat(alice.get(volume).status()).isEqualTo(200);
        alice.submit(volume + "/delete", Map.of());
        await().atMost(Browser.PATIENCE).until(() -> alice.get(volume).status() == 404);
        assertThat(alice.get(volume).page().text()).contains("walked-volume");
        assertThat(alice.get(SHOP + "/audit").page().text()).contains("Extended a volume");
    }

    @Test
    void whatCannotBeDoneSaysWhyAndIsRefused() {
        String volume = pathOf("volumes", "db-1-data");

        assertThat(alice.get(volume).page().select("#why-delete").text()).contains("snapshots");
        assertThat(alice.submit(volume + "/delete", Map.of()).location()).endsWith(volume);
        assertThat(alice.get(volume).status()).isEqualTo(200);
        assertThat(alice.get(pathOf("images", "cirros")).page().select("#why-delete").text())
                .contains("another project");
    }

    @Test
    void aListThatIsStillEmptySaysThatTheFirstIsOnItsWay() {
        var charlie = Client.of(app, "charlie");
        var list = charlie.get("/c/demo/p/" + DemoCloud.projectId("lab") + "/snapshots");
        assertThat(list.page().select("#lead").text()).contains("no snapshots");

        var coming =
                charlie.get("/c/demo/p/" + DemoCloud.projectId("lab") + "/snapshots?just=unseen")
                        .page();

        assertThat(coming.select("#lead").text()).contains("on its way");
        assertThat(coming.select("#rows").text()).contains("On its way").doesNotContain("No ");
        assertThat(coming.select("#changes").attr("data-tick")).isEqualTo("4s");
        assertThat(
                        charlie.get(
                                        coming.select("#changes")
                                                .attr("hx-get")
                                                .replaceAll("since=\\d+", "since=0"))
                                .page()
                                .select("#pager"))
                .as("the foot is drawn again with the rows")
                .hasSize(1);
    }

    @Test
    void aSecurityGroupGetsARuleAndLosesIt() {
        alice.submit(SHOP + "/new/security-groups", Map.of("name", "walked-group"));
        String group = pathOf("security-groups", "walked-group");
        Map<String, String> rule =
                Map.of(
                        "direction", "ingress",
                        "protocol", "tcp",
                        "ports", "8000-8100",
                        "remote", "203.0.113.0/24");
        assertThat(
                        alice.submit(
                                        group + "/add-rule",
                                        Map.of("direction", "ingress", "ports", "many"))
                                .status())
                .isEqualTo(422);

        alice.submit(group + "/add-rule", rule);
        says(group, "8000–8100");
        Element row =
                alice.get(group).page().select("#rules tr").stream()
                        .filter(each -> each.text().contains("8000"))
                        .findFirst()
                        .orElseThrow();
        alice.submit(
                group + "/remove-rule",
                Map.of("rule", row.select("input[name=rule]").attr("value")));
        await().atMost(Browser.PATIENCE)
                .until(() -> !alice.get(group).page().select("#rules").text().contains("8000"));
        alice.submit(group + "/delete", Map.of());
        await().atMost(Browser.PATIENCE).until(() -> alice.get(group).status() == 404);
    }

    @Test
    void theSearchBoxFindsThemAndLeadsStraightToTheOnlyOne() {
        String volume = pathOf("volumes", "media");
        String id = volume.substring(volume.lastIndexOf('/') + 1);

        assertThat(alice.get(SHOP + "/search?q=" + id).location()).endsWith(volume);
        assertThat(alice.get(SHOP + "/search?q=db-1").page().select("main tbody a").eachText())
                .contains("db-1", "db-1-data");
        assertThat(alice.get(SHOP + "/search/hints?q=medi").page().select("[role=option] b").text())
                .contains("media");
        assertThat(
                        Client.of(app, "charlie")
                                .get("/c/demo/p/" + DemoCloud.projectId("lab") + "/search?q=" + id)
                                .page()
                                .select("main tbody a"))
                .isEmpty();
    }

    @Test
    void whoComesBackLandsWhereTheyWereLast() {
        Client ada = Client.of(app, "ada");
        String lab = "/c/demo/p/" + DemoCloud.projectId("lab");
        String last = ada.get(lab).status() == 200 ? lab : SHOP;
        ada.get(last);

        assertThat(ada.get("/").location()).endsWith(last);
    }

    @Test
    void comingIntoAProjectReadsItsGroupsBesideThePage() {
        assertThat(app.callsOf(alice.get(SHOP + "/security-groups").request())).isEmpty();
        await().atMost(Browser.PATIENCE)
                .until(() ->
                        app.calls().stream()
                                .anyMatch(each ->
                                        each.request() == null
                                                && each.call()
                                                        .toString()
                                                        .contains("security-groups")));
    }
}
