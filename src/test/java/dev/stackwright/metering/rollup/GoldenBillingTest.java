package dev.stackwright.metering.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Fact;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exact golden cases of billing. Those about money wait for prices. */
@Tag("corpus")
class GoldenBillingTest {

    private static final Path CASES =
            Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"))
                    .resolve("billing/golden-cases.json");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    @Test
    void lifecyclesAndCountersComeOutToTheLastSecond() throws Exception {
        Assumptions.assumeTrue(Files.exists(CASES), "no corpus at " + CASES);
        List<String> disagreements = new ArrayList<>();
        int all = 0;
        for (var golden : JsonMapper.shared().readTree(CASES.toFile()).get("cases")) {
            var found =
                    switch (golden.get("kind").asString()) {
                        case "lifecycle" -> lifecycle(golden);
                        case "counter" -> counter(golden);
                        default -> "";
                    };
            if (golden.get("kind").asString().equals("money")) {
                continue;
            }
            all++;
            if (!found.isEmpty()) {
                disagreements.add(golden.get("id").asString() + ": " + found);
            }
        }
        System.out.printf("corpus billing: %d of %d agree%n", all - disagreements.size(), all);
        assertThat(disagreements).isEmpty();
    }

    private static String lifecycle(JsonNode golden) {
        List<Fact> facts = new ArrayList<>();
        for (var event : golden.get("events")) {
            facts.add(fact(event));
        }
        var free = golden.get("free_states").valueStream().map(JsonNode::asString).toList();
        var period = period(golden);
        Map<String, BigDecimal> found = new TreeMap<>();
        for (Interval interval : Lifecycle.fold(facts)) {
            if (!free.contains(interval.state())) {
                add(found, interval, period);
            }
        }
        found.values().removeIf(amount -> amount.signum() == 0);
        Map<String, BigDecimal> expected = new TreeMap<>();
        golden.get("expected")
                .properties()
                .forEach(project ->
                        project.getValue()
                                .properties()
                                .forEach(amount ->
                                        expected.put(
                                                project.getKey() + " " + amount.getKey(),
                                                new BigDecimal(amount.getValue().asString()))));
        expected.values().removeIf(amount -> amount.signum() == 0);
        return same(expected, found) ? "" : "expected " + expected + " but was " + found;
    }

    private static boolean same(Map<String, BigDecimal> one, Map<String, BigDecimal> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(e -> e.getValue().compareTo(other.get(e.getKey())) == 0);
    }

    private static void add(Map<String, BigDecimal> sums, Interval interval, Period period) {
        var to = interval.to() == null ? period.to() : interval.to();
        var micros = Integration.overlap(period, interval.from(), to);
        var seconds = BigDecimal.valueOf(micros).divide(MICROS);
        var project = interval.project().value() + " ";
        var size = interval.size();
        sums.merge(project + "seconds", seconds, BigDecimal::add);
        sums.merge(project + "vcpus_seconds", seconds.multiply(size.vcpus()), BigDecimal::add);
        sums.merge(project + "ram_mb_seconds", seconds.multiply(size.ramMb()), BigDecimal::add);
        sums.merge(project + "disk_gb_seconds", seconds.multiply(size.diskGb()), BigDecimal::add);
        sums.merge(project + "size_gb_seconds", seconds.multiply(size.gb()), BigDecimal::add);
    }

    private static Fact fact(JsonNode event) {
        var at = java.time.OffsetDateTime.parse(event.get("timestamp").asString()).toInstant();
        var size = event.get("size");
        return new Fact(
                new CloudName("north"),
                event.has("project") ? new ProjectId(event.get("project").asString()) : null,
                "r",
                ResourceKind.INSTANCE,
                switch (event.get("op").asString()) {
                    case "create" -> Fact.What.BEGAN;
                    case "delete" -> Fact.What.ENDED;
                    default -> Fact.What.IS;
                },
                at,
                event.has("state") ? event.get("state").asString() : null,
                size == null
                        ? null
                        : new Size(
                                number(size, "vcpus"),
                                number(size, "ram_mb"),
                                number(size, "disk_gb"),
                                number(size, "size_gb")),
                null,
                null,
                new Origin(event.get("message_id").asString(), "test", at, null, null, null));
    }

    private static BigDecimal number(JsonNode node, String name) {
        return node.has(name) ? node.get(name).decimalValue() : BigDecimal.ZERO;
    }

    /** Growth is put where the later sample of a pair lies, one of the two readings given. */
    private static String counter(JsonNode golden) {
        var period = period(golden);
        List<Point> inside = new ArrayList<>();
        Point before = null;
        for (var sample : golden.get("samples")) {
            var point =
                    new Point(
                            Instant.parse(sample.get("timestamp").asString()),
                            new BigDecimal(sample.get("volume").asString()),
                            sample.get("message_id").asString());
            if (period.contains(point.at())) {
                inside.add(point);
            } else if (point.at().isBefore(period.from())
                    && (before == null || point.at().isAfter(before.at()))) {
                before = point;
            }
        }
        var found = inside.isEmpty() ? BigDecimal.ZERO : HourRollup.of(before, inside).increase();
        var expected =
                new BigDecimal(golden.get("expected").get("attributed_to_later_sample").asString());
        return found.compareTo(expected) == 0 ? "" : "expected " + expected + " but was " + found;
    }

    private static Period period(JsonNode golden) {
        var ends = golden.get("period");
        return new Period(
                Instant.parse(ends.get(0).asString()), Instant.parse(ends.get(1).asString()));
    }
}
