package dev.stackwright.stack;

/** What came of a signal. */
public sealed interface SignalOutcome {

    /**
     * It was taken.
     *
     * @param sentence what it brings about
     */
    record Taken(String sentence) implements SignalOutcome {}

    /** It cannot be taken, and why. */
    record Refused(String sentence) implements SignalOutcome {}

    /** The address was good once. */
    record Expired() implements SignalOutcome {}

    /** There is nothing there for whoever asks. */
    record NotFound() implements SignalOutcome {}
}
