package dev.stackwright.web.instances;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks once before something is done to many instances.
 *
 * @param able how many of them it can be done to
 * @param unable why this person cannot do it to any, null when they can
 */
record BulkPage(
        Words label,
        String deed,
        long chosen,
        long able,
        boolean danger,
        List<Row> rows,
        @Nullable Words unable,
        String post,
        String list) {

    /**
     * One of them.
     *
     * @param unable why not this one, null when it can be done
     */
    record Row(String id, String name, String href, Status status, @Nullable Words unable) {}
}
