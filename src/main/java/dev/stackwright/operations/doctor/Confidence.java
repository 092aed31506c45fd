package dev.stackwright.operations.doctor;

/** How sure a rule is. */
public enum Confidence {
    /** Every fact that the cause would show is there. */
    CERTAIN,
    /** The facts fit, and one of them is missing or could have another reason. */
    LIKELY,
    /** No rule matched; what there is to say is evidence alone. */
    UNKNOWN
}
