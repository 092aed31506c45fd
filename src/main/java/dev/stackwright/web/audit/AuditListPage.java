package dev.stackwright.web.audit;

import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the page of audit records shows. */
record AuditListPage(
        Words lead,
        String text,
        String action,
        boolean filtered,
        List<Tab> chips,
        List<Row> rows,
        Pager pager,
        String csv,
        String all) {

    /**
     * One record.
     *
     * @param action in words, or as it is called when there are none
     * @param href where the thing is, null when it has no page
     */
    record Row(
            Instant at,
            String who,
            Words action,
            String objectName,
            @Nullable String href,
            Status outcome,
            String detail,
            @Nullable String plan) {}
}
