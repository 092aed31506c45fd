package dev.stackwright.kernel;

import java.util.List;

/**
 * One message about a text that a person wrote.
 *
 * @param code stable, such as {@code SW1203}; documented in docs/diagnostics.md
 * @param title short and fixed, without names from the text
 * @param detail full sentences: what, where, and what to try
 * @param path where in the structure, such as {@code resources.web.properties.flavor}; may be empty
 */
public record Diagnostic(
        String code,
        Severity severity,
        String title,
        String detail,
        TextRange range,
        String path,
        List<Fix> fixes) {

    public Diagnostic {
        fixes = List.copyOf(fixes);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
