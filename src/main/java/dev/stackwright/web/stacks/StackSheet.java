package dev.stackwright.web.stacks;

import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.graph.GraphPicture;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stack.
 *
 * @param cause the first cause of a failure, on top
 * @param poll where to ask for what changed, null when nothing moves
 */
record StackSheet(
        String name,
        Status status,
        Words lead,
        @Nullable Words cause,
        Links links,
        boolean moving,
        boolean deleted,
        @Nullable Words unable,
        List<Resource> resources,
        List<Event> events,
        List<Output> outputs,
        List<Version> versions,
        List<Fact> facts,
        String template,
        GraphPicture picture,
        @Nullable String poll) {

    /** Where its pages are. */
    record Links(
            String stacks, String edit, String delete, String cancel, String source, String plan) {}

    /** A resource and its live object. */
    record Resource(
            String id,
            String name,
            String symbol,
            String title,
            Status status,
            String physicalId,
            @Nullable String href,
            boolean current,
            @Nullable String took) {}

    /** Something that happened. */
    record Event(Instant at, Status status, String resource, String reason) {}

    /** What the stack tells about itself. */
    record Output(String name, String description, String value, String error) {}

    /** A version of the source. */
    record Version(int number, Instant madeAt, String madeBy, String href) {}
}
