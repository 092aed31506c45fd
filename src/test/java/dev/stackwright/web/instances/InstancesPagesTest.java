package dev.stackwright.web.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.Client.Answered;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoFaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;

/** The pages of instances on the demo cloud, from the list to the deletion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstancesPagesTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final String LIST = SHOP + "/instances";
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";
    private static final String FORMULA = "=cmd|x";

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final Client bob = Client.of(app, "bob");

    @BeforeAll
    void theCloudIsCollected() {
        await().atMost(Browser.PATIENCE).until(() -> !names(LIST + "?name=web-1").isEmpty());
    }

    private List<String> names(String path) {
        return rows(alice.get(path).page()).stream().map(row -> link(row).text()).toList();
    }

    private static List<Element> rows(Document page) {
        return page.select("tbody#rows tr[id]");
    }

    private static Element link(Element row) {
        return row.select("th a").getFirst();
    }

    private String pathOf(String name) {
        return rows(alice.get(LIST + "?name=" + name).page()).stream()
                .map(InstancesPagesTest::link)
                .filter(link -> link.text().equals(name))
                .map(link -> link.attr("href"))
                .findFirst()
                .orElseThrow();
    }

    /** Starts a server by the form, and waits until its page is there. */
    private String launched(String name) {
        Answered answered = launch(name, alice.get(LIST + "/new").page());
        assertThat(answered.status()).as(answered.page().text()).isIn(302, 303);
        String id = answered.location().replaceAll(".*just=", "").replaceAll("[&#].*", "");
        String path = LIST + "/" + id;
        await().atMost(Browser.PATIENCE).until(() -> alice.get(path).status() == 200);
        return path;
    }

    private Answered launch(String name, Document form) {
        return alice.submit(
                LIST + "/new",
                Map.of(
                        "name",
                        name,
                        "image",
                        choice(form, "image", "cirros"),
                        "flavor",
                        choice(form, "flavor", ""),
                        "network",
                        choice(form, "network", "shop-net")));
    }

    private static String choice(Document form, String field, String text) {
        return form
                .select("select[name=" + field + "] option, label:has(input[name=" + field + "])")
                .stream()
                .filter(each -> each.text().contains(text))
                .map(each -> each.is("option") ? each : each.select("input").getFirst())
                .map(each -> each.attr("value"))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError(form.select("form").outerHtml()));
    }

    private static Predicate<Document> says(String status) {
        return page -> page.select("#top .pill").text().startsWith(status);
    }

    private Document shown(String path, Predicate<Document> wanted) {
        return await().atMost(Browser.PATIENCE).until(() -> alice.get(path).page(), wanted::test);
    }

    @Test
    void theListIsFilteredByNameAndStatus() {
        assertThat(names(LIST + "?name=WEB-&sort=name")).containsExactly("web-1", "web-2", "web-3");
        assertThat(names(LIST + "?status=ERROR")).contains("import-job").doesNotContain("web-1");
        assertThat(names(LIST + "?name=nothing-is-called-so")).isEmpty();
        assertThat(
                        alice.get(LIST + "?name=nothing-is-called-so")
                                .page()
                                .select("tbody#rows")
                                .text())
                .isNotBlank();
    }

    @Test
    void theListIsSortedBothWays() {
        List<String> up = names(LIST + "?sort=name&size=200");

        assertThat(up).hasSizeGreaterThan(25).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(names(LIST + "?sort=-name&size=200"))
                .isSortedAccordingTo(Comparator.reverseOrder())
                .hasSizeGreaterThan(25);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetitionAndLeadBack() {
        List<String> whole = names(LIST + "?sort=name&size=200&name=crowd");
        List<String> walked = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String path = LIST + "?sort=name&size=25&name=crowd";
        Document page = alice.get(path).page();
        while (true) {
            walked.addAll(rows(page).stream().map(row -> link(row).text()).toList());
            Element next = page.select("footer a[rel=next]").first();
            if (next == null || !seen.add(next.attr("href"))) {
                break;
            }
            page = alice.get(next.attr("href")).page();
        }

        assertThat(walked).hasSizeGreaterThan(25).isEqualTo(whole);
        Element back = page.select("footer a[rel=prev]").first();
        assertThat(back).isNotNull();
        assertThat(names(back.attr("href"))).isEqualTo(whole.subList(0, 25));
    }

    @Test
    void aReaderSeesTheSameAndIsToldWhatTheyCannotDo() {
        String path = pathOf("web-1");
        Document page = bob.get(path).page();

        assertThat(page.select("h1").text()).isEqualTo("web-1");
        assertThat(page.select("#do-stop").attr("aria-disabled")).isEqualTo("true");
        assertThat(page.select("#why-stop").text()).isNotBlank();
        assertThat(alice.get(LIST).page().select("#at-once, .tick")).isNotEmpty();
        assertThat(bob.get(LIST).page().select("#at-once, .tick")).isEmpty();
        assertThat(bob.get(LIST + "/changes").page().select(".tick")).isEmpty();
        assertThat(bob.submit(path + "/stop", Map.of()).status()).isEqualTo(403);
        assertThat(bob.submit(path + "/delete", Map.of()).status()).isEqualTo(403);
        assertThat(Client.of(app, "charlie").get(path).status()).isEqualTo(404);
    }

    @Test
    void anInstanceStopsAndStartsAndGoesWhenThatWasConfirmed() {
        String path = launched("short-lived");
        shown(path, says("Active"));

        assertThat(alice.submit(path + "/stop", Map.of()).location()).endsWith(path);
        shown(path, says("Stopped"));
        assertThat(alice.submit(path + "/stop", Map.of()).location()).endsWith(path);
        assertThat(alice.get(path).page().text()).doesNotContain("Exception");
        alice.submit(path + "/start", Map.of());
        shown(path, says("Active"));

        Document question = alice.get(path + "/delete").page();
        assertThat(question.select("h1").text()).contains("short-lived");
        assertThat(question.select("main form button.danger")).hasSize(1);
        assertThat(alice.get(path).status()).isEqualTo(200);
        alice.submit(question.select("main form[method=post]").attr("action"), Map.of());
        await().atMost(Browser.PATIENCE).until(() -> alice.get(path).status() == 404);
        assertThat(alice.get(path).page().text()).contains("short-lived");
        assertThat(alice.get(SHOP + "/audit").page().text()).contains("short-lived");
    }

    @Test
    void whatAnInstanceMayDoFollowsItsState() {
        String path = launched("many-deeds");
        Document active = shownAs(path, "Active");
        assertThat(active.select("#do-pause[aria-disabled]")).isEmpty();
        assertThat(active.select("#why-unpause").text())
                .isEqualTo("It can be done while the instance is Paused; this one is: Active.");
        assertThat(active.select("#why-unshelve").text())
                .isEqualTo("It can be done while the instance is Shelved; this one is: Active.");
        assertThat(active.select("#why-detach-volume").text())
                .isEqualTo("No volume is attached to it.");
        Document detach = alice.get(path + "/detach-volume").page();
        assertThat(detach.select("form.form .banner").text())
                .isEqualTo("No volume is attached to it.");
        assertThat(detach.select("form.form button")).isEmpty();
        assertThat(active.select("#do-detach-interface[aria-disabled]")).isEmpty();
        assertThat(active.select("#do-migrate")).as("for administrators").isEmpty();
        assertThat(alice.get(path + "/migrate").status()).isEqualTo(404);
        assertThat(alice.submit(path + "/migrate", Map.of()).status()).isEqualTo(404);

        alice.submit(path + "/pause", Map.of());
        shownAs(path, "Paused");
        alice.submit(path + "/unpause", Map.of());
        shownAs(path, "Active");

        Document resize = alice.get(path + "/resize").page();
        assertThat(alice.submit(path + "/resize", Map.of("flavor", "")).status()).isEqualTo(422);
        alice.submit(path + "/resize", Map.of("flavor", choice(resize, "flavor", "m1.small")));
        shownAs(path, "Resized");
        alice.submit(path + "/confirm-resize", Map.of());
        shown(path, says("Active").and(page -> page.text().contains("m1.small")));

        alice.submit(path + "/tags", Map.of("tags", "web, blue"));
        alice.submit(path + "/lock", Map.of("reason", "ours"));
        await().atMost(Browser.PATIENCE)
                .until(() ->
                        alice.get(path).page().select("#why-stop").text().contains("is locked"));
        alice.submit(path + "/unlock", Map.of());
        shown(path, page -> page.select("#why-stop").isEmpty());
        assertThat(alice.get(path + "/tags").page().select("#tags").val()).isEqualTo("blue, web");
        assertThat(alice.get(path).page().select("main").text()).contains("Tags blue, web");

        Document console = alice.submit(path + "/console", Map.of()).page();
        assertThat(console.select("#console").attr("href")).startsWith("http");
        alice.submit(path + "/delete", Map.of());
        await().atMost(Browser.PATIENCE).until(() -> alice.get(path).status() == 404);
        assertThat(alice.get(SHOP + "/audit").page().text()).contains("many-deeds");
    }

    @Test
    void aLaunchThatNovaDoesNotAnswerIsSaidSoonAndAskedForOnce() {
        Document form = alice.get(LIST + "/new").page();
        Answered answered;
        app.demo().faults().turnOn(DemoFaults.API_SILENT, "nova");
        try {
            answered = launch("unheard", form);
        } finally {
            app.demo().faults().turnOff(DemoFaults.API_SILENT);
        }

        assertThat(answered.status()).isEqualTo(422);
        assertThat(answered.page().select("main .banner.bad").text())
                .contains("Whether an instance was made is not known", "within 10 s");
        assertThat(answered.page().select("#name").val()).isEqualTo("unheard");
        assertThat(app.callsOf(answered.request()))
                .filteredOn(each -> each.call().method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void aDeedThatNovaDoesNotAnswerIsSaidSoonAskedForOnceAndKeepsWhatWasTyped() {
        String path = launched("unheard-deed");
        shownAs(path, "Active");
        Answered typed;
        Answered many;
        app.demo().faults().turnOn(DemoFaults.API_SILENT, "nova");
        try {
            typed = alice.submit(path + "/metadata", Map.of("metadata", "tier=front"));
            many =
                    alice.submit(
                            SHOP + "/instances-at-once",
                            Map.of("deed", "reboot", "id", path.replaceAll(".*/", "")));
        } finally {
            app.demo().faults().turnOff(DemoFaults.API_SILENT);
        }

        assertThat(typed.status()).isEqualTo(422);
        assertThat(typed.page().select("main .banner.bad").text())
                .contains("Whether this was done to unheard-deed is not known", "within 10 s");
        assertThat(typed.page().select("textarea[name=metadata]").text()).isEqualTo("tier=front");
        assertThat(app.callsOf(typed.request()))
                .filteredOn(each -> each.call().method().equals("PUT"))
                .hasSize(1);
        assertThat(many.location()).endsWith("/instances");
        assertThat(app.callsOf(many.request()))
                .filteredOn(each -> each.call().method().equals("POST"))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void manyInstancesAreStoppedAfterOneQuestion() {
        String first = launched("at-once-1");
        String second = launched("at-once-2");
        shownAs(first, "Active");
        shownAs(second, "Active");
        String ids = "&id=" + idOf(first) + "&id=" + idOf(second);

        Document question = alice.get(SHOP + "/instances-at-once?deed=stop" + ids).page();
        assertThat(question.select("h1").text()).contains("2 of 2");
        assertThat(question.select("main form input[name=id]")).hasSize(2);
        assertThat(bob.submit(SHOP + "/instances-at-once?deed=stop" + ids, Map.of()).status())
                .isEqualTo(403);
        shownAs(first, "Active");
        alice.submit(SHOP + "/instances-at-once?deed=stop" + ids, Map.of());
        shownAs(first, "Stopped");
        shownAs(second, "Stopped");

        Document again = alice.get(SHOP + "/instances-at-once?deed=stop" + ids).page();
        assertThat(again.select("main form input[name=id]")).isEmpty();
        assertThat(again.text()).contains("this one is: Stopped");
        alice.submit(SHOP + "/instances-at-once?deed=delete" + ids, Map.of());
        await().atMost(Browser.PATIENCE)
                .until(() -> alice.get(first).status() == 404 && alice.get(second).status() == 404);
    }

    private static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Document shownAs(String path, String status) {
        return shown(path, says(status));
    }

    @Test
    void theCsvHasARowForEachInstance() {
        List<String> lines = alice.get(SHOP + "/instances.csv?name=web-").body().lines().toList();

        assertThat(lines.getFirst()).startsWith("id,name,status");
        assertThat(lines).hasSize(4);
        assertThat(lines).anyMatch(line -> line.contains(",web-1,ACTIVE,"));
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(alice.get(SHOP + "/instances.csv").body().lines().count())
                                .isEqualTo(names(LIST + "?size=200").size() + 1L));
    }

    @Test
    void aHostileNameIsTextOnEveryPageAndNoFormulaInAnyTable() {
        String script = launched(SCRIPT);
        String formula = launched(FORMULA);
        String id = script.substring(script.lastIndexOf('/') + 1);

        for (String path :
                List.of(LIST, script, script + "/delete", SHOP, SHOP + "/audit", SHOP + "/usage")) {
            Answered answered = alice.get(path);
            assertThat(answered.status()).as(path).isEqualTo(200);
            assertThat(answered.body()).as(path).doesNotContain("<img src=x");
            assertThat(answered.page().select("img[onerror]")).as(path).isEmpty();
        }
        assertThat(alice.get(script).page().select("h1").text()).isEqualTo(SCRIPT);
        String resource = SHOP + "/usage/resources/" + id;
        await().atMost(Browser.PATIENCE).until(() -> alice.get(resource).status() == 200);
        assertThat(alice.get(resource).body()).contains("&lt;img src=x").doesNotContain(SCRIPT);
        assertThat(alice.get(SHOP + "/instances.csv").body())
                .contains(",'" + FORMULA + ",")
                .doesNotContain("," + FORMULA);
        for (String file : List.of("/usage/resources.csv", "/audit.csv")) {
            assertThat(alice.get(SHOP + file).body()).as(file).doesNotContain("," + FORMULA);
        }
        assertThat(alice.get(formula).page().select("h1").text()).isEqualTo(FORMULA);
        try (Browser browser = Browser.at(app)) {
            browser.signIn("alice");
            for (String path : List.of(LIST, script, script + "/delete", resource)) {
                browser.open(path);
                assertThat(browser.found("img[onerror]")).isEmpty();
                assertThat(browser.console()).as(path).isEmpty();
            }
        }
    }

    @Test
    void aPageShowsWhatWasDoneWithoutItsUsualPause() {
        String path = launched("shown-soon");
        shownAs(path, "Active");
        try (Browser browser = Browser.at(app)) {
            browser.signIn("alice").open(path).press("#do-stop");
            browser.driver()
                    .executeScript("document.getElementById('changes').dataset.tick = '1000m'");

            browser.awaitText("#top .pill", "Stopped");
        }
    }

    @Test
    void axeFindsNothingAndTheListWorksWithTheMouse() {
        String path = pathOf("web-2");
        try (Browser browser = Browser.at(app)) {
            browser.signIn("alice");
            for (String theme : List.of("light", "dark")) {
                browser.theme(theme);
                for (String each :
                        List.of(
                                LIST,
                                LIST + "?name=nothing-is-called-so",
                                LIST + "/new",
                                path,
                                path + "/delete",
                                path + "/log")) {
                    browser.open(each);
                    assertThat(browser.axe()).as(theme + " " + each).isEmpty();
                    assertThat(browser.console()).as(theme + " " + each).isEmpty();
                }
            }
            browser.open(LIST).driver().findElement(By.name("name")).sendKeys("web-2\n");
            Browser.awaiting("the list with web-2 alone")
                    .untilAsserted(() -> {
                        assertThat(browser.address()).contains("name=web-2");
                        assertThat(browser.texts("tbody#rows th a")).isEqualTo("web-2");
                    });
            browser.press("tbody#rows th a");
            assertThat(browser.text("h1")).isEqualTo("web-2");
        }
    }
}
