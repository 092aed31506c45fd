package dev.stackwright.web.editor;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Fix;
import java.util.List;
import java.util.function.Function;

/** What the engine says about a text, in the shape that the editor's script reads. */
record Lint(List<Mark> diagnostics) {

    /** One mark in the text. Lines and columns count from 1, the end is exclusive. */
    record Mark(
            String code,
            String severity,
            String title,
            String detail,
            int line,
            int column,
            int endLine,
            int endColumn,
            List<Edit> fixes) {}

    /** An edit that one click makes. */
    record Edit(
            String title, int line, int column, int endLine, int endColumn, String replacement) {}

    /** Everything that there is to say about a template that somebody is writing. */
    static Lint of(String text, Function<String, Diagnostics> check) {
        return text.isBlank()
                ? new Lint(List.of())
                : new Lint(check.apply(text).all().stream().map(Lint::mark).toList());
    }

    private static Mark mark(Diagnostic found) {
        var range = found.range();
        return new Mark(
                found.code(),
                found.severity().name(),
                found.title(),
                found.detail(),
                range.line(),
                range.column(),
                range.endLine(),
                range.endColumn(),
                found.fixes().stream().map(Lint::edit).toList());
    }

    private static Edit edit(Fix fix) {
        var range = fix.range();
        return new Edit(
                fix.title(),
                range.line(),
                range.column(),
                range.endLine(),
                range.endColumn(),
                fix.replacement());
    }
}
