package dev.stackwright.stack;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a stack.
 *
 * @param name its logical name in the template
 * @param about the id of the thing that it says something about, where it is none itself: of the
 *     group of a rule, of the router of a route
 * @param current false for what was replaced and is still to be deleted
 * @param note what it waits for, while it does
 * @param dependsOn the logical names of what must stand before it
 */
public record StackResource(
        UUID id,
        UUID stack,
        String name,
        String type,
        @Nullable String physicalId,
        @Nullable String physicalName,
        @Nullable String about,
        StackAction action,
        StackProgress progress,
        boolean begun,
        boolean current,
        String reason,
        String note,
        Set<String> dependsOn,
        @Nullable Instant startedAt,
        @Nullable Instant updatedAt) {

    public StackResource {
        dependsOn = Set.copyOf(dependsOn);
    }

    StackResource saying(@Nullable String what) {
        return new StackResource(
                id,
                stack,
                name,
                type,
                physicalId,
                physicalName,
                what,
                action,
                progress,
                begun,
                current,
                reason,
                note,
                dependsOn,
                startedAt,
                updatedAt);
    }

    /** Heat's word for it; {@code INIT_COMPLETE} before anything was tried. */
    public String status() {
        return begun ? action + "_" + progress : "INIT_COMPLETE";
    }

    public boolean isMoving() {
        return begun && progress == StackProgress.IN_PROGRESS;
    }
}
