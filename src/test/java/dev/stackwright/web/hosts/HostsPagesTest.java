package dev.stackwright.web.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Client;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The hosts of the demo cloud, as administrators see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostsPagesTest {

    private static final String HOSTS = "/c/demo/admin/hosts";

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final Client ada = Client.of(app, "ada");

    @BeforeAll
    void capacityIsRead() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ada.get(host("compute1")).body().contains("As placement gives it"));
    }

    private String host(String name) {
        return ada.get(HOSTS + "?name=" + name).page().select("tbody#rows th a").attr("href");
    }

    @Test
    void eachHostSaysHowItStandsAndWhatItCarries() {
        var page = ada.get(HOSTS).page();

        assertThat(page.select("#lead").text()).contains("hosts").contains("instances");
        var row = page.select("tbody#rows tr:has(a:containsOwn(compute1))").first();
        assertThat(row).isNotNull();
        assertThat(row.select("svg.meter").attr("aria-label")).contains("vCPU");
        assertThat(page.select("tbody#rows tr")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void oneThatNobodyIsCalledSaysSo() {
        assertThat(ada.get(HOSTS + "?name=no-such-host").page().text())
                .contains("No host is called so");
    }

    @Test
    void aHostShowsItsServicesItsRoomAndItsInstances() {
        var page = ada.get(host("compute1")).page();

        assertThat(page.text())
                .contains("nova-compute", "Open vSwitch agent", "Capacity", "What it carries");
        assertThat(page.select(".quota .meter")).hasSize(3);
        assertThat(page.select("tbody#rows tr")).isNotEmpty();
    }

    @Test
    void theyAreForAdministratorsAlone() {
        assertThat(alice.get(HOSTS).status()).isEqualTo(404);
        assertThat(alice.get(host("compute1")).status()).isEqualTo(404);
    }

    @Test
    void thePollDrawsTheSameRows() {
        assertThat(ada.get("/c/demo/admin/changes/hosts").page().select("tbody#rows tr"))
                .hasSameSizeAs(ada.get(HOSTS).page().select("tbody#rows tr"));
        var host = host("compute2");
        assertThat(ada.get(host.replace("/admin/hosts/", "/admin/changes/hosts/")).body())
                .contains("What it carries");
    }

    @Test
    void capacityTellsFreeSlotsAndWhichLossesAreBorne() {
        var page = ada.get("/c/demo/admin/capacity").page();

        assertThat(page.select("h1").text()).isEqualTo("Capacity");
        assertThat(page.select("tbody#rows tr")).isNotEmpty();
        assertThat(page.text())
                .contains("When one host is lost", "When two are lost at once", "A bound");
        assertThat(alice.get("/c/demo/admin/capacity").status()).isEqualTo(404);
    }
}
