package dev.stackwright.web.usage;

import dev.stackwright.web.chart.Plot;
import dev.stackwright.web.chart.StackedBars;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all projects used. */
record AllUsagePage(
        Words answer,
        String stretch,
        String compared,
        List<Words> errors,
        List<UsagePage.Choice> presets,
        List<ProjectRow> projects,
        Words unit,
        String total,
        String totalBefore,
        StackedBars bars,
        List<UsagePage.TwinRow> twin,
        Plot plot,
        Words chartUnit,
        Words grows,
        List<CapacityRow> capacity,
        List<MonthRow> months,
        String close,
        String csv) {

    public boolean isEmpty() {
        return projects.isEmpty();
    }

    /** One project, the biggest first. */
    record ProjectRow(
            Words name,
            @Nullable String href,
            String amount,
            String before,
            String change,
            String share) {}

    /** What was sold of what there is. */
    record CapacityRow(Words what, String sold, String there, String percent) {}

    /** A month that is over. */
    record MonthRow(String month, Words name, boolean closed) {}
}
