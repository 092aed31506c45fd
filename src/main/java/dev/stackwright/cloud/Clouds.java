package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every cloud that this Stackwright knows, in the order of the configuration. */
public final class Clouds implements AutoCloseable {

    private final Map<CloudName, Cloud> byName = new LinkedHashMap<>();

    public Clouds(List<? extends Cloud> clouds) {
        for (var cloud : clouds) {
            if (byName.put(cloud.name(), cloud) != null) {
                throw new CloudsYaml.Problem("Two clouds are named " + cloud.name() + ".");
            }
        }
    }

    /** Makes ready to talk to these clouds; nothing is sent to them yet. */
    public static Clouds open(
            List<CloudDefinition> definitions,
            CloudSettings settings,
            Clock clock,
            MeterRegistry meters,
            List<CallObserver> observers) {
        return new Clouds(
                definitions.stream()
                        .map(definition ->
                                new OpenStackCloud(
                                        definition,
                                        settings,
                                        clock,
                                        meters,
                                        observers,
                                        Thread::sleep))
                        .toList());
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

    @Override
    public void close() throws Exception {
        for (var cloud : byName.values()) {
            if (cloud instanceof AutoCloseable connected) {
                connected.close();
            }
        }
    }
}
