package dev.stackwright.web.frame;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list that is filtered, sorted and read in pages, all of it in its address; drawn by {@code
 * frame/list} and, when something changed, by {@code frame/_list_changes}.
 *
 * @param views of things that belong together, as tabs; empty for none
 * @param create how a new one is made, null where that is not done here
 * @param csv the same as a file, null where there is none
 * @param stale what is wrong with the data, null when nothing is
 * @param changes where the page asks for changes
 * @param tick how often
 */
public record ListPage(
        Words title,
        Words heading,
        Words caption,
        Words lead,
        List<Tab> views,
        @Nullable Create create,
        Filter filter,
        List<Tab> chips,
        List<Column> columns,
        List<Row> rows,
        Empty empty,
        Pager pager,
        String self,
        @Nullable String csv,
        @Nullable Words stale,
        String changes,
        String tick) {

    public ListPage {
        views = List.copyOf(views);
        chips = List.copyOf(chips);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * @param unable why this person cannot make one, null when they can
     */
    public record Create(Words label, String href, @Nullable Words unable) {}

    /**
     * What the list is filtered by, as it was typed.
     *
     * @param hint what may be typed for the name
     * @param kept parameters that stay as they are when the form is sent
     * @param more filters that are folded away
     */
    public record Filter(
            String name, Words hint, Map<String, String> kept, List<More> more, boolean empty) {

        /** One that is folded away. */
        public record More(String name, Words label, String value) {}

        /** Whether one of those that are folded away is in use. */
        public boolean unfolded() {
            return more.stream().anyMatch(each -> !each.value().isEmpty());
        }
    }

    /**
     * One thing.
     *
     * @param css tints the row of one in trouble
     * @param cells as many as there are columns after that of the name
     */
    public record Row(
            String id,
            String icon,
            String name,
            String href,
            @Nullable String css,
            List<Cell> cells) {

        /** The id of the row as an element, the same after each redraw. */
        public String key() {
            return "i-" + element();
        }

        /** The id of its link. */
        public String anchor() {
            return "a-" + element();
        }

        /** The id as an element may have it: names have blanks, and worse. */
        private String element() {
            var clean = id.replaceAll("[^\\w.-]", "_");
            return clean.equals(id) ? id : clean + "-" + Integer.toHexString(id.hashCode());
        }
    }

    /** What is said where rows would be: why there are none, or that none fits. */
    public record Empty(String icon, Words title, Words text) {

        /** Of something that was made a moment ago and is not among the rows yet. */
        public static Empty coming(String icon) {
            return new Empty(icon, Words.of("frame.coming.title"), Words.of("frame.coming.text"));
        }
    }
}
