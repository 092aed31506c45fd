package dev.stackwright.operations.clearing;

/** How an instance leaves a host. */
public enum Way {
    /** It goes on running. */
    LIVE,
    /** It is stopped, moved and started again. */
    COLD,
    /** Its host is gone: it is built anew elsewhere from what it left behind. */
    EVACUATE,
    /** It cannot go. */
    STAYS
}
