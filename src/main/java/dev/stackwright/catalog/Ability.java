package dev.stackwright.catalog;

/** What resources of a type can do besides being created and deleted. */
public enum Ability {
    /** Its live object is looked at by a check. */
    CHECK,
    /** Takes part in suspend and resume. */
    SUSPEND,
    /** Can be kept as a snapshot when it is deleted. */
    SNAPSHOT,
    /** Its properties can be read back from the live object. */
    LIVE_STATE,
    /** After a failure its live object decides whether it is continued or replaced. */
    HEALTH,
    /** Accepts signals. */
    SIGNAL,
    /** Is a stack of its own. */
    NESTED,
    /** Is referred to by something other than its physical id. */
    OWN_REFERENCE,
    /** Creating it takes time after the first call. */
    WAITS_FOR_CREATE,
    /** Updating it takes time after the first call. */
    WAITS_FOR_UPDATE,
    /** Deleting it takes time after the first call. */
    WAITS_FOR_DELETE,
    /** Answers attributes that its schema does not list. */
    DYNAMIC_ATTRIBUTES,
    /** Acts when the person who launched the stack is gone, so it needs a credential of its own. */
    ACTS_LATER
}
