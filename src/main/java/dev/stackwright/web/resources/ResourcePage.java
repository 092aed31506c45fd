package dev.stackwright.web.resources;

import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.ListPage;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.usage.ResourceFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of one thing shows.
 *
 * @param status null for what has none
 * @param usage what it used this month, null when it was never metered
 */
record ResourcePage(
        Words title,
        Words kind,
        String name,
        @Nullable Status status,
        Words lead,
        List<Deed> deeds,
        List<Fact> facts,
        List<Section> sections,
        @Nullable ResourceFigures usage,
        Links links,
        @Nullable Words stale,
        String changes,
        String tick) {

    /**
     * Other things, or parts of this one.
     *
     * @param removal where one of the rows is taken away, null when that cannot be done
     * @param all where the whole list is when this is only its beginning
     */
    record Section(
            String id,
            Words title,
            Words empty,
            List<Column> columns,
            List<ListPage.Row> rows,
            @Nullable String all,
            @Nullable String removal) {}

    /** Where the page leads. */
    record Links(
            String list,
            Words heading,
            String audit,
            @Nullable String stack,
            @Nullable String stackName) {}
}
