package dev.stackwright.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoHistoryTest {

    private static final String NOON = "2026-11-22T12:00:00Z";

    private final MovableClock clock = MovableClock.at(NOON);

    private static JsonNode message(DemoEnvelope envelope) {
        JsonNode outer = Json.MAPPER.readTree(envelope.body());
        return Json.MAPPER.readTree(outer.path("oslo.message").stringValue());
    }

    @Test
    void tellsTwoMonthsInOrderAndTheSameEachTime() {
        try (var one = new DemoCloud(DemoOptions.usual(), clock);
                var other = new DemoCloud(DemoOptions.usual(), clock)) {
            List<DemoEnvelope> history = one.history();

            assertThat(history).hasSizeBetween(700, 2500);
            assertThat(history).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
            assertThat(history.getFirst().time())
                    .isBefore(Instant.parse(NOON).minus(Duration.ofDays(62)));
            assertThat(history.getLast().time()).isBefore(Instant.parse(NOON));
            List<String> ids =
                    history.stream()
                            .map(each -> message(each).path("message_id").stringValue())
                            .toList();
            assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
            assertThat(
                            other.history().stream()
                                    .map(each -> message(each).path("message_id").stringValue()))
                    .containsExactlyElementsOf(ids);
            assertThat(
                            history.stream()
                                    .map(each -> message(each).path("event_type").stringValue())
                                    .distinct())
                    .contains(
                            "compute.instance.create.end",
                            "compute.instance.exists",
                            "compute.instance.finish_resize.end",
                            "compute.instance.delete.end",
                            "volume.create.end",
                            "volume.resize.end",
                            "volume.delete.end",
                            "volume.exists",
                            "floatingip.create.end");
        }
    }

    @Test
    void isThereAgainAsItWasWhenTheProcessComesBack(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("data/demo-cloud.json");
        String network;
        Object before;
        try (var first = new DemoCloud(DemoOptions.usual().withFile(file), clock)) {
            var alice = Curl.as(first, "alice", "shop");
            network =
                    alice.post("network/v2.0/networks", "{\"network\": {\"name\": \"kept\"}}")
                            .body()
                            .path("network")
                            .path("id")
                            .stringValue();
            alice.post(
                    "volume/v3/" + DemoCloud.projectId("shop") + "/volumes",
                    "{\"volume\": {\"name\": \"kept\", \"size\": 1}}");
            first.historyTold();
            before = first.state();
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        clock.advance(Duration.ofDays(1));

        try (var again = new DemoCloud(DemoOptions.usual().withFile(file), clock)) {
            assertThat(again.state()).isEqualTo(before);
            assertThat(again.history()).isEmpty();
            var alice = Curl.as(again, "alice", "shop");
            assertThat(alice.get("network/v2.0/networks/" + network).status()).isEqualTo(200);
            assertThat(
                            alice.get(
                                            "volume/v3/"
                                                    + DemoCloud.projectId("shop")
                                                    + "/volumes/detail?name=kept")
                                    .body()
                                    .path("volumes")
                                    .get(0)
                                    .path("status")
                                    .stringValue())
                    .isEqualTo("available");
            var port =
                    alice.post(
                            "network/v2.0/ports",
                            "{\"port\": {\"network_id\": \""
                                    + World.idOf("network shop-net")
                                    + "\"}}");
            assertThat(port.status()).isEqualTo(201);
        }
    }

    @Test
    void beginsAnewWhenTheFileCannotBeRead(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("demo-cloud.json"), "{nonsense");
        try (var cloud = new DemoCloud(DemoOptions.usual().withFile(file), clock)) {
            assertThat(cloud.state()).containsEntry("server", 20L);
        }
    }

    @Test
    void saysEachHourWhatThereIs() {
        try (var cloud = new DemoCloud(DemoOptions.usual(), clock)) {
            List<JsonNode> heard = new ArrayList<>();
            cloud.listen(envelope -> heard.add(message(envelope)));
            clock.advance(Duration.ofHours(2));
            cloud.advance();

            long audits =
                    heard.stream()
                            .filter(each ->
                                    each.path("event_type")
                                            .stringValue()
                                            .equals("compute.instance.exists"))
                            .count();
            assertThat(audits).isEqualTo(2L * Furniture.SERVERS.size());
        }
    }

    @Test
    void countersHaveAPastThatGoesOnIntoThePresent(@TempDir Path folder) {
        Path file = folder.resolve("demo-cloud.json");
        try (var cloud = new DemoCloud(DemoOptions.usual().withFile(file), clock)) {
            var all = cloud.counters();

            assertThat(all).hasSize(Furniture.SERVERS.size());
            var web = all.getFirst();
            assertThat(web.getFirst().at())
                    .isBefore(Instant.parse(NOON).minus(Duration.ofDays(61)));
            assertThat(web.getLast().at()).isAfter(Instant.parse(NOON).minus(Duration.ofHours(2)));
            for (var readings : all) {
                assertThat(readings).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
                assertThat(readings).extracting(DemoHistoryTest::cpu).isSorted();
            }
            var stopped =
                    all.stream()
                            .filter(readings ->
                                    readings.getFirst()
                                            .server()
                                            .path("id")
                                            .asString()
                                            .equals(Furniture.serverId("old-report")))
                            .findFirst()
                            .orElseThrow();
            assertThat(stopped.getLast().at())
                    .isBefore(Instant.parse(NOON).minus(Duration.ofDays(19)));
            var now =
                    Curl.as(cloud, "ada", "admin")
                            .version("2.48")
                            .get(
                                    "compute/v2.1/servers/"
                                            + Furniture.serverId("web-1")
                                            + "/diagnostics")
                            .body();
            assertThat(now.path("cpu_details").get(0).path("time").asLong())
                    .isGreaterThan(cpu(web.getLast()));
            cloud.counted();
        }
        try (var again = new DemoCloud(DemoOptions.usual().withFile(file), clock)) {
            assertThat(again.counters()).isEmpty();
        }
    }

    private static long cpu(DemoReading reading) {
        return reading.body().path("cpu_details").get(0).path("time").asLong();
    }

    @Test
    void countersOnlyGrowAndAreTheSameForTheSameInstant() {
        try (var cloud = new DemoCloud(DemoOptions.usual(), clock)) {
            var ada = Curl.as(cloud, "ada", "admin").version("2.48");
            String path = "compute/v2.1/servers/" + Furniture.serverId("db-1") + "/diagnostics";
            JsonNode now = ada.get(path).body();
            assertThat(ada.get(path).body()).isEqualTo(now);
            long before = now.path("cpu_details").get(0).path("time").longValue();
            clock.advance(Duration.ofHours(1));
            long after = ada.get(path).body().path("cpu_details").get(0).path("time").longValue();
            assertThat(after - before).isBetween(1L, 3_600_000_000_000L);
        }
    }
}
