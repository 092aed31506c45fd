package dev.stackwright.web.hosts;

import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host that is being emptied or filled again, as it stands now.
 *
 * @param css "fact" when nothing is under way
 * @param further a second sentence, null when there is none
 */
record ClearancePage(
        String host,
        String css,
        Status state,
        Words sentence,
        @Nullable Words further,
        List<PlanPage.Count> counts,
        List<Row> rows,
        List<Event> events,
        List<Deed> deeds,
        @Nullable String back,
        Links links,
        String changes,
        @Nullable String tick) {

    /** One instance on its way. */
    record Row(
            String id,
            String css,
            String name,
            @Nullable String href,
            String project,
            Status status,
            String from,
            String to,
            @Nullable String took,
            List<Deed> deeds) {}

    /** A button that does something at once. */
    record Deed(String post, Words label, Words of, String css) {}

    record Event(Instant at, String icon, Words words) {}

    record Links(String hosts, String host) {}
}
