package dev.stackwright.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoFaults;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On compute1 only nova-compute is dead, compute2 is dead altogether. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {

    private static final String HOSTS = "/c/demo/admin/hosts";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final App app = App.fresh("--stackwright.demo.step=200ms");
    private final Client ada = Client.of(app, "ada");

    @BeforeAll
    void twoHostsFallSilent() {
        app.demo().faults().turnOn(DemoFaults.COMPUTE_SILENT, "compute1");
        app.demo().faults().turnOn(DemoFaults.HOST_DEAD, "compute2");
        await("what hosts have to give is read")
                .atMost(LONG)
                .until(() ->
                        !host("compute3").isEmpty()
                                && page(host("compute3") + "/drain").text().contains("Room as of"));
        await("both are seen to be silent")
                .atMost(LONG)
                .until(() ->
                        page(host("compute1")).select("h1 + .pill").text().contains("Silent")
                                && page(host("compute2") + "/recovery")
                                        .text()
                                        .contains("fell silent together"));
    }

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

    private static Map<String, String> typed(Document plan, String... more) {
        var form = new HashMap<String, String>();
        form.put("fingerprint", plan.select("input[name=fingerprint]").attr("value"));
        for (var i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    @Test
    void whereOnlyTheAgentIsDeadNothingIsBuiltAnew() {
        var address = host("compute1") + "/recovery";
        var plan = page(address);

        assertThat(plan.text()).contains("its instances still run");
        assertThat(plan.select("button[aria-disabled=true]")).isNotEmpty();
        var forced =
                ada.submit(
                        address,
                        typed(plan, "fenced", "true", "fencing", "trust me", "loss", "true"));
        assertThat(forced.status()).isEqualTo(409);
    }

    @Test
    void nothingIsMovedOffAHostThatDoesNotAnswer() {
        assertThat(page(host("compute1") + "/drain").text())
                .contains("nothing can be moved off it");
    }

    @Test
    void aDeadHostIsRecoveredOnceItIsFenced() {
        var host = host("compute2");
        var plan = page(host + "/recovery");
        assertThat(plan.select("h1").text()).startsWith("Recovering compute2 builds");
        assertThat(plan.text()).contains("stays on the dead host");

        var unfenced = ada.submit(host + "/recovery", typed(plan, "loss", "true"));
        assertThat(unfenced.status()).isEqualTo(409);
        assertThat(unfenced.page().text()).contains("it has to be sure");

        var begun =
                ada.submit(
                        host + "/recovery",
                        typed(
                                plan,
                                "loss",
                                "true",
                                "fenced",
                                "true",
                                "fencing",
                                "power cut",
                                "parallel",
                                "4"));
        assertThat(begun.status()).isIn(302, 303);
        var run = begun.location().replaceAll("^https?://[^/]+", "");
        await("all that can is built anew")
                .atMost(LONG)
                .until(() -> page(run).select("h1").text().contains("is not empty: 6 of"));
        assertThat(page(run).text()).contains("fenced: power cut").contains("staging");
        assertThat(page(run).select("#rows").text()).contains("compute3");
    }
}
