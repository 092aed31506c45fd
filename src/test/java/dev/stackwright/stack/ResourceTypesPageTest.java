package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.OnChange;
import dev.stackwright.catalog.PropertySchema;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.LiveViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * docs/resource-types.md is made from the handlers and from what {@link TypesLiveTest} does on a
 * real cloud; run with {@code -Dstackwright.golden=write} to make it anew.
 */
@NullUnmarked
class ResourceTypesPageTest {

    private static final Path PAGE = Path.of("docs/resource-types.md");

    /** What was done with a type on a real cloud. */
    private static final class Proof {
        private final Set<String> updated = new TreeSet<>();
        private boolean replaced;
    }

    @Test
    void thePageSaysWhatWasProven() throws IOException {
        var page = page();
        if ("write".equals(System.getProperty("stackwright.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # Resource types

                        What Stackwright can do with resources of each type. This page is made from the handlers of
                        `dev.stackwright.stack.resource` and from the templates under `src/test/resources/cases/types`, which a test
                        creates, changes and deletes on a real OpenStack.

                        - **live**: done on a real cloud by a test. Under *update*, *3 of 5* says that so many of the properties that
                          change in place were changed there; – that none does.
                        - **drift**: what somebody changed on the cloud is told and brought back. *live*: proven by a test that changes
                          it there; *read*: a test on a real cloud finds it as it was left; – that nobody can look.
                        - **reference**: written after the published API, and not proven on a real cloud.
                        - **refused**: a template with it is refused before anything starts, with a sentence that says why.

                        | type | create | read | update | replace | drift | delete |
                        |---|---|---|---|---|---|---|
                        """);
        var proofs = proofs();
        var handlers = Handlers.all();
        new TreeMap<>(types())
                .forEach((name, type) -> {
                    if (!handlers.make(name)) {
                        page.append(
                                "| %s | refused | refused | refused | refused | refused | refused |\n"
                                        .formatted(name));
                        return;
                    }
                    var proof = proofs.get(name);
                    var known = proof == null ? "reference" : "live";
                    page.append(
                            "| %s | %s | %s | %s | %s | %s | %s |\n"
                                    .formatted(
                                            name,
                                            known,
                                            known,
                                            updates(type, proof),
                                            proof != null && proof.replaced ? "live" : "reference",
                                            drift(name, proof),
                                            known));
                });
        return page.toString();
    }

    private static String drift(String type, @org.jspecify.annotations.Nullable Proof proof) {
        if (!LiveViews.all().types().contains(type)) {
            return "–";
        }
        return DriftContract.CHANGED.contains(type) ? "live" : proof == null ? "reference" : "read";
    }

    private static Map<String, ResourceType> types() {
        var types = new LinkedHashMap<String, ResourceType>();
        Catalog.builtIn().types().forEach(type -> types.put(type.name(), type));
        return types;
    }

    private static String updates(
            ResourceType type, @org.jspecify.annotations.Nullable Proof proof) {
        var possible =
                type.properties().values().stream()
                        .filter(property -> property.onChange() == OnChange.UPDATE)
                        .map(PropertySchema::name)
                        .toList();
        if (possible.isEmpty()) {
            return "–";
        }
        if (proof == null || proof.updated.isEmpty()) {
            return "reference";
        }
        long done = possible.stream().filter(proof.updated::contains).count();
        return done == possible.size() ? "live" : "%d of %d".formatted(done, possible.size());
    }

    private static Map<String, Proof> proofs() {
        var proofs = new TreeMap<String, Proof>();
        for (var one : TypeCase.all()) {
            Map<String, Map<String, Object>> template = new Yaml().load(one.template());
            var conditions = template.getOrDefault("conditions", Map.of());
            template.get("resources")
                    .forEach(
                            (name, definition) -> prove(proofs, one, conditions, name, definition));
        }
        return proofs;
    }

    private static void prove(
            Map<String, Proof> proofs,
            TypeCase one,
            Map<String, Object> conditions,
            String name,
            Object definition) {
        if (!(definition instanceof Map<?, ?> map)) {
            return;
        }
        var proof = proofs.computeIfAbsent(String.valueOf(map.get("type")), _ -> new Proof());
        for (var step : one.steps()) {
            proof.replaced |= step.replaces().contains(name);
            if (step.updates().contains(name)
                    && map.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((property, value) -> {
                    if (varies(String.valueOf(value), step.with().keySet(), conditions)) {
                        proof.updated.add(String.valueOf(property));
                    }
                });
            }
        }
    }

    private static boolean varies(
            String value, Set<String> changed, Map<String, Object> conditions) {
        for (var parameter : changed) {
            if (Pattern.compile("get_param=" + parameter + "\\b").matcher(value).find()) {
                return true;
            }
        }
        return conditions.entrySet().stream()
                .anyMatch(condition ->
                        value.contains("if=[" + condition.getKey() + ",")
                                && varies(String.valueOf(condition.getValue()), changed, Map.of()));
    }

    @Test
    void everyTypeOfACaseIsKnown() {
        assertThat(types().keySet()).containsAll(proofs().keySet());
        assertThat(List.copyOf(proofs().keySet())).allMatch(Handlers.all()::make);
    }
}
