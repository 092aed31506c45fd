package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the list of instances shows.
 *
 * @param unable why this person cannot make a new one, null when they can
 * @param stale what is wrong with the data, null when nothing is
 * @param tick how often the page asks for changes
 */
record InstancesPage(
        Words lead,
        Filter filter,
        List<Tab> chips,
        List<Column> columns,
        List<Row> rows,
        Pager pager,
        Links links,
        boolean host,
        @Nullable Words unable,
        @Nullable Words stale,
        long revision,
        String changes,
        String tick) {

    /** What was filtered by, as it was typed. */
    record Filter(
            String name,
            String status,
            String flavor,
            String image,
            String address,
            String host,
            String sort,
            String size) {

        public boolean isEmpty() {
            return (name + status + flavor + image + address + host).isEmpty();
        }

        /** Whether one of the filters behind "More filters" is in use. */
        public boolean more() {
            return !(flavor + image + address + host).isEmpty();
        }
    }

    /** Where the page leads. */
    record Links(String self, String create, String csv) {}

    /**
     * One instance.
     *
     * @param css tints the row of one in trouble
     */
    record Row(
            String id,
            String name,
            String href,
            Status status,
            @Nullable String css,
            String flavor,
            @Nullable String image,
            List<String> addresses,
            @Nullable String host,
            Instant created) {}
}
