package dev.stackwright.stack;

import dev.stackwright.kernel.Viewer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people are still writing, kept so that nothing typed is lost. Each has one draft for every
 * stack and one for a new stack, and sees only their own.
 */
public interface Drafts {

    /**
     * @param stack the stack that it would change, or null for a new one
     */
    Optional<Draft> find(Viewer viewer, @Nullable UUID stack);

    /** Takes the place of the draft that there was. */
    void keep(Viewer viewer, @Nullable UUID stack, Draft draft);

    /** False when there was none. */
    boolean discard(Viewer viewer, @Nullable UUID stack);
}
