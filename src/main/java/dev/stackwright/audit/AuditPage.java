package dev.stackwright.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list.
 *
 * @param previous the cursor of the newer page, null at the beginning
 * @param next the cursor of the older page, null at the end
 */
public record AuditPage(List<AuditRecord> rows, @Nullable String previous, @Nullable String next) {

    public AuditPage {
        rows = List.copyOf(rows);
    }
}
