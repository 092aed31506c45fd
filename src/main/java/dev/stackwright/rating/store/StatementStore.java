package dev.stackwright.rating.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Measure;
import dev.stackwright.rating.Statement;
import dev.stackwright.rating.Statement.Line;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps closed statements; there is no way to change one. */
@Repository
public class StatementStore {

    private static final String LINES =
            """
            select about, resource_id, name, stack_name, measure, quantity, amount
            from statement_line
            """;

    private final JdbcClient jdbc;

    public StatementStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Statement> find(CloudName cloud, ProjectId project, YearMonth month) {
        return jdbc.sql(
                        "select currency, closed_by, closed_at from statement where project_id = ?"
                                + " and cloud = ? and billed = ?")
                .params(project.value(), cloud.value(), month.toString())
                .query((row, _) -> {
                    var currency = row.getString("currency");
                    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
                    return new Statement(
                            month,
                            currency,
                            digits,
                            lines(cloud, project, month, digits),
                            row.getString("closed_by"),
                            row.getObject("closed_at", OffsetDateTime.class).toInstant());
                })
                .optional();
    }

    private List<Line> lines(CloudName cloud, ProjectId project, YearMonth month, int digits) {
        return jdbc.sql(
                        LINES
                                + "where project_id = ? and cloud = ? and billed = ? order by"
                                + " position")
                .params(project.value(), cloud.value(), month.toString())
                .query((row, _) -> line(row, digits))
                .list();
    }

    /** All lines about a month, on whichever statement they stand. */
    public List<Line> about(CloudName cloud, ProjectId project, YearMonth month) {
        return jdbc.sql(LINES + "where project_id = ? and cloud = ? and about = ?")
                .params(project.value(), cloud.value(), month.toString())
                .query((row, _) -> line(row, 2))
                .list();
    }

    /** The projects with a closed statement of a month. */
    public List<ProjectId> projects(CloudName cloud, YearMonth month) {
        return jdbc.sql("select project_id from statement where cloud = ? and billed = ?")
                .params(cloud.value(), month.toString())
                .query((row, _) -> new ProjectId(Objects.requireNonNull(row.getString(1))))
                .list();
    }

    public boolean isClosed(CloudName cloud, YearMonth month) {
        return !projects(cloud, month).isEmpty();
    }

    /** Adds a statement; throws {@link DuplicateKeyException} when the month is closed already. */
    @Transactional
    public void add(CloudName cloud, ProjectId project, Statement statement) {
        var month = statement.month().toString();
        jdbc.sql(
                        "insert into statement (project_id, cloud, billed, currency, total,"
                                + " closed_by, closed_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        project.value(),
                        cloud.value(),
                        month,
                        statement.currency(),
                        statement.total(),
                        Objects.requireNonNull(statement.closedBy()),
                        PriceStore.utc(Objects.requireNonNull(statement.closedAt())))
                .update();
        int position = 0;
        for (var line : statement.lines()) {
            jdbc.sql(
                            """
                            insert into statement_line (project_id, cloud, billed, position, about,
                                resource_id, name, stack_name, measure, quantity, amount)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            project.value(),
                            cloud.value(),
                            month,
                            position++,
                            line.about().toString(),
                            line.resource(),
                            line.name(),
                            line.stack(),
                            line.measure().id(),
                            line.quantity(),
                            line.amount())
                    .update();
        }
    }

    private static Line line(ResultSet row, int digits) throws SQLException {
        var amount = row.getBigDecimal("amount");
        return new Line(
                YearMonth.parse(row.getString("about")),
                row.getString("resource_id"),
                row.getString("name"),
                row.getString("stack_name"),
                Measure.find(row.getString("measure")).orElseThrow(),
                row.getBigDecimal("quantity"),
                amount.setScale(Math.max(digits, amount.stripTrailingZeros().scale())));
    }
}
