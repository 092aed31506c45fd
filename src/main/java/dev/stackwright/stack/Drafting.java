package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Seen;
import dev.stackwright.plan.Sizes;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.template.CheckedTemplate;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has plans made from what is deployed and what is wanted. */
final class Drafting {

    private final Foresight foresight;
    private final Makeable makeable;
    private final Inventory inventory;
    private final Clock clock;
    private final Drift drift;

    Drafting(
            Foresight foresight, Makeable makeable, Inventory inventory, Clock clock, Drift drift) {
        this.clock = clock;
        this.foresight = foresight;
        this.makeable = makeable;
        this.inventory = inventory;
        this.drift = drift;
    }

    /**
     * @param token with which to look at the cloud; without one, what the inventory saw last counts
     * @param choices what to keep of what somebody changed there, and what not, by resource
     */
    Plan draft(
            Viewer viewer,
            @Nullable Token token,
            @Nullable StackView stack,
            String name,
            CheckedTemplate wanted,
            Map<String, Map<String, Seen.Choice>> choices) {
        return foresight
                .outlook(
                        stack,
                        stack == null ? name : stack.name(),
                        viewer.project().value(),
                        wanted,
                        eyes(viewer, rows -> choosing(drift.of(viewer, token, rows), choices)))
                .plan();
    }

    Plan draftDelete(Viewer viewer, StackView stack) {
        return foresight.delete(stack, eyes(viewer, _ -> Map.of()));
    }

    /** What cannot be made of a template, whatever its values are. */
    Diagnostics refuse(Viewer viewer, CheckedTemplate checked) {
        return makeable.refuse(viewer.cloud(), checked);
    }

    private static Map<String, Seen> choosing(
            Map<String, Seen> seen, Map<String, Map<String, Seen.Choice>> choices) {
        var chosen = new LinkedHashMap<>(seen);
        choices.forEach((resource, these) ->
                chosen.computeIfPresent(resource, (_, one) -> one.choosing(these)));
        return chosen;
    }

    private Foresight.Eyes eyes(
            Viewer viewer, Function<Collection<ResourceRow>, Map<String, Seen>> seeing) {
        return new Foresight.Eyes(
                sizes(viewer),
                new CloudChecks(inventory, viewer, clock),
                checked -> refuse(viewer, checked),
                seeing);
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
