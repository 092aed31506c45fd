package dev.stackwright.web.rating;

import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of a price book, one of them, and what a new one would do. */
final class PricesPage {

    private PricesPage() {}

    /** The list of versions. */
    record Versions(Words answer, String action, List<VersionRow> versions) {}

    /** One version of the list. */
    record VersionRow(
            int number,
            String href,
            Words state,
            @Nullable Instant from,
            int prices,
            String note,
            String by,
            Instant at) {}

    /**
     * One version.
     *
     * @param lines as they are read; a draft has them as fields too
     */
    record Version(
            int number,
            Words answer,
            boolean draft,
            long revision,
            List<PriceWords.Line> lines,
            List<Row> rows,
            List<Words> errors,
            List<Field> fields,
            List<Option> services,
            List<Option> fieldNames,
            List<Option> projects,
            String action,
            String importAction,
            String discard,
            String plan,
            String planFrom,
            String yaml,
            String back) {}

    /** One line of the form. */
    record Row(
            int number,
            String service,
            String field,
            String value,
            String from,
            String group,
            String type,
            String cost,
            String project) {}

    /** One entry of a selection. */
    record Option(String value, String label) {}

    /** What a version would have done to the last month. */
    record Change(
            int number,
            Words answer,
            List<Words> errors,
            String from,
            String month,
            String currency,
            String before,
            String after,
            String difference,
            List<EffectRow> projects,
            List<EffectRow> measures,
            List<DiffRow> prices,
            String publish,
            long revision,
            boolean ready,
            String back) {}

    /** One line of the effect. */
    record EffectRow(Words label, String before, String after, String difference) {}

    /** One price that comes, goes or changes. */
    record DiffRow(Words what, Words when, String before, String after) {}
}
