package dev.stackwright.web.usage;

import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of one meter of one resource. */
record SamplesPage(
        String resource,
        String resourceHref,
        String usage,
        String meter,
        String unit,
        Words answer,
        List<UsagePage.Choice> presets,
        String data,
        String csv,
        List<Row> rows,
        boolean more) {

    /** A sample with the notification or the poll behind it. */
    record Row(
            Instant at,
            String volume,
            @Nullable String event,
            @Nullable Instant eventAt,
            @Nullable String publisher,
            @Nullable String request,
            String message) {}
}
