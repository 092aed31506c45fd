package dev.stackwright.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that can be asked for while a host is being emptied, by the page's own buttons. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainByHandTest {

    private static final String HOSTS = "/c/demo/admin/hosts";
    private static final Duration LONG = Duration.ofMinutes(4);

    // A live migration takes four steps: long enough to be stopped on its way.
    private final App app = App.fresh("--stackwright.demo.step=2s");
    private final Client ada = Client.of(app, "ada");
    private final Client alice = Client.of(app, "alice");

    @AfterAll
    void end() {
        app.close();
    }

    private Document page(String path) {
        return ada.get(path).page();
    }

    private String host(String name) {
        return page(HOSTS + "?name=" + name).select("tbody#rows th a").attr("href");
    }

    /** Presses a button of the run as it is now; false when there is none. */
    private boolean press(String run, String ending) {
        var forms = page(run).select("form[action$=" + ending + "]");
        if (forms.isEmpty()) {
            return false;
        }
        assertThat(ada.submit(forms.attr("action"), Map.of()).status()).isIn(302, 303);
        return true;
    }

    private static boolean offers(Document page, String deed) {
        return !page.select(".acts form[action$=/" + deed + "]").isEmpty();
    }

    private List<Element> rows(String run, String state) {
        return page(run).select("#rows tr").stream()
                .filter(row -> row.select(".st").text().startsWith(state))
                .toList();
    }

    private String begin(String name) {
        await().atMost(LONG).until(() -> !host(name).isEmpty());
        var host = host(name);
        await("what hosts have to give is read")
                .atMost(LONG)
                .until(() -> page(host + "/drain").text().contains("Room as of"));
        var plan = page(host + "/drain");
        var begun =
                ada.submit(
                        host + "/drain",
                        Map.of(
                                "fingerprint",
                                plan.select("input[name=fingerprint]").attr("value"),
                                "reason",
                                "by hand",
                                "parallel",
                                "1"));
        assertThat(begun.status()).isIn(302, 303);
        return begun.location().replaceAll("^https?://[^/]+", "");
    }

    @Test
    void pausesLeavesOneStopsAMigrationStopsAndTriesAgain() {
        var run = begin("compute1");
        var all = page(run).select("#rows tr").size();
        assertThat(all).isGreaterThan(3);

        // Paused: what moves arrives, nothing else begins.
        assertThat(press(run, "/pause")).isTrue();
        await("nothing moves any more").atMost(LONG).until(() -> rows(run, "on the way").isEmpty());
        var paused = page(run);
        assertThat(paused.select(".title .st, .title .pill").text()).contains("Paused");
        assertThat(offers(paused, "resume")).isTrue();
        assertThat(offers(paused, "stop")).isTrue();
        assertThat(offers(paused, "pause")).isFalse();
        var waiting = rows(run, "waiting").size();
        assertThat(waiting).isGreaterThan(2);

        // One that waits is left, by the button of its row.
        var left = rows(run, "waiting").getLast();
        assertThat(left.select("button").text()).startsWith("Leave it");
        ada.submit(left.select("form").attr("action"), Map.of());
        await("one is left").atMost(LONG).until(() -> rows(run, "left where it is").size() == 1);
        assertThat(rows(run, "waiting")).hasSize(waiting - 1);

        // It goes on, and one that is on its way is stopped there.
        assertThat(press(run, "/resume")).isTrue();
        await("a migration is stopped, and its instance stays")
                .atMost(LONG)
                .until(() -> {
                    rows(run, "on the way").stream()
                            .filter(row ->
                                    row.select("button").text().startsWith("Stop its migration"))
                            .findFirst()
                            .ifPresent(
                                    row -> ada.submit(row.select("form").attr("action"), Map.of()));
                    return page(run).select("#rows").text().contains("Stopped on its way");
                });

        // Stopped as a whole: the rest stays, the host stays closed.
        await("it is stopped, or was over before")
                .atMost(LONG)
                .until(() -> {
                    press(run, "/stop");
                    return page(run).select("h1").text().contains("is not empty");
                });
        var over = page(run);
        assertThat(over.text()).contains("stays closed for new instances");
        assertThat(rows(run, "left where it is")).hasSizeGreaterThan(1);
        assertThat(offers(over, "stop")).isFalse();

        // Who is no administrator presses nothing.
        assertThat(alice.submit(run + "/again", Map.of()).status()).isEqualTo(404);

        // One is tried again alone, then the rest.
        var one = rows(run, "left where it is").getFirst();
        assertThat(one.select("button").text()).startsWith("Try again");
        ada.submit(one.select("form").attr("action"), Map.of());
        var name = one.select("th").text();
        await("that one has moved")
                .atMost(LONG)
                .until(() ->
                        page(run).select("h1").text().contains("is not empty")
                                && rows(run, "moved").stream()
                                        .anyMatch(row -> row.select("th").text().equals(name)));
        assertThat(press(run, "/again")).isTrue();
        await("it is empty in the end")
                .atMost(LONG)
                .until(() -> page(run).select("h1").text().contains("is safe to power off"));
        assertThat(rows(run, "moved")).hasSize(all);
        assertThat(page(run).text()).contains("ada began it: by hand");
    }
}
