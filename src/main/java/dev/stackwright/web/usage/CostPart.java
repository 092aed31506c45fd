package dev.stackwright.web.usage;

import dev.stackwright.web.chart.Waterfall;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the usage page that speaks of money.
 *
 * @param warning what is wrong with the budget, or will be
 * @param waterfall null when there is nothing to compare with
 * @param budgetForm null when the person may only look
 */
record CostPart(
        List<Figure> figures,
        @Nullable Words warning,
        Words difference,
        @Nullable Waterfall waterfall,
        List<StepRow> steps,
        String before,
        String now,
        Words currency,
        List<IdleRow> idle,
        Words idleSays,
        @Nullable BudgetForm budgetForm,
        String csv,
        String statements,
        String prices) {

    /** One figure above the chart. */
    record Figure(Words title, String amount, @Nullable Words note) {}

    /** One step of the difference. */
    record StepRow(Words label, @Nullable String href, String amount) {}

    /** Something that costs and does nothing. */
    record IdleRow(String icon, String name, String href, Words why, String perMonth) {}

    /** What a month may cost. */
    record BudgetForm(String action, Field field) {}
}
