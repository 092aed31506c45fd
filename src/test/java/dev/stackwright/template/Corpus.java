package dev.stackwright.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stackwright.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder of real templates with Heat's own answers, where it is at hand. */
final class Corpus {

    private static final Path FOLDER =
            Path.of(System.getProperty("stackwright.corpus", "../shared/corpus")).resolve("heat");

    /** Nothing beyond what Heat itself understands. */
    static final Limits AS_HEAT = Limits.DEFAULT.with(java.util.Set.of());

    private Corpus() {}

    static void assumeThere() {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "skipped: no corpus at " + FOLDER.toAbsolutePath().normalize());
    }

    static JsonNode json(String name) {
        return JsonMapper.shared().readTree(text(name));
    }

    static List<JsonNode> lines(String name) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    static boolean has(String name) {
        return Files.isRegularFile(FOLDER.resolve(name));
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL, MISSING -> Value.NULL;
            case BOOLEAN -> Value.of(json.booleanValue());
            case NUMBER ->
                    json.isIntegralNumber()
                            ? new Value.Num(new BigDecimal(json.bigIntegerValue()))
                            : PythonNumbers.real(json.doubleValue());
            case STRING -> Value.of(json.stringValue());
            case ARRAY -> {
                var items = new ArrayList<Value>();
                json.forEach(item -> items.add(value(item)));
                yield new Value.Items(items);
            }
            case OBJECT -> {
                var entries = new LinkedHashMap<String, Value>();
                json.properties()
                        .forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
                yield new Value.Entries(entries);
            }
            case BINARY, POJO -> throw new IllegalStateException("Not JSON: " + json);
        };
    }

    /** Says how many cases agree, in the one line that others read. */
    static void report(String name, int agreeing, int all, List<String> disagreements) {
        disagreements.stream()
                .limit(Integer.getInteger("stackwright.corpus.show", 5))
                .map(line -> line.substring(0, Math.min(300, line.length())))
                .forEach(System.out::println);
        System.out.printf("corpus %s: %d of %d agree%n", name, agreeing, all);
    }
}
