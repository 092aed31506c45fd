package dev.stackwright.web.stacks;

import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of stacks. */
record StacksPage(
        Words lead,
        String self,
        String create,
        @Nullable Words unable,
        String text,
        String status,
        List<Tab> chips,
        List<Column> columns,
        List<Row> rows,
        Pager pager,
        boolean filtered) {

    /** One stack. */
    record Row(
            String name, String href, Status status, int resources, Instant changed, String by) {}
}
