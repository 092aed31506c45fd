package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Words;
import java.util.List;

/** How an instance is doing: a chart for each of its parts. */
record MetricsPage(
        String id,
        String name,
        Words lead,
        List<Tab> presets,
        List<Chart> charts,
        String self,
        String list,
        String log,
        String usage) {

    /**
     * One chart, and what it says.
     *
     * @param rows by hour or by day; empty when there is no sample
     */
    record Chart(
            String id,
            Words title,
            String unit,
            Words says,
            String data,
            List<String> columns,
            List<Row> rows) {}

    /** What an hour or a day came to: of each line its mean and its highest. */
    record Row(String label, List<String> cells) {}
}
