package dev.stackwright.execution;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** How one turn of a step ended. */
public sealed interface StepOutcome {

    /** The step is through. */
    record Done(JsonNode result) implements StepOutcome {}

    /** The world is still busy; look again later. The thread is given back until then. */
    record Waiting(Duration checkAgainIn, String note) implements StepOutcome {}

    /**
     * Another execution has to end first. The step is performed again as soon as it does, and now
     * and then before that, for the other one may be carried on elsewhere.
     */
    record Awaiting(ExecutionId other, String note) implements StepOutcome {}

    /**
     * It did not work.
     *
     * @param permanent whether trying again is pointless; otherwise it is tried again for a while
     */
    record Failed(String reason, boolean permanent) implements StepOutcome {}
}
