package dev.stackwright.web.instances;

import dev.stackwright.web.doctor.VerdictCard;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the page of one instance shows. */
record InstancePage(
        String id,
        String name,
        Status status,
        Words lead,
        List<Deed> deeds,
        List<DeedGroup> more,
        @Nullable VerdictCard verdict,
        List<Fact> facts,
        List<Port> ports,
        List<Volume> volumes,
        List<Action> actions,
        boolean actionsAwaited,
        Links links,
        Instant seen,
        long revision,
        String changes,
        String tick) {

    /** Deeds that belong together, under a heading. */
    record DeedGroup(Words label, List<Deed> deeds) {}

    /** A port with its addresses. */
    record Port(Cell network, Cell address, Cell groups, String mac, Status state) {}

    /** An attached volume. */
    record Volume(String name, String href, String size, Status status) {}

    /** Something that was done. */
    record Action(
            Words name,
            Instant started,
            @Nullable Duration took,
            Status outcome,
            String request,
            List<Event> events) {}

    /** A part of it. */
    record Event(String name, Instant started, @Nullable Duration took, @Nullable String result) {}

    /** Where the page leads. */
    record Links(
            String self,
            String list,
            String metrics,
            String log,
            String usage,
            @Nullable String stack,
            @Nullable String stackName) {}
}
