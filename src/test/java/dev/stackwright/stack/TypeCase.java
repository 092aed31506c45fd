package dev.stackwright.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.yaml.snakeyaml.Yaml;

/**
 * A template with what becomes of its resources when its parameters change: run against a real
 * cloud, it proves what the table of resource types says.
 *
 * @param as the entry of clouds.yaml that may do it
 * @param signals what is said to its handles each time, by their names
 */
@NullUnmarked
record TypeCase(
        String name, String as, String template, Map<String, String> signals, List<Step> steps) {

    static final Path FOLDER = Path.of("src/test/resources/cases/types");

    /** One change, and the resources that it updates in place and replaces. */
    record Step(Map<String, String> with, List<String> updates, List<String> replaces) {}

    static List<TypeCase> all() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().map(TypeCase::read).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static TypeCase read(Path file) {
        Map<String, Object> yaml;
        try {
            yaml = new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        var steps = new ArrayList<Step>();
        for (var step : (List<Map<String, Object>>) yaml.getOrDefault("steps", List.of())) {
            var with = new LinkedHashMap<String, String>();
            ((Map<String, Object>) step.get("with"))
                    .forEach((name, value) -> with.put(name, String.valueOf(value)));
            steps.add(
                    new Step(
                            with,
                            (List<String>) step.getOrDefault("updates", List.of()),
                            (List<String>) step.getOrDefault("replaces", List.of())));
        }
        return new TypeCase(
                file.getFileName().toString().replace(".yaml", ""),
                (String) yaml.get("as"),
                (String) yaml.get("template"),
                (Map<String, String>) yaml.getOrDefault("signals", Map.of()),
                steps);
    }

    @Override
    public String toString() {
        return name;
    }
}
