package dev.stackwright.execution;

/** The process is gone: nothing after this line happens in this life. */
public final class SimulatedDeath extends Error {

    private static final long serialVersionUID = 1L;

    public SimulatedDeath(String where) {
        super(where);
    }
}
