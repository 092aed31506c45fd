package dev.stackwright.web.instances;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.web.frame.NavigationItem;
import dev.stackwright.web.frame.Visit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Instances in the navigation, with how many there are. */
@Component
class InstancesNavigation implements NavigationItem {

    private final Inventory inventory;

    InstancesNavigation(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public Group group() {
        return Group.OPERATE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String label() {
        return "instances.heading";
    }

    @Override
    public String icon() {
        return "server";
    }

    @Override
    public String path() {
        return "instances";
    }

    @Override
    public Optional<Mark> mark(Visit visit) {
        var count =
                inventory.serverCounts(visit.viewer()).stream().mapToLong(StatusCount::count).sum();
        return Optional.of(Mark.of(count));
    }
}
