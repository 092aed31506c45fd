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
 * @param around the stacks around it, the outermost first
 * @param template empty when nobody wrote it
 * @param cause the first cause of a failure, on top
 * @param hooks what waits for a person
 * @param clear where that is let go on
 * @param hasWayBack whether the update that runs can be taken back
 * @param poll where to ask for what changed, null when nothing moves
 */
record StackSheet(
        String name,
        List<Around> around,
        Status status,
        Words lead,
        @Nullable Words cause,
        List<Echo> echoes,
        Links links,
        List<Hook> hooks,
        String clear,
        boolean hasWayBack,
        boolean moving,
        boolean deleted,
        @Nullable Words unable,
        List<Resource> resources,
        List<Event> events,
        @Nullable Run run,
        List<Output> outputs,
        List<Version> versions,
        List<Fact> facts,
        String template,
        GraphPicture picture,
        @Nullable String poll) {

    /** Whether everything that it names stands. */
    public boolean whole() {
        return !moving && !deleted && cause == null;
    }

    /** Where its pages are. */
    record Links(
            String stacks,
            String edit,
            String delete,
            String cancel,
            String source,
            String versions,
            String plan,
            String actions) {}

    /** A resource waits for a person. */
    record Hook(Words words, String resource, String hook, String name) {}

    /** A stack around this one. */
    record Around(String name, String href) {}

    /** Another failure of the same run, which the first one brought about or which came with it. */
    record Echo(String resource, String href, String reason) {}

    /**
     * The last run.
     *
     * @param words how long it took, and what decided that
     */
    record Run(Words words, List<Bar> bars) {}

    /** A bar of it, {@code x} and {@code width} of a thousand. */
    record Bar(
            String resource,
            Words action,
            int x,
            int width,
            String css,
            String took,
            boolean decides) {}

    /**
     * A resource and its live object, or the stack behind it.
     *
     * @param depth how many stacks are between it and the one that is shown
     */
    record Resource(
            String id,
            int depth,
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
