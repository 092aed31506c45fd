package dev.stackwright.plan;

/** What a plan does with a resource, the worst first. */
public enum Action {
    DELETE,
    REPLACE,
    UPDATE,
    CREATE,
    /** Something that exists is taken into the stack. */
    ADOPT,
    KEEP
}
