package dev.stackwright.stack;

import dev.stackwright.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plan that was made and kept: what is shown is what runs.
 *
 * @param number counts the plans of a project, for people
 * @param stack the stack that it changes; the id that a new one will have
 * @param version of the source that it was made from; 0 for a new stack
 * @param revision of the stack that it was made from; 0 for a new stack
 * @param plan what it changes
 * @param templateBefore the source that the stack has now; empty for a new one
 * @param templateAfter the source that it will have; empty for a deletion
 * @param environment the text that was given with it
 * @param files what came along with it, by name
 * @param parameters the values that were given with it, without the hidden ones
 * @param moved what happened to the stack since; when there is something, it cannot be applied
 * @param execution what carries it out, once it was approved
 */
public record StoredPlan(
        UUID id,
        long number,
        UUID stack,
        String stackName,
        StackAction action,
        int version,
        long revision,
        Plan plan,
        String templateBefore,
        String templateAfter,
        String environment,
        Map<String, String> files,
        Map<String, String> parameters,
        String madeBy,
        Instant madeAt,
        List<String> moved,
        @Nullable UUID execution,
        @Nullable String appliedBy,
        @Nullable Instant appliedAt) {

    public StoredPlan {
        moved = List.copyOf(moved);
        files = Map.copyOf(files);
        parameters = Map.copyOf(parameters);
    }

    public boolean isApplied() {
        return execution != null;
    }

    public boolean isStale() {
        return !moved.isEmpty();
    }
}
