package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Catalog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text: an answer, soon, and never an exception. */
@Timeout(180)
class HostileTextsTest {

    private static final String START = "heat_template_version: 2021-04-16\n";

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
    void changedTemplatesNeverThrowAndAreAnsweredSoon() throws IOException {
        var seeds = Fuzzer.ownSeeds();
        seeds.addAll(Fuzzer.corpusSeeds());
        var fuzzer = new Fuzzer(20260101, seeds);
        long end =
                System.nanoTime() + Long.getLong("stackwright.fuzz.seconds", 60) * 1_000_000_000L;
        while (System.nanoTime() < end) {
            var finding = fuzzer.next();
            if (finding != null) {
                throw new AssertionError(
                        "Execution %d upset the check:%n%s"
                                .formatted(finding.execution(), finding.text()),
                        finding.thrown());
            }
        }
        System.out.printf(
                "fuzz: %d texts tried, %d kinds of answer, slowest %d ms%n",
                fuzzer.executions(), fuzzer.answers(), fuzzer.slowestMillis());
        assertThat(fuzzer.executions()).isPositive();
    }
}
