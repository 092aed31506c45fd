package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders under {@code cases/template}: a template, perhaps an environment, and everything that is
 * said about it. Run with {@code -Dstackwright.golden=write} to write down what is said now, and
 * read the difference.
 */
class GoldenCasesTest {

    private static final Path FOLDER = Path.of("src/test/resources/cases/template");

    static List<String> cases() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheCaseExpects(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        String actual = told(folder);
        Path expected = folder.resolve("expected.txt");
        if ("write".equals(System.getProperty("stackwright.golden"))) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String told(Path folder) throws IOException {
        var read = TemplateReader.read(Files.readString(folder.resolve("template.yaml")));
        Path environmentFile = folder.resolve("environment.yaml");
        var environment =
                Files.exists(environmentFile)
                        ? Environment.read(Files.readString(environmentFile)).environment()
                        : Environment.EMPTY;
        if (read.template().isEmpty()) {
            return lines(read.diagnostics().all());
        }
        var checked =
                TemplateCheck.check(
                        read.template().get(),
                        environment,
                        Map.of(),
                        Catalog.builtIn(),
                        Constraints.UNCHECKED);
        String order =
                checked.template()
                        .map(template ->
                                template.graph().levels().stream()
                                        .map(level -> String.join(" ", level))
                                        .collect(Collectors.joining(" | ", "order: ", "\n")))
                        .orElse("refused\n");
        return lines(checked.diagnostics().all()) + order;
    }

    private static String lines(List<Diagnostic> all) {
        return all.stream().map(GoldenCasesTest::line).collect(Collectors.joining());
    }

    private static String line(Diagnostic found) {
        var range = found.range();
        var fixes =
                found.fixes().stream()
                        .map(fix -> " [" + fix.title() + "]")
                        .collect(Collectors.joining());
        return "%d:%d-%d:%d %s %s %s: %s%s%n"
                .formatted(
                        range.line(),
                        range.column(),
                        range.endLine(),
                        range.endColumn(),
                        found.code(),
                        found.severity().name().toLowerCase(java.util.Locale.ROOT),
                        found.title(),
                        found.detail(),
                        fixes);
    }
}
