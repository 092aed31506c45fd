package dev.stackwright.stack;

/** What is or was done with a stack or one of its resources. */
public enum StackAction {
    CREATE,
    UPDATE,
    DELETE
}
