package dev.stackwright.stack.store;

import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackResource;
import dev.stackwright.template.DeletionPolicy;
import org.jspecify.annotations.Nullable;

/** A resource with what nobody but the engine reads. */
public record ResourceRow(
        StackResource view,
        Standing standing,
        DeletionPolicy deletionPolicy,
        @Nullable String applied) {

    /** Which of several objects of one resource it is. */
    public enum Standing {
        CURRENT,
        NEXT,
        OLD,
        GONE
    }

    public boolean failed(StackAction action) {
        return view.begun() && view.action() == action && view.progress() == StackProgress.FAILED;
    }
}
