package dev.stackwright.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a kind, in which order.
 *
 * @param name part of the name, any case
 * @param of only those that name this thing: the ports of a network
 * @param cursor from {@link Page#next()} or {@link Page#previous()} of the same filter and order
 * @param everyProject for administrators' pages; refused to anyone else
 */
public record ObjectQuery(
        @Nullable String name,
        @Nullable String status,
        @Nullable ObjectRef of,
        Sort sort,
        boolean descending,
        int size,
        @Nullable String cursor,
        boolean everyProject) {

    /** The orders that have an index. */
    public enum Sort {
        NAME,
        STATUS,
        CREATED
    }

    /** The first fifty by name. */
    public static final ObjectQuery FIRST =
            new ObjectQuery(null, null, null, Sort.NAME, false, 50, null, false);

    public ObjectQuery {
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 rows, not " + size);
        }
    }

    public ObjectQuery withSize(int size) {
        return new ObjectQuery(name, status, of, sort, descending, size, cursor, everyProject);
    }

    public ObjectQuery withCursor(@Nullable String cursor) {
        return new ObjectQuery(name, status, of, sort, descending, size, cursor, everyProject);
    }

    /** Those that name this thing. */
    public ObjectQuery of(ObjectRef target) {
        return new ObjectQuery(name, status, target, sort, descending, size, cursor, everyProject);
    }
}
