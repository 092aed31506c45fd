package dev.stackwright.template.yaql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stackwright.kernel.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same expressions, worked out here and by Python's yaql (Debian: python3-yaql), which Heat
 * uses.
 */
@Tag("corpus")
class YaqlAgreementTest {

    private static final Path FOLDER = Path.of("src/test/resources/cases/yaql");
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void expressionsAreWorthWhatPythonsYaqlSays() throws Exception {
        assumeTrue(hasYaql(), "skipped: no python3-yaql on this machine");
        var expressions = Files.readAllLines(FOLDER.resolve("expressions.txt"));
        var answers = python("oracle.py", "data.json");
        assertThat(answers).hasSameSizeAs(expressions);
        Value data =
                value(JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("data.json"))));
        var different = new ArrayList<String>();
        for (int i = 0; i < expressions.size(); i++) {
            String ours = ours(expressions.get(i), data);
            String theirs = theirs(JsonMapper.shared().readTree(answers.get(i)));
            if (!ours.equals(theirs)) {
                different.add(expressions.get(i) + ": theirs " + theirs + ", ours " + ours);
            }
        }
        different.stream()
                .limit(Integer.getInteger("stackwright.corpus.show", 5))
                .forEach(System.out::println);
        System.out.printf(
                "corpus yaql: %d of %d agree%n",
                expressions.size() - different.size(), expressions.size());
        assertThat(different.size()).isLessThanOrEqualTo(expressions.size() / 20);
    }

    @Test
    void theTableHasEveryFunctionThatPythonsYaqlHas() throws Exception {
        assumeTrue(hasYaql(), "skipped: no python3-yaql on this machine");
        String page = Files.readString(Path.of("docs/yaql.md"));

        assertThat(python("functions.py", "data.json"))
                .hasSizeGreaterThan(100)
                .allSatisfy(name -> assertThat(page).contains("\n| `" + name + "` |"));
    }

    private static boolean hasYaql() throws InterruptedException {
        try {
            var process = new ProcessBuilder(PYTHON, "-c", "import yaql").start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<String> python(String script, String data) throws Exception {
        var process =
                new ProcessBuilder(PYTHON, script, data)
                        .directory(FOLDER.toFile())
                        .redirectInput(FOLDER.resolve("expressions.txt").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String answers =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return answers.lines().toList();
    }

    private static String ours(String expression, Value data) {
        try {
            return shape(Yaql.read(expression).evaluate(data));
        } catch (YaqlProblem _) {
            return "an error";
        }
    }

    private static String theirs(JsonNode answer) {
        return answer.has("error") ? "an error" : shape(value(answer.path("value")));
    }

    private static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case BOOLEAN -> Value.of(json.booleanValue());
            case NUMBER -> new Value.Num(json.decimalValue());
            case STRING -> Value.of(json.stringValue());
            case ARRAY -> {
                var items = new ArrayList<Value>();
                json.forEach(item -> items.add(value(item)));
                yield new Value.Items(items);
            }
            case OBJECT -> {
                var entries = new LinkedHashMap<String, Value>();
                json.properties().forEach(e -> entries.put(e.getKey(), value(e.getValue())));
                yield new Value.Entries(entries);
            }
            case NULL, MISSING, BINARY, POJO -> Value.NULL;
        };
    }

    /** Numbers by their value, maps in any order. */
    private static String shape(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Num(BigDecimal number) ->
                    number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Value.Text(String text) -> '"' + text + '"';
            case Value.Items(var items) ->
                    items.stream().map(YaqlAgreementTest::shape).toList().toString();
            case Value.Entries(var entries) ->
                    entries.entrySet().stream()
                            .map(e -> e.getKey() + "=" + shape(e.getValue()))
                            .sorted()
                            .toList()
                            .toString()
                            .replaceFirst("^\\[", "{")
                            .replaceFirst("]$", "}");
            case Value.Unknown _ -> "unknown";
        };
    }
}
