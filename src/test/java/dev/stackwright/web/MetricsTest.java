package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import org.junit.jupiter.api.Test;

/** What a monitoring system is promised in docs/operations.md. */
class MetricsTest {

    private final Client ada = Client.of(App.started(), "ada");

    @Test
    void busCollectorCallsAndExecutionsAreThere() {
        // The demo cloud moves by itself, so its bus is heard within seconds.
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(metrics())
                                .contains(
                                        "stackwright_bus_notifications_total{",
                                        "stackwright_bus_connected{cloud=\"demo\"} 1.0",
                                        "stackwright_bus_poisoned_total{cloud=\"demo\"}",
                                        "stackwright_bus_lag_seconds_count{cloud=\"demo\"}",
                                        "stackwright_bus_silence_seconds{cloud=\"demo\",exchange=\"",
                                        "stackwright_inventory_age_seconds{cloud=\"demo\",kind=\"server\"}",
                                        "stackwright_inventory_objects{cloud=\"demo\",kind=\"server\"}",
                                        "stackwright_inventory_polls_seconds_count{cloud=\"demo\",kind=\"server\",outcome=\"done\"}",
                                        "stackwright_inventory_refreshes_seconds_count{cloud=\"demo\"}",
                                        "stackwright_cloud_calls_seconds_count{cloud=\"demo\",method=\"GET\",service=\"compute\",status=\"200\"}",
                                        "stackwright_executions{state=\"running\"}",
                                        "stackwright_executions{state=\"waiting\"}"));
    }

    private String metrics() {
        return ada.get("/actuator/prometheus").body();
    }
}
