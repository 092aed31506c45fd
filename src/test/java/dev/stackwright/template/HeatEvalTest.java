package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All functions of real templates, worked out: the same values as Heat's. */
@Tag("corpus")
class HeatEvalTest {

    private final List<String> different = new ArrayList<>();
    private int all;

    @Test
    void realTemplatesComeOutAsWithHeat() {
        Corpus.assumeThere();
        for (JsonNode line : Corpus.lines("ORACLE_eval.jsonl")) {
            all++;
            String id = line.path("id").stringValue();
            try {
                String difference = difference(id, line);
                if (!difference.isEmpty()) {
                    different.add("  " + id + ": " + difference);
                }
            } catch (Exception e) {
                different.add("  " + id + ": thrown " + e);
            }
        }
        Corpus.report("heat-eval", all - different.size(), all, different);
        assertThat(different.size()).isLessThanOrEqualTo(all / 10);
    }

    /** Files were sent without the end of their last line, texts from tests with it. */
    private static String text(String id) {
        return id.contains("-embedded/") ? Corpus.text(id) : Corpus.text(id).stripTrailing();
    }

    private String difference(String id, JsonNode line) throws Exception {
        var read = TemplateReader.read(text(id), Corpus.AS_HEAT);
        if (read.template().isEmpty()) {
            return "cannot be read: " + read.diagnostics().errors();
        }
        Template template = read.template().get();
        var given = new LinkedHashMap<String, Value>();
        line.path("parameters_supplied")
                .properties()
                .forEach(p -> given.put(p.getKey(), Corpus.value(p.getValue())));
        var stack = new StackIdentity("dummy", "None", "p1");
        var environment = Environment.of(given);
        var values =
                ParameterValues.of(template, environment, stack, Constraints.UNCHECKED, false)
                        .values();
        var findings = new Findings();
        var files = new AnyFile(id);
        var evaluation = new Evaluation(template, values, files, new Placeholders(), findings);
        for (var resource : line.path("resources").properties()) {
            ResourceDefinition definition = template.resources().get(resource.getKey());
            if (definition == null) {
                return "no resource " + resource.getKey();
            }
            String at =
                    compare(
                            evaluation,
                            definition.properties(),
                            resource.getValue().get("properties"),
                            findings);
            if (!at.isEmpty()) {
                return resource.getKey() + ".properties: " + at;
            }
            at =
                    compare(
                            evaluation,
                            definition.metadata(),
                            resource.getValue().get("metadata"),
                            findings);
            if (!at.isEmpty()) {
                return resource.getKey() + ".metadata: " + at;
            }
        }
        for (var output : line.path("outputs").properties()) {
            OutputDefinition definition = template.outputs().get(output.getKey());
            if (definition == null) {
                return "no output " + output.getKey();
            }
            boolean absent =
                    definition.condition() != null
                            && evaluation.truth(definition.condition()) instanceof Value.Bool bool
                            && !bool.value();
            String at =
                    absent
                            ? (output.getValue().isNull() ? "" : "should be absent")
                            : compare(evaluation, definition.value(), output.getValue(), findings);
            if (!at.isEmpty()) {
                return "output " + output.getKey() + ": " + at;
            }
        }
        for (JsonNode disabled : line.path("disabled_resources")) {
            ResourceDefinition definition = template.resources().get(disabled.stringValue());
            boolean off =
                    definition != null
                            && definition.condition() != null
                            && evaluation.truth(definition.condition()) instanceof Value.Bool bool
                            && !bool.value();
            if (!off) {
                return disabled.stringValue() + " should be off";
            }
        }
        return "";
    }

    private static String compare(
            Evaluation evaluation, Expression expression, JsonNode expected, Findings findings)
            throws Exception {
        if (expected == null) {
            return "";
        }
        int before = findings.toDiagnostics().all().size();
        Value value = evaluation.value(expression);
        boolean failed = findings.toDiagnostics().all().size() > before;
        if (expected.has("__error__")) {
            return failed || Unknowns.in(value).isPresent()
                    ? ""
                    : "wanted " + expected + ", was " + value;
        }
        Value wanted = Corpus.value(expected);
        String actual = withoutFolders(Equality.shape(shortened(value)));
        String wantedShape = withoutFolders(Equality.shape(wanted));
        if (actual.equals(wantedShape)) {
            return "";
        }
        return "wanted %s, was %s %s"
                .formatted(
                        around(wantedShape, actual),
                        around(actual, wantedShape),
                        failed ? findings.toDiagnostics().all().getLast().detail() : "");
    }

    /** A client rewrites the names of template files to where they lie. */
    private static String withoutFolders(String json) {
        return json.replaceAll(
                "\"(?:file:///corpus/)?[^\" ]*/([^/\" ]*\\.(?:yaml|template))\"", "\"$1\"");
    }

    private static String around(String a, String b) {
        int at = 0;
        while (at < Math.min(a.length(), b.length()) && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return a.substring(Math.max(0, at - 40), Math.min(a.length(), at + 60));
    }

    private static Value shortened(Value value) throws Exception {
        return switch (value) {
            case Value.Text text
                    when text.value().codePointCount(0, text.value().length()) > 1500 -> {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.value().getBytes(StandardCharsets.UTF_8));
                var map = new LinkedHashMap<String, Value>();
                map.put("__sha256__", Value.of(HexFormat.of().formatHex(digest)));
                map.put("len", Value.of(text.value().codePointCount(0, text.value().length())));
                yield new Value.Entries(map);
            }
            case Value.Items items -> {
                var list = new ArrayList<Value>();
                for (Value item : items.values()) {
                    list.add(shortened(item));
                }
                yield new Value.Items(list);
            }
            case Value.Entries entries -> {
                var map = new LinkedHashMap<String, Value>();
                for (var entry : entries.values().entrySet()) {
                    map.put(entry.getKey(), shortened(entry.getValue()));
                }
                yield new Value.Entries(map);
            }
            default -> value;
        };
    }

    /** References as the oracle writes them. */
    private static final class Placeholders implements Lookup {
        @Override
        public Value reference(String resource) {
            return Value.of("REF(" + resource + ")");
        }

        @Override
        public Value attribute(String resource, List<Value> path) {
            var name = new StringBuilder("ATT(").append(resource);
            if (path.isEmpty()) {
                name.append(".*");
            }
            path.forEach(step -> name.append('.').append(PythonText.str(step)));
            return Value.of(name.append(')').toString());
        }
    }

    /** Every file is there, and says where it is; texts from tests came without files. */
    private static final class AnyFile extends AbstractMap<String, String> {
        private final java.nio.file.Path folder;
        private final boolean none;

        AnyFile(String id) {
            none = id.contains("-embedded/");
            folder = java.nio.file.Path.of(id).resolveSibling("");
        }

        @Override
        public @Nullable String get(Object key) {
            if (none) {
                return null;
            }
            String path = key.toString().replace("file:///corpus/", "").replaceFirst("^/+", "");
            if (path.contains("://")) {
                return "FILE(" + path + ")";
            }
            return "FILE(" + folder.resolve(path).normalize() + ")";
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return Set.of();
        }
    }
}
