package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text: an answer, soon, and never an exception. */
@Timeout(60)
class HostileTextsTest {

    private static final String START = "heat_template_version: 2021-04-16\n";

    private static final String LETTERS = "{}[]:,-&*!|>'\"%@` \n\t#?x0~\0\uD83D";

    private static Checked check(String text) {
        var read = TemplateReader.read(text);
        if (read.template().isEmpty()) {
            assertThat(read.diagnostics().hasErrors()).isTrue();
            return new Checked(read.diagnostics(), java.util.Optional.empty());
        }
        return TemplateCheck.check(
                read.template().get(),
                Environment.EMPTY,
                Map.of(),
                Catalog.builtIn(),
                Constraints.UNCHECKED);
    }

    @Test
    void aMegabyteIsTooLarge() {
        assertThat(check(START + "# ".repeat(600_000)).diagnostics().errors())
                .extracting("code")
                .contains("SW1001");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(check(START + "description: " + "[".repeat(20_000)).diagnostics().hasErrors())
                .isTrue();
        assertThat(check("{\"a\": ".repeat(50_000)).diagnostics().hasErrors()).isTrue();
        assertThat(check("[".repeat(200_000)).diagnostics().hasErrors()).isTrue();
    }

    @Test
    void aProductOfListsThatWouldNeverEndIsRefused() {
        var lists = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lists.append("'%")
                    .append(i)
                    .append("%': [")
                    .append("'x', ".repeat(20))
                    .append("'y'], ");
        }
        String template =
                START
                        + "outputs:\n  o:\n    value: { repeat: { template: t, for_each: { "
                        + lists
                        + " } } }\n";

        assertThat(check(template).diagnostics().errors()).extracting("code").contains("SW1408");
    }

    @Test
    void aTextThatGrowsOnEachLevelIsRefused() {
        String value = "aaaaaaaaaa";
        for (int i = 0; i < 30; i++) {
            value = "{ str_replace: { template: aaaaaaaaaa, params: { a: %s } } }".formatted(value);
        }

        assertThat(check(START + "outputs: { o: { value: " + value + " } }").diagnostics().errors())
                .extracting("code")
                .contains("SW1408");
    }

    @Test
    void aPatternThatWouldNeverEndIsGivenUp() {
        String template =
                START
                        + "parameters: { p: { type: string, default: "
                        + "a".repeat(60)
                        + "!, constraints: [{ allowed_pattern: '(a*)*(a*)*(a*)*\\1b' }] } }";

        assertThat(check(template).diagnostics().errors()).extracting("code").contains("SW1209");
    }

    @Test
    void emptyBinaryAndStrangeTextsAreAnswered() {
        for (String text :
                List.of(
                        "",
                        " ",
                        "\0",
                        "\uD800",
                        "---\n---\n",
                        "%YAML 9.9\n---\n",
                        "? [a]\n: b",
                        "\t",
                        "&a *a",
                        "- - -",
                        "{",
                        "\"",
                        "!!python/object:os.system x",
                        "\uFEFF" + START)) {
            assertThat(check(text)).isNotNull();
        }
    }

    @Test
    void mutationsOfTemplatesNeverThrow() throws IOException {
        var seeds = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/test/resources/cases/template"))) {
            for (Path file : files.filter(f -> f.endsWith("template.yaml")).toList()) {
                seeds.add(Files.readString(file));
            }
        }
        try (var files = Files.list(Path.of("src/main/resources/starters"))) {
            for (Path file : files.toList()) {
                seeds.add(Files.readString(file));
            }
        }
        var random = new Random(20260101);
        long end = System.nanoTime() + Long.getLong("stackwright.fuzz.seconds", 3) * 1_000_000_000L;
        int tried = 0;
        while (System.nanoTime() < end) {
            String text = mutated(seeds, random);
            try {
                check(text);
            } catch (Throwable e) {
                throw new AssertionError("Seed " + tried + " upset the check:\n" + text, e);
            }
            tried++;
        }
        System.out.printf("fuzz: %d mutations tried%n", tried);
        assertThat(tried).isPositive();
    }

    private static String mutated(List<String> seeds, Random random) {
        var text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int i = random.nextInt(1, 8); i > 0 && text.length() > 2; i--) {
            int at = random.nextInt(text.length());
            int length = Math.min(random.nextInt(1, 40), text.length() - at);
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, at + length);
                case 1 -> text.insert(at, text.substring(at, at + length));
                case 2 -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                case 3 -> {
                    String other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + 60));
                }
                case 4 -> {
                    List<String> words =
                            List.of(
                                    "get_param",
                                    "get_attr",
                                    "get_resource",
                                    "if",
                                    "repeat",
                                    "list_join",
                                    "null",
                                    "{}",
                                    "[]",
                                    "yaql",
                                    "-1",
                                    "1e400",
                                    ".inf",
                                    "<<",
                                    "*a",
                                    "&a ",
                                    "Fn::Select");
                    text.replace(at, at + length, words.get(random.nextInt(words.size())));
                }
                default ->
                        text.insert(
                                at, "\n".repeat(random.nextInt(3)) + " ".repeat(random.nextInt(8)));
            }
        }
        return text.toString();
    }
}
