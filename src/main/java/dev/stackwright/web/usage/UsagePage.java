package dev.stackwright.web.usage;

import dev.stackwright.web.chart.Plot;
import dev.stackwright.web.chart.StackedBars;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the usage page shows. */
record UsagePage(
        Words answer,
        String stretch,
        String compared,
        List<Words> errors,
        List<Choice> presets,
        List<Field> fields,
        List<Hidden> kept,
        @Nullable CostPart cost,
        List<MeasureRow> measures,
        Words chartTitle,
        Words unit,
        Words chartUnit,
        List<Choice> splits,
        Words sentence,
        StackedBars bars,
        List<TwinRow> twin,
        List<String> twinTotals,
        String twinTotal,
        Plot plot,
        String data,
        String csv,
        String json,
        List<ResourceRow> resources,
        int moreResources,
        @Nullable Words filteredBy,
        @Nullable String unfiltered,
        Words measuredUntil) {

    public boolean isEmpty() {
        return measures.isEmpty();
    }

    /** A link of which one is chosen. */
    record Choice(Words label, String href, boolean current) {}

    /** What a form sends along. */
    record Hidden(String name, String value) {}

    /** One line of the figures. */
    record MeasureRow(
            Words title,
            String amount,
            Words unit,
            String before,
            String change,
            String share,
            String shareBefore,
            String href,
            boolean current) {}

    /** One line of the table twin. */
    record TwinRow(String label, @Nullable String href, List<String> cells, String total) {}

    /** One resource. */
    record ResourceRow(
            String icon,
            String name,
            String href,
            @Nullable String stack,
            @Nullable String stackHref,
            Words state,
            boolean gone,
            String amount,
            String others) {}
}
