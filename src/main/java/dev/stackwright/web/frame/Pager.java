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
     * A pager for a list whose address takes {@code cursor} and {@code size}.
     *
     * @param previous the cursor of the page before this one, null on the first
     * @param next the cursor of the page after this one, null on the last
     */
    public static Pager of(
            Address here, @Nullable String previous, @Nullable String next, int size, Words total) {
        Address first = here.without("cursor");
        return new Pager(
                previous == null ? null : first.with("cursor", previous).toString(),
                next == null ? null : first.with("cursor", next).toString(),
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
