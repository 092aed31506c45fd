package dev.stackwright.execution;

/** Where a step stands. */
public enum StepState {
    PENDING,
    RUNNING,
    WAITING,
    DONE,
    FAILED,
    /** Never begun, because a step before it failed or was cancelled. */
    SKIPPED,
    /** Ended because the execution was cancelled or timed out. */
    CANCELLED;

    public boolean isTerminal() {
        return this == DONE || this == FAILED || this == SKIPPED || this == CANCELLED;
    }
}
