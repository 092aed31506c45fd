package dev.stackwright.kernel;

/** How bad a diagnostic is: an error stops the work, a warning does not, a hint is good advice. */
public enum Severity {
    ERROR,
    WARNING,
    HINT
}
