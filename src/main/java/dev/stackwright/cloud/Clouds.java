package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every cloud that this Stackwright knows, in the order of the configuration. */
public final class Clouds {

    private final Map<CloudName, Cloud> byName = new LinkedHashMap<>();

    public Clouds(List<Cloud> clouds) {
        for (var cloud : clouds) {
            if (byName.put(cloud.name(), cloud) != null) {
                throw new IllegalArgumentException("Two clouds are named " + cloud.name());
            }
        }
    }

    public List<Cloud> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Cloud> find(CloudName name) {
        @Nullable Cloud cloud = byName.get(name);
        return Optional.ofNullable(cloud);
    }

    public Cloud get(CloudName name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("No cloud is named " + name));
    }
}
