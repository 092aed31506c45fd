package dev.stackwright.metering;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.util.Map;
import java.util.Set;

/**
 * Tells which stack a resource belongs to. The room that keeps stacks implements it; what it
 * answers is remembered with the resource and outlives the stack.
 */
public interface StackMembership {

    /** The stacks of those of the resources (physical ids) that belong to one. */
    Map<String, StackOf> stacksOf(CloudName cloud, ProjectId project, Set<String> resources);
}
