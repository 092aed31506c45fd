package dev.stackwright.rating.store;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.rating.Budget;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the budget of each project. */
@Repository
public class BudgetStore {

    private final JdbcClient jdbc;

    public BudgetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Budget> find(Viewer viewer) {
        return jdbc.sql(
                        "select amount, currency, set_by, set_at from budget where project_id = ?"
                                + " and cloud = ?")
                .params(viewer.project().value(), viewer.cloud().value())
                .query((row, _) ->
                        new Budget(
                                row.getBigDecimal("amount"),
                                row.getString("currency"),
                                row.getString("set_by"),
                                row.getObject("set_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    public void put(Viewer viewer, Budget budget) {
        if (update(viewer, budget) == 0) {
            try {
                jdbc.sql(
                                "insert into budget (amount, currency, set_by, set_at, project_id,"
                                        + " cloud) values (?, ?, ?, ?, ?, ?)")
                        .params(arguments(viewer, budget))
                        .update();
            } catch (DuplicateKeyException somebodyWasFaster) {
                update(viewer, budget);
            }
        }
    }

    private int update(Viewer viewer, Budget budget) {
        return jdbc.sql(
                        "update budget set amount = ?, currency = ?, set_by = ?, set_at = ? where"
                                + " project_id = ? and cloud = ?")
                .params(arguments(viewer, budget))
                .update();
    }

    private static Object[] arguments(Viewer viewer, Budget budget) {
        return new Object[] {
            budget.amount(),
            budget.currency(),
            budget.setBy(),
            PriceStore.utc(budget.setAt()),
            viewer.project().value(),
            viewer.cloud().value()
        };
    }

    public void remove(Viewer viewer) {
        jdbc.sql("delete from budget where project_id = ? and cloud = ?")
                .params(viewer.project().value(), viewer.cloud().value())
                .update();
    }
}
