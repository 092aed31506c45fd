package dev.stackwright.web.setup.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says in a sentence why the database cannot be used at start, and what to do, instead of a stack
 * trace. States are those of SQL:2023 and PostgreSQL (class 08, 28, 53, 57P03, 3D000) and the error
 * codes of H2.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class DatabaseProblemAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int H2_IN_USE = 90020;
    private static final int H2_CORRUPT = 90030;
    private static final int H2_FORMAT = 90048;
    private static final int H2_IO = 90028;
    private static final int H2_IO_NAMED = 90031;

    private final Environment environment;

    DatabaseProblemAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException problem) {
        var url = address(environment.getProperty("spring.datasource.url", ""));
        var user = environment.getProperty("spring.datasource.username", "");
        return switch (problem.getErrorCode()) {
            case H2_IN_USE ->
                    new FailureAnalysis(
                            "The database file of " + url + " is in use by another process.",
                            "Is Stackwright running already in this folder? Stop it, or start this"
                                    + " one in another folder. Two replicas need PostgreSQL:"
                                    + " set SPRING_DATASOURCE_URL.",
                            root);
            case H2_CORRUPT, H2_FORMAT ->
                    new FailureAnalysis(
                            "The database file of " + url + " cannot be read: " + said(problem),
                            "Keep the file as it is, and restore the latest backup"
                                    + " (docs/operations.md, Backup).",
                            root);
            case H2_IO, H2_IO_NAMED ->
                    new FailureAnalysis(
                            "The database file of " + url + " cannot be written: " + said(problem),
                            "Look at the free space and the owner of its folder.",
                            root);
            default -> byState(root, problem, url, user);
        };
    }

    private static @Nullable FailureAnalysis byState(
            Throwable root, SQLException problem, String url, String user) {
        var state = problem.getSQLState() == null ? "" : problem.getSQLState();
        if (state.equals("3D000")) {
            return new FailureAnalysis(
                    "There is no such database: " + url,
                    "Create it, owned by the user of SPRING_DATASOURCE_USERNAME:"
                            + " create database … owner …; the tables make themselves.",
                    root);
        }
        if (state.startsWith("28")) {
            return new FailureAnalysis(
                    "The database at " + url + " does not let the user '" + user + "' in.",
                    "Compare SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD with the"
                            + " database's, and its pg_hba.conf with this machine's address.",
                    root);
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return new FailureAnalysis(
                    "The database does not answer at " + url + ": " + said(problem),
                    "Is it running, and are host and port of SPRING_DATASOURCE_URL right? Start"
                            + " Stackwright again when it answers.",
                    root);
        }
        if (state.startsWith("53")) {
            return new FailureAnalysis(
                    "The database at " + url + " has no room: " + said(problem),
                    "Free connections, memory or disk there, and start Stackwright again.",
                    root);
        }
        return null;
    }

    /** The address without its parameters, which may carry a password. */
    private static String address(String url) {
        return url.split("[?;]", 2)[0].replaceFirst("//[^/@]*@", "//");
    }

    private static String said(SQLException problem) {
        var said = problem.getMessage();
        return said == null
                ? problem.getClass().getSimpleName()
                : said.lines().findFirst().orElse("");
    }
}
