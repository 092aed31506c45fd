package dev.stackwright.plan;

/** What a plan is for. */
public enum PlanKind {
    CREATE_STACK,
    UPDATE_STACK,
    DELETE_STACK
}
