package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A stack as it stands.
 *
 * @param revision moves with everything that happens to the stack
 * @param resources by logical name
 * @param parameters the values that it was last applied with, the hidden ones too
 * @param hidden the names of the hidden parameters
 */
public record DeployedStack(
        String name,
        long revision,
        Map<String, DeployedResource> resources,
        Map<String, Value> parameters,
        Set<String> hidden) {

    public DeployedStack {
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        hidden = Set.copyOf(hidden);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "DeployedStack[name=%s, revision=%d]".formatted(name, revision);
    }
}
