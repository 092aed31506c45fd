package dev.stackwright.stack;

import java.util.List;
import java.util.UUID;

/** What became of the approval of a plan. */
public sealed interface ApplyOutcome {

    /** It runs. */
    record Started(UUID stack, UUID execution) implements ApplyOutcome {}

    /**
     * The stack is no longer what the plan was made from.
     *
     * @param moved what happened since, in sentences
     */
    record Stale(List<String> moved) implements ApplyOutcome {
        public Stale {
            moved = List.copyOf(moved);
        }
    }

    /** It cannot be started: the sentence says why and what to do. */
    record Refused(String sentence) implements ApplyOutcome {}

    /** There is no such plan in this project. */
    record NotFound() implements ApplyOutcome {}
}
