package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Page;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that walks a list by the values of its order instead of counting rows.
 *
 * @param led by these columns, which all rows of the list have alike: the order names them too, as
 *     H2 walks an index only in an order that begins where the index begins
 * @param column the one sorted by; {@code o.id} settles ties
 * @param type what the cursor's text is cast to
 */
record Keyset(
        List<String> led,
        String column,
        String type,
        boolean descending,
        int size,
        @Nullable Cursor cursor) {

    /** The cursor, unless its sort value is no time. */
    static @Nullable Cursor inTime(@Nullable Cursor cursor) {
        try {
            if (cursor != null) {
                OffsetDateTime.parse(cursor.sort());
            }
            return cursor;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** To be put after {@code where …}; empty at the beginning of the list. */
    String condition() {
        if (cursor == null) {
            return "";
        }
        // Said twice so that an index on the column is used by every planner.
        return " and %1$s %2$s= cast(:at as %3$s) and (%1$s %2$s cast(:at as %3$s) or o.id %2$s :after)"
                .formatted(column, sign(), type);
    }

    /** How what comes later in the list compares to what comes earlier. */
    String sign() {
        return ascending() ? ">" : "<";
    }

    /** One row more than asked for tells whether there is another page. */
    String order() {
        var direction = ascending() ? "asc" : "desc";
        return Stream.concat(led.stream(), Stream.of(column, "o.id"))
                .map(each -> each + " " + direction)
                .collect(
                        Collectors.joining(
                                ", ", " order by ", " fetch first " + (size + 1) + " rows only"));
    }

    <T> Page<T> page(List<T> rows, Function<T, Cursor> place) {
        var more = rows.size() > size;
        var shown = more ? rows.subList(0, size) : rows;
        var backwards = cursor != null && cursor.backwards();
        var inOrder = backwards ? new ArrayList<>(shown) : shown;
        if (backwards) {
            Collections.reverse(inOrder);
        }
        if (inOrder.isEmpty()) {
            return new Page<>(inOrder, null, null);
        }
        var first = place.apply(inOrder.getFirst());
        var last = place.apply(inOrder.getLast());
        var before = backwards ? more : cursor != null;
        var after = backwards || more;
        return new Page<>(
                inOrder,
                before ? new Cursor(true, first.sort(), first.id()).text() : null,
                after ? new Cursor(false, last.sort(), last.id()).text() : null);
    }

    private boolean ascending() {
        return descending == (cursor != null && cursor.backwards());
    }
}
