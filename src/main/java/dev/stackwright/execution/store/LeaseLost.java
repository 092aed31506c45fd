package dev.stackwright.execution.store;

import dev.stackwright.execution.ExecutionId;

/** Somebody else carries the execution on. */
public class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLost(ExecutionId execution) {
        super("The lease of execution " + execution + " is gone");
    }
}
