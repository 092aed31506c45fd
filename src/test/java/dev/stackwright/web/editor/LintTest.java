package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LintTest {

    @Test
    void aMistypedPropertyIsMarkedWhereItStandsAndOffersWhatWasMeant() {
        var lint =
                Checking.lint(
                        """
                        heat_template_version: 2021-04-16
                        resources:
                          web:
                            type: OS::Nova::Server
                            properties:
                              flavour: m1.small
                              networks: [{ network: net }]
                        """);

        var mark =
                lint.diagnostics().stream()
                        .filter(m -> m.code().equals("SW1304"))
                        .findFirst()
                        .orElseThrow();
        assertThat(mark.line()).isEqualTo(6);
        assertThat(mark.column()).isEqualTo(7);
        assertThat(mark.endColumn()).isEqualTo(14);
        assertThat(mark.fixes())
                .singleElement()
                .extracting(Lint.Edit::replacement)
                .isEqualTo("flavor");
    }

    @Test
    void anEmptyEditorHasNothingWrongYet() {
        assertThat(Checking.lint("  \n").diagnostics()).isEmpty();
    }
}
