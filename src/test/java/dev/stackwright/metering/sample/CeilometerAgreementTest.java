package dev.stackwright.metering.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.metering.Sample;
import dev.stackwright.notification.Notification;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real notifications, and the samples that Ceilometer makes of them. */
@Tag("corpus")
class CeilometerAgreementTest {

    private static final Path CASES =
            Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"))
                    .resolve("notifications");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Meters that count objects, of which this release has those of compute and network. */
    private static final Set<String> COUNTED =
            Set.of("instance", "network", "subnet", "port", "router", "ip.floating");

    @Test
    void makesTheSamplesThatCeilometerMakesToday() throws Exception {
        var definitions = MeterDefinitions.resources("openstack.yaml");
        List<String> disagreements = new ArrayList<>();
        int all = 0;
        for (var golden : cases()) {
            all++;
            var expected =
                    golden.get("expected")
                            .get("current")
                            .get("samples")
                            .valueStream()
                            .filter(sample -> !sample.has("_dropped") && !sample.has("_error"))
                            .map(sample -> text(sample, true))
                            .sorted()
                            .toList();
            var found =
                    definitions.samplesOf(notification(golden.get("wire"))).stream()
                            .map(sample -> text(sample, true))
                            .sorted()
                            .toList();
            if (!found.equals(expected)) {
                disagreements.add(
                        golden.get("id").asString()
                                + "\n  expected "
                                + expected
                                + "\n  but was  "
                                + found);
            }
        }
        System.out.printf(
                "corpus notifications: %d of %d agree%n", all - disagreements.size(), all);
        assertThat(disagreements).isEmpty();
    }

    /**
     * One difference is meant: a port that an administrator makes for a project is that project's,
     * not the administrator's.
     */
    @Test
    void countsObjectsOfComputeAndNetworkAsCeilometerOnceDid() throws Exception {
        var definitions = MeterDefinitions.resources("existence.yaml");
        List<String> disagreements = new ArrayList<>();
        int all = 0;
        for (var golden : cases()) {
            var samples = golden.get("expected").get("classic").get("samples");
            if (samples.valueStream().anyMatch(sample -> sample.has("_error"))) {
                continue;
            }
            var expected =
                    samples.valueStream()
                            .filter(sample -> counted(sample.get("name").asString()))
                            .map(sample -> text(sample, false))
                            .sorted()
                            .toList();
            var found =
                    definitions.samplesOf(notification(golden.get("wire"))).stream()
                            .map(sample -> text(sample, false))
                            .sorted()
                            .toList();
            all++;
            if (!found.equals(expected)) {
                disagreements.add(golden.get("id").asString() + "\n  " + expected + "\n  " + found);
            }
        }
        System.out.printf(
                "corpus notifications, objects of compute and network: %d of %d agree%n",
                all - disagreements.size(), all);
        assertThat(disagreements).allMatch(text -> text.startsWith("port-"));
    }

    private static boolean counted(String meter) {
        return COUNTED.contains(meter)
                || COUNTED.contains(meter.replaceAll("\\.(create|update)$", ""));
    }

    private static List<JsonNode> cases() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(CASES), "no corpus at " + CASES);
        try (var files = Files.list(CASES)) {
            return files.sorted()
                    .map(file -> JSON.readTree(file.toFile()))
                    .filter(golden -> golden.get("format").asString().equals("unversioned"))
                    .toList();
        }
    }

    private static Notification notification(JsonNode wire) {
        var project = any(wire, "_context_project_id", "_context_tenant_id", "_context_tenant");
        var user = any(wire, "_context_user_id", "_context_user");
        return new Notification(
                new CloudName("north"),
                wire.get("message_id").asString(),
                "",
                wire.get("priority").asString().toLowerCase(Locale.ROOT),
                wire.get("event_type").asString(),
                wire.path("publisher_id").asString(""),
                WireTime.parse(wire.get("timestamp").asString()).orElse(Instant.EPOCH),
                wire.path("payload"),
                project == null ? null : new ProjectId(project),
                user == null ? null : new UserId(user),
                any(wire, "_context_request_id"));
    }

    private static @Nullable String any(JsonNode wire, String... names) {
        for (var name : names) {
            if (wire.path(name).isString() && !wire.path(name).asString().isEmpty()) {
                return wire.path(name).asString();
            }
        }
        return null;
    }

    private static String text(JsonNode sample, boolean whole) {
        return line(
                sample.get("name").asString(),
                sample.get("type").asString(),
                sample.get("unit").asString(),
                sample.get("volume").isString()
                        ? new BigDecimal(sample.get("volume").asString())
                        : sample.get("volume").decimalValue(),
                sample.path("project_id").asString(null),
                sample.path("user_id").asString(null),
                sample.get("resource_id").asString(),
                WireTime.parse(sample.get("timestamp").asString()).orElse(Instant.EPOCH),
                whole ? sample.get("resource_metadata") : null);
    }

    private static String text(Sample sample, boolean whole) {
        return line(
                sample.meter().name(),
                sample.meter().type().name().toLowerCase(Locale.ROOT),
                sample.meter().unit(),
                sample.volume(),
                sample.project() == null ? null : sample.project().value(),
                sample.userId(),
                sample.resource(),
                sample.at(),
                whole ? JSON.valueToTree(sample.metadata()) : null);
    }

    private static String line(
            String name,
            String type,
            String unit,
            BigDecimal volume,
            @Nullable String project,
            @Nullable String user,
            String resource,
            Instant at,
            @Nullable JsonNode metadata) {
        var number = volume.round(new MathContext(12)).stripTrailingZeros().toPlainString();
        Map<String, Object> sorted =
                metadata == null
                        ? Map.of()
                        : new java.util.TreeMap<>(JSON.convertValue(metadata, Map.class));
        return String.join(
                " ",
                name,
                type,
                unit,
                number,
                "project=" + project,
                "user=" + user,
                "resource=" + resource,
                at.toString(),
                sorted.toString());
    }
}
