package dev.stackwright.stack;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.metering.StackOf;
import dev.stackwright.stack.store.StackStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells metering which stack an object belongs to. */
final class KnownMembership implements StackMembership {

    private final StackStore store;

    KnownMembership(StackStore store) {
        this.store = store;
    }

    @Override
    public Map<String, StackOf> stacksOf(
            CloudName cloud, ProjectId project, Set<String> resources) {
        var stacks = new HashMap<String, StackOf>();
        store.stacksOf(cloud, project, resources)
                .forEach((resource, stack) ->
                        stacks.put(
                                resource,
                                new StackOf(stack.getKey().toString(), stack.getValue())));
        return stacks;
    }
}
