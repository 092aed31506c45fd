package dev.stackwright.web.usage;

import dev.stackwright.rating.Statement;
import dev.stackwright.rating.Statements;
import dev.stackwright.web.frame.Csv;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** The monthly statements of a project: to read, to print, to load into a ledger. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/usage/statements")
class StatementController {

    private final Statements statements;

    StatementController(Statements statements) {
        this.statements = statements;
    }

    /** The months. */
    record Months(String usage, List<MonthRow> months) {}

    /** One month. */
    record MonthRow(Words name, String href, boolean closed, String total, Words currency) {}

    /** One statement. */
    record Page(
            Words title,
            Words answer,
            Words currency,
            List<LineRow> lines,
            List<LineRow> corrections,
            String total,
            String project,
            String usage,
            String list,
            String csv) {}

    /** One line of it. */
    record LineRow(
            Words about,
            String name,
            String href,
            String stack,
            Words measure,
            String quantity,
            Words unit,
            String amount) {}

    @GetMapping
    String months(Visit visit, Model model) {
        var rows =
                statements.months(visit.viewer()).stream()
                        .flatMap(month -> statements.of(visit.viewer(), month).stream())
                        .map(statement -> row(visit, statement))
                        .toList();
        model.addAttribute("page", new Months(visit.path("usage"), rows));
        return "usage/statements";
    }

    private static MonthRow row(Visit visit, Statement statement) {
        return new MonthRow(
                AllUsageController.name(statement.month()),
                visit.path("usage", "statements", statement.month().toString()),
                statement.isClosed(),
                money(statement).number(visit.format(), statement.total()),
                Words.verbatim(statement.currency()));
    }

    private static Money money(Statement statement) {
        return new Money(statement.currency(), statement.digits());
    }

    @GetMapping("/{month}")
    String statement(Visit visit, @PathVariable String month, Model model) {
        var statement = found(visit, month);
        var format = visit.format();
        var closed = statement.closedAt();
        var name = AllUsageController.name(statement.month());
        model.addAttribute(
                "page",
                new Page(
                        name,
                        closed == null
                                ? Words.of(
                                        "usage.statement.open",
                                        visit.projectName(),
                                        name,
                                        money(statement).full(format, statement.total()))
                                : Words.of(
                                        "usage.statement.closed",
                                        visit.projectName(),
                                        name,
                                        money(statement).full(format, statement.total()),
                                        format.date(
                                                closed.atZone(java.time.ZoneOffset.UTC)
                                                        .toLocalDate())),
                        Words.verbatim(statement.currency()),
                        rows(visit, statement, false),
                        rows(visit, statement, true),
                        money(statement).number(format, statement.total()),
                        visit.projectName(),
                        visit.path("usage"),
                        visit.path("usage", "statements"),
                        visit.path("usage", "statements", month, "statement.csv")));
        return "usage/statement";
    }

    private static List<LineRow> rows(Visit visit, Statement statement, boolean corrections) {
        return statement.lines().stream()
                .filter(line -> line.about().equals(statement.month()) != corrections)
                .sorted(
                        Comparator.comparing((Statement.Line line) -> line.amount().abs())
                                .reversed())
                .map(line -> line(visit, statement, line))
                .toList();
    }

    private static LineRow line(Visit visit, Statement statement, Statement.Line line) {
        Format format = visit.format();
        return new LineRow(
                AllUsageController.name(line.about()),
                line.name(),
                visit.path("usage", "resources", line.resource()) + "?" + range(line.about()),
                line.stack(),
                Amounts.title(line.measure()),
                Amounts.number(format, line.quantity()),
                Amounts.unit(line.measure()),
                money(statement).number(format, line.amount()));
    }

    private static String range(YearMonth month) {
        return "from=" + month.atDay(1) + "&to=" + month.atEndOfMonth() + "&zone=UTC";
    }

    @GetMapping("/{month}/statement.csv")
    ResponseEntity<String> csv(Visit visit, @PathVariable String month) {
        var statement = found(visit, month);
        var csv =
                new Csv(
                        "month",
                        "about",
                        "id",
                        "name",
                        "stack",
                        "measure",
                        "quantity",
                        "amount",
                        "currency",
                        "closed");
        for (var line : statement.lines()) {
            csv.row(
                    statement.month().toString(),
                    line.about().toString(),
                    line.resource(),
                    line.name(),
                    line.stack(),
                    line.measure().id(),
                    plain(line.quantity()),
                    line.amount().toPlainString(),
                    statement.currency(),
                    String.valueOf(statement.isClosed()));
        }
        return csv.as("statement-" + statement.month() + ".csv");
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private Statement found(Visit visit, String text) {
        var month = AllUsageController.month(text);
        if (month == null) {
            throw PageFailure.notFound();
        }
        return statements.of(visit.viewer(), month).orElseThrow(PageFailure::notFound);
    }
}
