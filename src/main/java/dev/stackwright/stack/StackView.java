package dev.stackwright.stack;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stack as it stands.
 *
 * @param version counts the versions of its source; 1 is what it was created from
 * @param revision moves with everything that happens to the stack: a plan is bound to it
 * @param reason why it is so, in a sentence; empty when there is nothing to say
 * @param firstCause the resource whose failure made the action fail, when one did
 * @param deleteProtected whether it refuses to be deleted or abandoned until that is lifted
 * @param parent the stack in which it stands behind a resource, or null
 * @param parentResource the name of that resource
 * @param root the outermost stack around it, or null
 * @param doneSteps how many steps of the action that runs are done
 */
public record StackView(
        UUID id,
        CloudName cloud,
        ProjectId project,
        String name,
        String description,
        StackAction action,
        StackProgress progress,
        String reason,
        @Nullable String firstCause,
        int version,
        long revision,
        int resources,
        int doneSteps,
        int steps,
        String createdBy,
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant deletedAt,
        @Nullable UUID execution,
        @Nullable Instant startedAt,
        Set<String> tags,
        boolean deleteProtected,
        @Nullable UUID parent,
        @Nullable String parentResource,
        @Nullable UUID root) {

    public StackView {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /** Whether it stands behind a resource of another stack, which alone changes it. */
    public boolean isInside() {
        return parent != null;
    }

    /** Heat's word for it, such as {@code UPDATE_IN_PROGRESS}. */
    public String status() {
        return action + "_" + progress;
    }

    public boolean isSuspended() {
        return action == StackAction.SUSPEND && progress == StackProgress.COMPLETE;
    }

    public boolean isMoving() {
        return progress == StackProgress.IN_PROGRESS;
    }
}
