package dev.stackwright.stack;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.DeployedResource;
import dev.stackwright.plan.DeployedResource.Standing;
import dev.stackwright.plan.DeployedStack;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Planner;
import dev.stackwright.plan.Sizes;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckedTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has plans made from what is deployed and what is wanted. */
final class Drafting {

    private final StackStore store;
    private final Blueprints blueprints;
    private final Inventory inventory;

    Drafting(StackStore store, Blueprints blueprints, Inventory inventory) {
        this.store = store;
        this.blueprints = blueprints;
        this.inventory = inventory;
    }

    Plan draft(Viewer viewer, @Nullable StackView stack, String name, CheckedTemplate wanted) {
        var planner = new Planner(blueprints.catalog(), sizes(viewer));
        if (stack == null) {
            return planner.create(name, wanted, wanted.values());
        }
        return planner.update(
                deployed(stack),
                blueprints.text(stack.id(), stack.version()).orElse(null),
                wanted,
                wanted.values());
    }

    Plan draftDelete(Viewer viewer, StackView stack) {
        return new Planner(blueprints.catalog(), sizes(viewer)).delete(deployed(stack));
    }

    private DeployedStack deployed(StackView stack) {
        var resources = new LinkedHashMap<String, DeployedResource>();
        for (var row : store.resources(stack.id())) {
            if (row.standing() == ResourceRow.Standing.CURRENT && row.view().begun()) {
                resources.put(row.view().name(), deployed(row));
            }
        }
        Map<String, Value> parameters = Map.of();
        Set<String> hidden = Set.of();
        if (stack.version() > 0) {
            var values = blueprints.launched(stack, stack.version()).values();
            parameters = values.values();
            hidden = values.hidden();
        }
        return new DeployedStack(stack.name(), stack.revision(), resources, parameters, hidden);
    }

    private static DeployedResource deployed(ResourceRow row) {
        var applied = Applied.read(row.applied());
        return new DeployedResource(
                row.view().name(),
                row.view().type(),
                applied.properties(),
                applied.metadata(),
                row.view().physicalId(),
                applied.reference(),
                applied.attributes(),
                row.deletionPolicy(),
                row.view().dependsOn(),
                standing(row),
                false);
    }

    private static Standing standing(ResourceRow row) {
        if (row.view().progress() == StackProgress.COMPLETE) {
            return row.view().action() == StackAction.DELETE ? Standing.MISSING : Standing.SOUND;
        }
        switch (row.view().action()) {
            case CHECK -> {
                return Standing.CHECK_FAILED;
            }
            case SUSPEND, RESUME -> {
                return Standing.FAILED_BUT_SOUND;
            }
            default -> {}
        }
        // A failed update leaves the object that there was; whatever else failed may be half a
        // thing.
        return row.view().action() == StackAction.UPDATE && row.applied() != null
                ? Standing.FAILED_BUT_SOUND
                : Standing.FAILED;
    }

    private Sizes sizes(Viewer viewer) {
        return new Sizes() {
            @Override
            public Optional<FlavorSize> flavor(String nameOrId) {
                return inventory.flavors(viewer).stream()
                        .filter(f -> f.id().equals(nameOrId) || f.name().equals(nameOrId))
                        .map(f -> new FlavorSize(f.vcpus(), f.memoryMb(), (int) f.diskGb()))
                        .findFirst();
            }

            @Override
            public OptionalLong volumeGigabytes(String nameOrId) {
                return gigabytes(Kind.VOLUME, nameOrId, "size");
            }

            @Override
            public OptionalLong snapshotGigabytes(String nameOrId) {
                return gigabytes(Kind.VOLUME_SNAPSHOT, nameOrId, "size");
            }

            private OptionalLong gigabytes(Kind kind, String nameOrId, String field) {
                var size =
                        inventory
                                .find(viewer, kind, nameOrId)
                                .map(object -> object.facts().path(field).asLong(-1))
                                .orElse(-1L);
                return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
            }
        };
    }
}
