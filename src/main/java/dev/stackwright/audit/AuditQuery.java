package dev.stackwright.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records to list, newest first.
 *
 * @param text part of a name of a person or thing, or the whole of an id; empty for all
 * @param action the beginning of an action, such as {@code server.}; empty for all
 * @param from not before
 * @param to before
 * @param cursor from {@link AuditPage} of the same query
 */
public record AuditQuery(
        String text,
        String action,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String cursor,
        int size) {

    public static final AuditQuery LATEST = new AuditQuery("", "", null, null, null, 50);

    public AuditQuery {
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 rows, not " + size);
        }
    }

    public AuditQuery withSize(int rows) {
        return new AuditQuery(text, action, from, to, cursor, rows);
    }

    public AuditQuery withCursor(@Nullable String key) {
        return new AuditQuery(text, action, from, to, key, size);
    }
}
