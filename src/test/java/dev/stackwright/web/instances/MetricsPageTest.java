package dev.stackwright.web.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Sample;
import dev.stackwright.metering.store.MeteringStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsPageTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final App app = App.started();
    private final Client alice = Client.of(app, "alice");
    private final String project = "/c/demo/p/" + DemoCloud.projectId("shop");

    @Test
    void countersAreShownAsRatesAndACounterThatBeganAgainGoesOn() {
        var id = instance();
        List<Sample> samples = new ArrayList<>();
        long[] sent = {1_000_000, 7_000_000, 600_000, 1_200_000};
        for (int i = 0; i < sent.length; i++) {
            samples.add(sample(id, 30L - 10L * i, sent[i]));
        }
        app.bean(MeteringStore.class).keep(samples, List.of());

        var page = alice.get(project + "/instances/" + id + "/metrics").page();
        var sets = data(id, "network").get("datasets");

        assertThat(page.select("#network figcaption").text()).contains("Sent: ", "at the most");
        assertThat(page.select("#network tbody tr")).isNotEmpty();
        var data = sets.valueStream().filter(set -> set.get("label").asString().equals("Sent"));
        List<Double> rates = new ArrayList<>();
        data.findFirst()
                .orElseThrow()
                .get("data")
                .forEach(value -> {
                    if (!value.isNull()) {
                        rates.add(value.doubleValue());
                    }
                });
        assertThat(rates.subList(rates.size() - 3, rates.size()))
                .containsExactly(10_000 / 1024.0, 1000 / 1024.0, 1000 / 1024.0);
    }

    @Test
    void everyStretchIsShownAndWhatIsNoMetricIsNotFound() {
        var id = instance();
        for (var range : List.of("", "?range=7d", "?range=30d", "?range=nonsense")) {
            var answer = alice.get(project + "/instances/" + id + "/metrics" + range);
            assertThat(answer.status()).as(range).isEqualTo(200);
            assertThat(answer.page().select("figure")).hasSize(4);
        }
        assertThat(alice.get(project + "/instances/" + id + "/metrics/data?of=nonsense").status())
                .isEqualTo(404);
        assertThat(
                        Client.of(app, "charlie")
                                .get(project + "/instances/" + id + "/metrics")
                                .status())
                .isEqualTo(404);
    }

    private JsonNode data(String id, String metric) {
        return JsonMapper.shared()
                .readTree(
                        alice.get(project + "/instances/" + id + "/metrics/data?of=" + metric)
                                .body());
    }

    /** One that never ran: nobody else writes samples of it. */
    private String instance() {
        return alice
                .get(project + "/instances?name=import-job")
                .page()
                .select("tbody#rows th a")
                .eachAttr("href")
                .stream()
                .map(href -> href.substring(href.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static Sample sample(String id, long minutesAgo, long volume) {
        var at = NOW.minus(Duration.ofMinutes(minutesAgo + 1));
        return new Sample(
                new CloudName("demo"),
                new ProjectId(DemoCloud.projectId("shop")),
                null,
                id,
                new Meter("network.outgoing.bytes", MeterType.CUMULATIVE, "B"),
                BigDecimal.valueOf(volume),
                at,
                new Origin(UUID.randomUUID().toString(), "poll.diagnostics", at, null, null, null),
                Map.of());
    }
}
