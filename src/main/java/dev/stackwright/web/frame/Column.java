package dev.stackwright.web.frame;

import org.jspecify.annotations.Nullable;

/**
 * The head of one column.
 *
 * @param href where a click sorts by this column, null when it cannot be sorted
 * @param sorted "ascending" or "descending" when the list is sorted by it
 * @param css "num", "mid" (leaves on phones), "lo" (leaves on narrow screens)
 */
public record Column(Words label, @Nullable String href, @Nullable String sorted, String css) {

    public static Column of(String key, String css) {
        return new Column(Words.of(key), null, null, css);
    }

    /**
     * A column that sorts: the page's {@code sort} parameter holds its name, with a minus in front
     * when the order is turned round. A new order starts at the first page again.
     */
    public static Column sortable(
            String key, String css, Address here, String name, String current) {
        boolean up = current.equals(name);
        boolean down = current.equals("-" + name);
        String href = here.with("sort", up ? "-" + name : name).without("cursor").toString();
        return new Column(Words.of(key), href, up ? "ascending" : down ? "descending" : null, css);
    }
}
