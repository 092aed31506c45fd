package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real templates: accepted or refused as by Heat, with the same dependencies. */
@Tag("corpus")
class HeatValidateTest {

    private final List<String> different = new ArrayList<>();
    private final List<String> differentWithExtensions = new ArrayList<>();
    private int all;

    @Test
    void realTemplatesAreAcceptedOrRefusedAsByHeat() {
        Corpus.assumeThere();
        for (JsonNode line : Corpus.lines("ORACLE_validate.jsonl")) {
            String id = line.path("id").stringValue();
            if (line.has("validate")) {
                compare(id, "", line.path("validate"), line.path("files"));
            }
            line.path("environment_with_template")
                    .properties()
                    .forEach(answer ->
                            compare(
                                    answer.getKey(),
                                    id,
                                    answer.getValue(),
                                    files(answer.getKey(), answer.getValue())));
        }
        Corpus.report("heat-validate", all - different.size(), all, different);
        System.out.printf(
                "with everything that goes beyond Heat switched on, %d of %d are answered as by"
                        + " Heat%n",
                all - differentWithExtensions.size(), all);
        assertThat(different.size()).isLessThanOrEqualTo(all / 10);
    }

    private static JsonNode files(String template, JsonNode answer) {
        return answer.path("files");
    }

    private void compare(String id, String environmentId, JsonNode expected, JsonNode files) {
        if (lacksFiles(files)) {
            return;
        }
        all++;
        String name = environmentId.isEmpty() ? id : id + " with " + environmentId;
        compare(name, id, environmentId, expected, files, Corpus.AS_HEAT, different);
        compare(name, id, environmentId, expected, files, Limits.DEFAULT, differentWithExtensions);
    }

    private static void compare(
            String name,
            String id,
            String environmentId,
            JsonNode expected,
            JsonNode files,
            Limits limits,
            List<String> different) {
        try {
            String difference = difference(id, environmentId, expected, files, limits);
            if (!difference.isEmpty()) {
                different.add("  " + name + ": " + difference);
            }
        } catch (RuntimeException e) {
            different.add("  " + name + ": thrown " + e + " " + e.getStackTrace()[0]);
        }
    }

    private static String difference(
            String id, String environmentId, JsonNode expected, JsonNode files, Limits limits) {
        boolean ok = expected.path("ok").booleanValue();
        var read = TemplateReader.read(Corpus.text(id), limits);
        if (read.template().isEmpty()) {
            return ok ? "refused: " + read.diagnostics().errors() : "";
        }
        var sent = new LinkedHashMap<String, String>();
        var folder = folderOf(id);
        stubbed(read.template().get(), expected.path("files"), files, sent);
        collect(folder, read.template().get(), sent, 0);
        var environment = Environment.EMPTY;
        if (!environmentId.isEmpty()) {
            var text = Environment.read(Corpus.text(environmentId));
            if (text.diagnostics().hasErrors()) {
                return ok ? "environment refused: " + text.diagnostics().errors() : "";
            }
            environment = located(folderOf(environmentId), text.environment(), sent);
        }
        var checked =
                TemplateCheck.check(
                        read.template().get(),
                        environment,
                        sent,
                        Catalog.builtIn(),
                        Constraints.UNCHECKED,
                        new StackIdentity("dummy", "None", "p1"),
                        CheckOptions.STRUCTURE,
                        limits);
        if (checked.template().isEmpty()) {
            return ok ? "refused: " + checked.diagnostics().errors() : "";
        }
        if (!ok) {
            return "accepted, but %s: %s"
                    .formatted(
                            expected.path("error_type").stringValue(),
                            expected.path("error").stringValue());
        }
        var wanted = new TreeMap<String, TreeSet<String>>();
        expected.path("dependencies")
                .properties()
                .forEach(entry -> {
                    var needs = new TreeSet<String>();
                    entry.getValue().forEach(need -> needs.add(need.stringValue()));
                    wanted.put(entry.getKey(), needs);
                });
        var actual = new TreeMap<String, TreeSet<String>>();
        var graph = checked.template().get().graph();
        graph.nodes().forEach(node -> actual.put(node, new TreeSet<>(graph.dependenciesOf(node))));
        if (actual.equals(wanted)) {
            return "";
        }
        var parts = new ArrayList<String>();
        wanted.forEach((key, needs) -> {
            var mine = actual.getOrDefault(key, new TreeSet<>());
            var lacking = new TreeSet<>(needs);
            lacking.removeAll(mine);
            var extra = new TreeSet<>(mine);
            extra.removeAll(needs);
            if (!lacking.isEmpty() || !extra.isEmpty()) {
                parts.add("%s lacks %s, has too much %s".formatted(key, lacking, extra));
            }
        });
        return "dependencies: " + parts;
    }

    /** A template file that lay elsewhere when Heat was asked goes by its name alone. */
    private static void stubbed(
            Template template, JsonNode own, JsonNode all, Map<String, String> sent) {
        for (ResourceDefinition definition : template.resources().values()) {
            String type = definition.type();
            if (!ResourceRegistry.isTemplate(type) || type.contains("/")) {
                continue;
            }
            for (JsonNode list : List.of(own, all)) {
                for (JsonNode file : list) {
                    String path = file.stringValue().replace("file:///corpus/", "");
                    if (path.endsWith("/" + type) && Corpus.has(path)) {
                        sent.putIfAbsent(type, Corpus.text(path));
                    }
                }
            }
        }
    }

    /** What a client would send along: the template files that are used as types. */
    private static void collect(
            java.nio.file.Path folder, Template template, Map<String, String> files, int depth) {
        if (depth > 6) {
            return;
        }
        for (ResourceDefinition definition : template.resources().values()) {
            file(folder, definition.type(), files, depth);
        }
    }

    private static void file(
            java.nio.file.Path folder, String type, Map<String, String> files, int depth) {
        if (!ResourceRegistry.isTemplate(type) || type.contains("://") || files.containsKey(type)) {
            return;
        }
        String path = folder.resolve(type).normalize().toString();
        if (Corpus.has(path)) {
            files.put(type, Corpus.text(path));
            TemplateReader.read(Corpus.text(path), Corpus.AS_HEAT)
                    .template()
                    .ifPresent(nested -> collect(folderOf(path), nested, files, depth + 1));
        }
    }

    /**
     * Some template files that were sent to Heat are not at hand, so its answer cannot be repeated.
     */
    private static boolean lacksFiles(JsonNode files) {
        for (JsonNode file : files) {
            String path = file.stringValue().replace("file:///corpus/", "");
            if (ResourceRegistry.isTemplate(path) && !Corpus.has(path)) {
                return true;
            }
        }
        return false;
    }

    private static java.nio.file.Path folderOf(String id) {
        return java.nio.file.Path.of(id).resolveSibling("");
    }

    private static Environment located(
            java.nio.file.Path folder, Environment environment, Map<String, String> files) {
        environment.registry().types().values().forEach(type -> file(folder, type, files, 0));
        return environment;
    }
}
