package dev.stackwright.execution;

/**
 * Performs steps of one sort. Any step may run twice, and the process may die between any two
 * lines: whatever a handler changes in the world it changes inside {@link StepContext#journaled},
 * and when {@link StepContext#unsure} says that a change may have been made, it looks first.
 */
public interface StepHandler {

    String name();

    StepOutcome perform(StepContext context);
}
