package dev.stackwright.execution.store;

import dev.stackwright.execution.ExecutionId;

/**
 * The right to carry on an execution, until somebody else takes it.
 *
 * @param fence grows with each owner: a write that carries an older one is refused
 */
public record Lease(ExecutionId execution, String owner, long fence) {}
