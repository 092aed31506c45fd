package dev.stackwright.execution.store;

import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.StepState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One thing to write down about an execution. */
public sealed interface Entry {

    Instant at();

    /** A step begins another time. */
    record Begun(String step, int attempt, Instant at) implements Entry {}

    /** A step moved to another state. */
    record Moved(
            String step,
            StepState state,
            @Nullable JsonNode result,
            @Nullable String note,
            @Nullable String failure,
            Instant at)
            implements Entry {}

    /** A step remembers something. */
    record Kept(String step, JsonNode memory, Instant at) implements Entry {}

    /** A line of the journal. */
    record Line(String step, Kind kind, String change, String detail, Instant at) implements Entry {

        public enum Kind {
            /** About to be changed. */
            INTENT,
            /** Changed. */
            RESULT,
            /** Certainly not changed. */
            REFUSED,
            /** Looked, and found out which of the two it was. */
            SETTLED
        }
    }

    /** The execution is over. */
    record Ended(
            ExecutionState state, @Nullable String failedStep, @Nullable String failure, Instant at)
            implements Entry {}

    /** Several entries that stand or fall together. */
    static List<Entry> of(Entry... entries) {
        return List.of(entries);
    }
}
