package dev.stackwright.web.setup.store;

import java.util.stream.Collectors;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says that the tables belong to another release, instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MigrationProblemAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, FlywayValidateException problem) {
        return new FailureAnalysis(
                "The tables in the database were made by another release of Stackwright: "
                        + differences(problem),
                "Start the release that wrote them, or a newer one; to go back to an older release"
                        + " restore the backup taken before the upgrade (docs/operations.md,"
                        + " Upgrade).",
                root);
    }

    /**
     * What differs, without the migration tool's own advice, which would have the tables repaired.
     */
    private static String differences(FlywayValidateException problem) {
        var said = problem.getMessage();
        return said == null
                ? ""
                : said.lines()
                        .filter(line -> line.startsWith("Detected") || line.startsWith("Migration"))
                        .collect(Collectors.joining(" "));
    }
}
