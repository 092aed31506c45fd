package dev.stackwright.execution;

import java.util.Optional;

/** All executions: start one, ask after it, cancel it. */
public interface Executions {

    /**
     * Records the execution, in the caller's transaction when there is one. A worker picks it up
     * once that is committed, on this replica at once.
     */
    ExecutionId start(ExecutionRequest request);

    Optional<ExecutionView> find(ExecutionId id);

    /** Where it stands, without its steps. */
    Optional<ExecutionState> state(ExecutionId id);

    /** Asks it to stop: what is at work ends its turn, nothing new begins but what always runs. */
    void cancel(ExecutionId id);
}
