package dev.stackwright.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which servers, in which order.
 *
 * @param name part of the name, any case; other filters are exact, address is a beginning
 * @param host administrators alone may filter by it
 * @param cursor from {@link Page#next()} or {@link Page#previous()} of the same filter and order
 * @param everyProject for administrators' pages; refused to anyone else
 */
public record ServerQuery(
        @Nullable String name,
        @Nullable String status,
        @Nullable String host,
        @Nullable String flavor,
        @Nullable String image,
        @Nullable String address,
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

    /** The newest fifty. */
    public static final ServerQuery NEWEST =
            new ServerQuery(
                    null, null, null, null, null, null, Sort.CREATED, true, 50, null, false);

    public ServerQuery {
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 rows, not " + size);
        }
    }

    public ServerQuery withCursor(@Nullable String cursor) {
        return new ServerQuery(
                name,
                status,
                host,
                flavor,
                image,
                address,
                sort,
                descending,
                size,
                cursor,
                everyProject);
    }

    public ServerQuery withSize(int size) {
        return new ServerQuery(
                name,
                status,
                host,
                flavor,
                image,
                address,
                sort,
                descending,
                size,
                cursor,
                everyProject);
    }
}
