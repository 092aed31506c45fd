package dev.stackwright.stack;

/** What is or was done with a stack or one of its resources. */
public enum StackAction {
    CREATE,
    UPDATE,
    DELETE,
    SUSPEND,
    RESUME,
    CHECK,
    ADOPT,
    /** Something outside said something to a resource. */
    SIGNAL,
    /** The stack ends, and everything in it stays. */
    ABANDON
}
