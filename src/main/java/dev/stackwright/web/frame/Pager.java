package dev.stackwright.web.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The foot of a list that is read in pages by key.
 *
 * @param earlier where the previous page is, null on the first
 * @param later where the next page is, null on the last
 * @param total how many there are, in words
 */
public record Pager(
        @Nullable String earlier, @Nullable String later, List<Size> sizes, Words total) {

    /** A number of rows that the person may ask for. */
    public record Size(int rows, String href, boolean current) {}

    private static final List<Integer> SIZES = List.of(25, 50, 100, 200);

    /**
     * A pager for a list whose address takes {@code after}, {@code before} and {@code size}.
     *
     * @param before the key of this page's first row, null when nothing comes earlier
     * @param after the key of this page's last row, null when nothing comes later
     */
    public static Pager of(
            Address here, @Nullable String before, @Nullable String after, int size, Words total) {
        Address first = here.without("after").without("before");
        return new Pager(
                before == null ? null : first.with("before", before).toString(),
                after == null ? null : first.with("after", after).toString(),
                SIZES.stream()
                        .map(n -> new Size(n, first.with("size", n).toString(), n == size))
                        .toList(),
                total);
    }

    /** The asked-for number of rows when it is one that is offered, else fifty. */
    public static int size(@Nullable Integer asked) {
        return asked != null && SIZES.contains(asked) ? asked : 50;
    }
}
