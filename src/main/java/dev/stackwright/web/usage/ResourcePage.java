package dev.stackwright.web.usage;

import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One resource: its figures, its life, its meters. */
record ResourcePage(
        String name,
        String usage,
        Words answer,
        List<Fact> facts,
        List<UsagePage.Choice> presets,
        List<Figure> figures,
        List<LifeRow> life,
        List<MeterRow> meters) {

    /** A figure with its unit. */
    record Figure(Words title, String amount, Words unit) {}

    /** A stretch of its life with the event that began it. */
    record LifeRow(
            Instant from,
            @Nullable Instant to,
            String state,
            String size,
            String amounts,
            @Nullable String event,
            @Nullable String request,
            boolean estimated) {}

    /** A meter with the way to its samples. */
    record MeterRow(
            String name, String type, String last, String growth, long samples, String href) {}
}
