package dev.stackwright.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.ChildApp;
import dev.stackwright.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host of the demo cloud is emptied, with a sudden death in the middle, and filled again. */
class DrainTest {

    private static final String HOSTS = "/c/demo/admin/hosts";
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir private Path folder;

    private @Nullable ChildApp app;
    private @Nullable Client signedIn;

    @AfterEach
    void end() {
        if (app != null) {
            app.close();
        }
    }

    private void start() {
        var started = ChildApp.start(folder);
        app = started;
        var ada = new Client(started.url());
        signedIn = ada;
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> ada.signIn("ada", "demo").location().contains("/c/"));
    }

    private Client ada() {
        return Objects.requireNonNull(signedIn);
    }

    private Document page(String path) {
        return ada().get(path).page();
    }

    private String host(String name) {
        return page(HOSTS + "?name=" + name).select("tbody#rows th a").attr("href");
    }

    private long moved(String run) {
        return page(run).select("#rows tr").stream()
                .filter(row -> row.select(".st").text().startsWith("moved"))
                .count();
    }

    private static Map<String, String> typed(Document plan, String... more) {
        var form = new HashMap<String, String>();
        form.put("fingerprint", plan.select("input[name=fingerprint]").attr("value"));
        for (var i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    @Test
    void survivesASuddenDeathAndEndsEmpty() {
        start();
        await().atMost(LONG).until(() -> !host("compute1").isEmpty());
        var host = host("compute1");
        await("what hosts have to give is read")
                .atMost(LONG)
                .until(() -> page(host + "/drain").text().contains("Room as of"));

        var plan = page(host + "/drain");
        assertThat(plan.select("h1").text()).startsWith("Draining compute1 moves");
        assertThat(plan.text()).contains("Nothing has happened yet", "All of them fit");
        var instances = plan.select("table.tbl tbody tr").size();
        assertThat(instances).isGreaterThan(2);

        var stale = ada().submit(host + "/drain", Map.of("fingerprint", "another"));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.page().text()).contains("Nothing was done");

        var begun =
                ada().submit(
                                host + "/drain",
                                typed(plan, "reason", "disk change", "parallel", "1"));
        assertThat(begun.status()).isIn(302, 303);
        var run = begun.location().replaceAll("^https?://[^/]+", "");
        await("the first has moved").atMost(LONG).until(() -> moved(run) >= 1);

        Objects.requireNonNull(app).kill();
        assertThat(folder.resolve("data")).exists();
        start();
        await("it is empty")
                .atMost(LONG)
                .until(() -> page(run).select("h1").text().contains("is safe to power off"));
        assertThat(moved(run)).isEqualTo(instances);
        await("the host says so, too")
                .atMost(LONG)
                .until(() ->
                        page(host).text().contains("Nothing is on it")
                                && page(host).text().contains("disk change"));

        var back = page(run + "/return");
        assertThat(back.select("input[name=pick]")).hasSize(instances);
        var one = back.select("input[name=pick]").attr("value");
        ada().submit(run + "/return", Map.of("pick", one, "parallel", "2"));
        await("it is back in service")
                .atMost(LONG)
                .until(() -> page(run).text().contains("its ports are bound"));
        assertThat(page(run).select("h1").text()).contains("takes instances again");
        await("the host carries it again")
                .atMost(LONG)
                .until(() -> page(host).select("#rows tr").size() == 1);
    }
}
