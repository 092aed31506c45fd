package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Each function, alone, in each version: the same outcome as Heat's. */
@Tag("corpus")
class FunctionVectorsTest {

    private final JsonNode vectors =
            has() ? Corpus.json("FUNCTION_VECTORS.json") : JsonMapper.shared().createObjectNode();
    private final JsonNode context = vectors.path("context");
    private int all;
    private final List<String> different = new ArrayList<>();

    private static boolean has() {
        return Corpus.has("FUNCTION_VECTORS.json");
    }

    @Test
    void everyFunctionAnswersAsHeatDoes() {
        Corpus.assumeThere();
        for (var group : vectors.path("vectors").properties()) {
            for (JsonNode vector : group.getValue()) {
                for (JsonNode outcome : vector.path("outcomes")) {
                    for (JsonNode version : outcome.path("versions")) {
                        compare(
                                group.getKey(),
                                vector,
                                version.stringValue(),
                                outcome.path("outcome"));
                    }
                }
            }
        }
        Corpus.report("functions", all - different.size(), all, different);
        assertThat(different.size()).isLessThanOrEqualTo(all / 10);
    }

    private void compare(String group, JsonNode vector, String version, JsonNode expected) {
        all++;
        String actual;
        try {
            actual = outcome(group, vector.path("snippet"), version);
        } catch (RuntimeException e) {
            actual = "thrown " + e;
        }
        String wanted =
                expected.has("error")
                        ? "error"
                        : Equality.shape(Corpus.value(expected.path("result")));
        if (!wanted.equals(actual.startsWith("error") ? "error" : actual)) {
            different.add(
                    "  %s %s %s: wanted %s, was %s"
                            .formatted(
                                    vector.path("id").stringValue(),
                                    version,
                                    vector.path("snippet"),
                                    wanted,
                                    actual));
        }
    }

    private String outcome(String group, JsonNode snippet, String version) {
        boolean conditions = group.endsWith("conditions");
        Template template = template(snippet, version, conditions);
        var findings = new Findings();
        template.reading().errors().forEach(error -> findings.addAll(template.reading()));
        var stack = new StackIdentity("teststack", "None", "p1");
        var values =
                ParameterValues.of(template, Environment.EMPTY, stack, Constraints.UNCHECKED, false)
                        .values();
        var files = Map.of("f.txt", "file-body");
        var checked =
                TemplateCheck.check(
                        template,
                        Environment.EMPTY,
                        files,
                        Catalog.builtIn(),
                        Constraints.UNCHECKED,
                        stack,
                        CheckOptions.STRUCTURE,
                        Limits.DEFAULT);
        if (checked.diagnostics().hasErrors()) {
            return "error " + checked.diagnostics().errors();
        }
        var evaluation = new Evaluation(template, values, files, new Stub(), findings);
        Value value;
        if (conditions) {
            value = Value.of(checked.template().orElseThrow().resources().containsKey("x"));
        } else {
            value = evaluation.value(Objects.requireNonNull(template.outputs().get("x")).value());
        }
        return findings.hasErrors()
                ? "error " + findings.toDiagnostics().all()
                : Equality.shape(value);
    }

    private Template template(JsonNode snippet, String version, boolean inCondition) {
        boolean hot = !version.contains("Format");
        var json = (ObjectNode) context.path(hot ? "hot_template" : "cfn_template").deepCopy();
        if (hot) {
            json.put("heat_template_version", version);
            if (version.compareTo("2016-10-14") < 0) {
                json.remove("conditions");
            }
        } else if (version.startsWith("Heat")) {
            json.remove("AWSTemplateFormatVersion");
            json.remove("Conditions");
            json.put("HeatTemplateFormatVersion", "2012-12-12");
        }
        if (inCondition) {
            var resource = ((ObjectNode) json.path(hot ? "resources" : "Resources")).putObject("x");
            resource.put(hot ? "type" : "Type", "OS::Heat::None");
            resource.set(hot ? "condition" : "Condition", snippet);
        } else {
            json.putObject(hot ? "outputs" : "Outputs")
                    .putObject("x")
                    .set(hot ? "value" : "Value", snippet);
        }
        return TemplateReader.read(json.toString(), Corpus.AS_HEAT).template().orElseThrow();
    }

    /** Answers for r1 what the vectors say, and nothing for anything else. */
    private final class Stub implements Lookup {
        @Override
        public Value reference(String resource) {
            return Value.of("REF(" + resource + ")");
        }

        @Override
        public Value attribute(String resource, List<Value> path) {
            Value all = Corpus.value(context.path("stub_attributes").path(resource));
            return Paths.select(all, path);
        }
    }
}
