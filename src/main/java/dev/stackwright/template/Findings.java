package dev.stackwright.template;

import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.TextRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what there is to say, once each, and stops listening when it becomes too much. */
final class Findings {

    private static final int MOST = 1_000;

    private final List<Diagnostic> all = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private int soft;

    void add(Rule rule, TextRange range, String path, String detail, Fix... fixes) {
        var severity =
                soft > 0 && rule.severity() == Severity.ERROR ? Severity.WARNING : rule.severity();
        if (all.size() < MOST && said.add(key(rule, range, detail))) {
            all.add(
                    new Diagnostic(
                            rule.code(),
                            severity,
                            rule.title(),
                            detail,
                            range,
                            path,
                            List.of(fixes)));
        }
    }

    /**
     * What is found while looking and again while working out is one finding, even when the words
     * differ a little.
     */
    private static String key(Rule rule, TextRange range, String detail) {
        return switch (rule) {
            case UNKNOWN_PARAMETER, UNKNOWN_RESOURCE -> "name " + range;
            case FUNCTION_ARGUMENT, FUNCTION_UNSUPPORTED, UNKNOWN_CONDITION -> rule.code() + range;
            default -> rule.code() + range + detail;
        };
    }

    /** What was found elsewhere, at a place of this text. */
    void add(Diagnostic found, TextRange range, String path) {
        var severity =
                soft > 0 && found.severity() == Severity.ERROR
                        ? Severity.WARNING
                        : found.severity();
        if (all.size() < MOST && said.add(found.code() + range + found.detail())) {
            all.add(
                    new Diagnostic(
                            found.code(),
                            severity,
                            found.title(),
                            found.detail(),
                            range,
                            path,
                            List.of()));
        }
    }

    void addAll(Diagnostics more) {
        all.addAll(more.all());
    }

    /** What is found meanwhile does not count at present, so that it is only a warning. */
    void softly(Runnable work) {
        soft++;
        try {
            work.run();
        } finally {
            soft--;
        }
    }

    /** Whether what is found at present does not count. */
    boolean isSoft() {
        return soft > 0;
    }

    /** How much there was to refuse so far. */
    long errors() {
        return all.stream().filter(Diagnostic::isError).count();
    }

    boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    Diagnostics toDiagnostics() {
        return new Diagnostics(all);
    }
}
