package dev.stackwright.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.SiteTypes;
import dev.stackwright.plan.PlanRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * docs/diagnostics.md is made from the rules; run with {@code -Dstackwright.golden=write} to make
 * it anew.
 */
class DiagnosticsPageTest {

    private static final Path PAGE = Path.of("docs/diagnostics.md");

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("stackwright.golden"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void noTwoRulesShareACode() {
        var codes = new HashSet<String>();
        assertThat(Rule.values()).allMatch(rule -> codes.add(rule.code()));
        assertThat(PlanRule.values()).allMatch(rule -> codes.add(rule.code()));
        assertThat(codes.add(SiteTypes.CODE)).isTrue();
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # Diagnostics

                        Everything that Stackwright says about a template has a code that never changes its meaning. This
                        page is made from the rules (`dev.stackwright.template.Rule`).

                        | code | kind | title | what it means, and what to do |
                        |---|---|---|---|
                        """);
        Arrays.stream(Rule.values())
                .sorted(java.util.Comparator.comparing(Rule::code))
                .forEach(rule ->
                        page.append(
                                "| %s | %s | %s | %s |\n"
                                        .formatted(
                                                rule.code(),
                                                rule.severity().name().toLowerCase(Locale.ROOT),
                                                rule.title(),
                                                rule.explanation())));
        page.append(
                """

                ## Descriptions of a site's own types

                | code | kind | title | what it means, and what to do |
                |---|---|---|---|
                | %s | error | %s | The marked type of the file is left out; the message says what is wrong with it. The other types hold. |

                ## Plans

                A plan with one of these cannot be approved (`dev.stackwright.plan.PlanRule`).

                | code | kind | title | what it means, and what to do |
                |---|---|---|---|
                """
                        .formatted(SiteTypes.CODE, SiteTypes.TITLE));
        for (PlanRule rule : PlanRule.values()) {
            page.append(
                    "| %s | error | %s | %s |\n"
                            .formatted(rule.code(), rule.title(), rule.explanation()));
        }
        return page.toString();
    }
}
