package dev.stackwright.stack;

/** How far an action is. */
public enum StackProgress {
    IN_PROGRESS,
    COMPLETE,
    FAILED
}
