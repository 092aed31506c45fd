/** Executions, steps and journal in the database. */
@NullMarked
package dev.stackwright.execution.store;

import org.jspecify.annotations.NullMarked;
