package dev.stackwright.execution;

/** Where an execution stands. */
public enum ExecutionState {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isTerminal() {
        return this != RUNNING;
    }
}
