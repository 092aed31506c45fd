package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.Stacking;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What is on the cloud without a stack comes into one, and stays as it is. */
class AdoptPageTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String shop = "/c/demo/p/" + DemoCloud.projectId("shop");
    private final String adopt = shop + "/stacks/adopt";

    @Test
    void whatAStackLeftBehindIsTickedWrittenPlannedAndAdopted() {
        Stacking.begin(alice, shop, "left");
        status("left", "CREATE_COMPLETE");
        var cloud = app.demo().state("left-");
        var plan = alice.submit(stack("left") + "/abandon", Map.of()).location();
        alice.submit(plan + "/approve", Map.of());
        status("left", "ABANDON_COMPLETE");

        var page = alice.get(adopt + "?q=left-").page();
        var things =
                page.select("input[name=thing]:not([disabled])").stream()
                        .map(one -> one.attr("value"))
                        .collect(Collectors.joining(","));
        var written =
                alice.submit(adopt + "/template", Map.of("thing", things, "q", "left-")).page();
        assertThat(written.select("textarea#template").val())
                .contains("type: OS::Nova::Server", "get_resource: left_net", "left_port")
                .contains("type: OS::Cinder::VolumeAttachment", "# m1.tiny")
                .doesNotContain("stackwright:");

        var form = form(written);
        assertThat(form.keySet().stream().filter(key -> key.startsWith("id-"))).hasSize(6);
        form.put("name", "found");
        var planned = alice.submit(adopt, form);
        assertThat(planned.status()).as(planned.page().text()).isIn(302, 303);
        assertThat(alice.get(planned.location()).page().select("main").text())
                .contains("adopted")
                .doesNotContain("Replace", "Delete");
        alice.submit(planned.location() + "/approve", Map.of());
        status("found", "ADOPT_COMPLETE");
        assertThat(app.demo().state("left-")).isEqualTo(cloud);

        var again =
                alice.submit(
                        stack("found") + "/edit",
                        Map.of("template", String.valueOf(form.get("template"))));
        assertThat(alice.get(again.location()).page().select("main").text())
                .as("the same template changes nothing")
                .contains("6 unchanged");
        assertThat(alice.get(adopt + "?q=left-").page().text()).contains("in stack found");
        form.put("name", "twice");
        assertThat(alice.submit(adopt, form).page().select(".errsum").text())
                .contains("left_net is in stack found already");

        var end = alice.submit(stack("found") + "/delete", Map.of()).location();
        alice.submit(end + "/approve", Map.of("loss", "true"));
        status("found", "DELETE_COMPLETE");
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(app.demo().state("left-").values())
                                .allMatch(count -> count == 0));
    }

    @Test
    void whatCannotBeAdoptedIsSaid() {
        assertThat(alice.submit(adopt + "/template", Map.of()).page().select(".errsum").text())
                .contains("Tick at least one thing");
        assertThat(
                        alice.submit(adopt, Map.of("name", "x", "export", "{}"))
                                .page()
                                .select(".errsum")
                                .text())
                .contains("no export of a stack");
        assertThat(Client.of(app, "bob").get(adopt).page().text()).contains("reader");
    }

    @Test
    void whatIsTickedStaysTickedWhenTheListIsFiltered() {
        Stacking.begin(alice, shop, "ticks");
        status("ticks", "CREATE_COMPLETE");
        var plan = alice.submit(stack("ticks") + "/abandon", Map.of()).location();
        alice.submit(plan + "/approve", Map.of());
        status("ticks", "ABANDON_COMPLETE");
        var first =
                alice.get(adopt + "?q=ticks-net")
                        .page()
                        .select("input[name=thing]:not([disabled])")
                        .attr("value");
        assertThat(first).isNotEmpty();

        var filtered =
                alice.submit(
                                adopt + "/template",
                                Map.of("thing", first, "q", "ticks-server", "do", "filter"))
                        .page();

        assertThat(filtered.select("input[name=thing][checked]").eachAttr("value"))
                .containsExactly(first);
        assertThat(filtered.select("textarea#template")).isEmpty();
        assertThat(filtered.select("main input[name=q]").val()).isEqualTo("ticks-server");
    }

    private static Map<String, String> form(Document page) {
        var form = new HashMap<String, String>();
        page.select("input[name^=id-]").forEach(one -> form.put(one.attr("name"), one.val()));
        form.put("template", page.select("textarea#template").val());
        return form;
    }

    private String stack(String name) {
        return alice.get(shop + "/stacks?q=" + name).page().select("tbody th a").stream()
                .filter(link -> link.text().equals(name))
                .map(link -> link.attr("href"))
                .findFirst()
                .orElseThrow();
    }

    private void status(String name, String status) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Stacking.status(app, name)).isEqualTo(status));
    }
}
