package dev.stackwright.execution;

import java.util.List;

/**
 * Hears what happens, inside the transaction that records it: what a listener writes stands or
 * falls with the step's own row. A listener must not call anything but the database.
 */
public interface ExecutionListener {

    /** The kind of execution that it wants to hear of. */
    String kind();

    void changed(List<StepChanged> changes);

    void finished(ExecutionFinished finished);

    /** The same, once it is safely recorded: the place to tell others. */
    default void recorded(ExecutionFinished finished) {}
}
