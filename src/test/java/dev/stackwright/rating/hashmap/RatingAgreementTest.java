package dev.stackwright.rating.hashmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prices that CloudKitty computed of generated rules, to the last digit. */
@Tag("corpus")
class RatingAgreementTest {

    private static final Path RATING =
            Path.of(System.getProperty("stackwright.corpus", "../shared/corpus")).resolve("rating");

    @Test
    void pricesAreThoseOfTheHashmapModule() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(RATING), "no corpus at " + RATING);
        List<String> disagreements = new ArrayList<>();
        int all = 0;
        try (var files = Files.list(RATING)) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                for (var vector : JsonMapper.shared().readTree(file.toFile()).get("vectors")) {
                    all++;
                    var found = disagreement(vector);
                    if (!found.isEmpty()) {
                        disagreements.add(vector.get("id").asString() + ": " + found);
                    }
                }
            }
        }
        System.out.printf("corpus rating: %d of %d agree%n", all - disagreements.size(), all);
        assertThat(disagreements).isEmpty();
    }

    private static String disagreement(JsonNode vector) {
        var hashmap = Hashmap.of(rules(vector.get("rules")), "");
        // The module answers service by service.
        var points = byService(vector.get("points"));
        var expected = byService(vector.get("expected"));
        for (int i = 0; i < Math.min(points.size(), expected.size()); i++) {
            var point = points.get(i);
            Map<String, String> fields = new TreeMap<>();
            point.get("metadata")
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
            var price =
                    hashmap.price(
                            point.get("service").asString(),
                            new BigDecimal(point.get("qty").asString()),
                            fields);
            var wanted = new BigDecimal(expected.get(i).get("price").asString());
            if (price.compareTo(wanted) != 0) {
                return "point " + i + " should cost " + wanted + " but costs " + price;
            }
        }
        return points.size() == expected.size() ? "" : "points and prices are not as many";
    }

    private static List<JsonNode> byService(JsonNode points) {
        return points.valueStream()
                .sorted(Comparator.comparing(point -> point.get("service").asString()))
                .toList();
    }

    private static List<Rule> rules(JsonNode services) {
        List<Rule> rules = new ArrayList<>();
        services.properties()
                .forEach(service -> {
                    var own = service.getValue();
                    own.get("mappings")
                            .properties()
                            .forEach(group ->
                                    rules.add(
                                            rule(
                                                    service.getKey(),
                                                    group.getKey(),
                                                    group.getValue())));
                    thresholds(rules, service.getKey(), "", own.get("thresholds"));
                    own.get("fields")
                            .properties()
                            .forEach(field -> {
                                field.getValue()
                                        .get("mappings")
                                        .properties()
                                        .forEach(group ->
                                                group.getValue()
                                                        .properties()
                                                        .forEach(value ->
                                                                rules.add(
                                                                        rule(
                                                                                        service
                                                                                                .getKey(),
                                                                                        group
                                                                                                .getKey(),
                                                                                        value
                                                                                                .getValue())
                                                                                .when(
                                                                                        field
                                                                                                .getKey(),
                                                                                        value
                                                                                                .getKey()))));
                                thresholds(
                                        rules,
                                        service.getKey(),
                                        field.getKey(),
                                        field.getValue().get("thresholds"));
                            });
                });
        return rules;
    }

    private static void thresholds(
            List<Rule> rules, String service, String field, JsonNode groups) {
        groups.properties()
                .forEach(group ->
                        group.getValue()
                                .properties()
                                .forEach(level ->
                                        rules.add(
                                                rule(service, group.getKey(), level.getValue())
                                                        .from(
                                                                field,
                                                                new BigDecimal(level.getKey())))));
    }

    private static Rule rule(String service, String group, JsonNode price) {
        return Rule.flat(service, price.get("cost").asString())
                .by(price.get("type").asString().equals("flat") ? Effect.FLAT : Effect.RATE)
                .in(group);
    }
}
