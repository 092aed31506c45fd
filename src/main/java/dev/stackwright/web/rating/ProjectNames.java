package dev.stackwright.web.rating;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.web.frame.Visit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The projects of a cloud by id, as far as the inventory knows them. */
@Component
public class ProjectNames {

    private final @Nullable Inventory inventory;

    ProjectNames(ObjectProvider<Inventory> inventory) {
        this.inventory = inventory.getIfAvailable();
    }

    public Map<String, String> of(Visit visit) {
        Map<String, String> names = new LinkedHashMap<>();
        if (inventory != null) {
            inventory
                    .objects(visit.viewer(), Kind.PROJECT)
                    .forEach(project -> names.put(project.id(), project.label()));
        }
        return names;
    }
}
