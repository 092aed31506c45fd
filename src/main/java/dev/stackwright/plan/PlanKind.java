package dev.stackwright.plan;

/** What a plan is for. */
public enum PlanKind {
    CREATE_STACK,
    UPDATE_STACK,
    DELETE_STACK,
    SUSPEND_STACK,
    RESUME_STACK,
    CHECK_STACK,
    ADOPT_STACK,
    /** The stack ends, and everything in it stays. */
    ABANDON_STACK
}
