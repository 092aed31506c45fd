package dev.stackwright.inventory.collect;

import dev.stackwright.cloud.Cloud;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.TestInventory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;

/** A collector that a test turns by hand. */
public final class HandCollector {

    private final CloudCollector collector;
    private final Cloud cloud;
    private final TestInventory house;

    public HandCollector(Cloud cloud, TestInventory house, Clock clock) {
        this.cloud = cloud;
        this.house = house;
        collector =
                new CloudCollector(
                        cloud,
                        house.collected,
                        house.states,
                        TestInventory.SETTINGS,
                        house.transaction,
                        event -> {},
                        new SimpleMeterRegistry(),
                        clock);
    }

    /** Reads all of these kinds. */
    public void sweep(Kind... kinds) {
        for (var kind : kinds) {
            collector.sweep(kind);
        }
    }

    /** Looks at these servers one by one, with what was done to them. */
    public void look(List<String> servers) {
        servers.forEach(id -> house.inventory.touch(cloud.name(), Kind.SERVER, id));
        collector.refreshTouched();
    }
}
