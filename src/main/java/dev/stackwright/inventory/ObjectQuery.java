package dev.stackwright.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a kind; always by name.
 *
 * @param name part of the name, any case
 */
public record ObjectQuery(
        @Nullable String name,
        @Nullable String status,
        boolean descending,
        int size,
        @Nullable String cursor,
        boolean everyProject) {

    public static final ObjectQuery FIRST = new ObjectQuery(null, null, false, 50, null, false);

    public ObjectQuery {
        if (size < 1 || size > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 rows, not " + size);
        }
    }
}
