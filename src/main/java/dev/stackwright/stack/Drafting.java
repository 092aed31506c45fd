package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.Adoption;
import dev.stackwright.plan.Change;
import dev.stackwright.plan.Plan;
import dev.stackwright.plan.Seen;
import dev.stackwright.plan.Sizes;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.Resolver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has plans made from what is deployed and what is wanted. */
final class Drafting {

    private static final String ASSOCIATION = "OS::Neutron::FloatingIPAssociation";

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

    /**
     * The plan that takes things over, with what is other on the cloud than in the template. What
     * is not there at all is refused.
     */
    Plan compared(
            Viewer viewer,
            @Nullable Token token,
            Plan adoption,
            CheckedTemplate wanted,
            Map<String, String> ids) {
        var resolver = Resolver.of(wanted, new Standing(ids));
        var these = new LinkedHashMap<String, Drift.Wanted>();
        for (var change : adoption.changes()) {
            var type = wanted.resourceTypeOf(change.name()).orElse(null);
            var id = ids.get(change.name());
            if (type != null && id != null && !change.type().equals(ASSOCIATION)) {
                these.put(
                        change.name(),
                        new Drift.Wanted(type, id, resolver.properties(change.name()).values()));
            } else if (type != null && id != null) {
                var properties = resolver.properties(change.name()).values();
                if (properties.get("floatingip_id") instanceof Value.Text(var address)) {
                    these.put(change.name(), new Drift.Wanted(type, address, properties));
                }
            }
        }
        var seen = drift.of(viewer, token, these);
        var hidden =
                wanted.values().hidden().stream()
                        .map(name -> wanted.values().values().getOrDefault(name, Value.NULL))
                        .toList();
        var refusals = new ArrayList<>(adoption.refusals().all());
        var changes = new ArrayList<Change>();
        for (var change : adoption.changes()) {
            var one = seen.get(change.name());
            var its = these.get(change.name());
            if (one == null || its == null) {
                changes.add(change);
                continue;
            }
            if (one.gone()) {
                refusals.add(
                        LifePlans.refusal(
                                change.name(),
                                "%s is not on the cloud any more: there is no %s with the id %s."
                                        .formatted(change.name(), change.title(), its.id())));
            }
            changes.add(Adoption.compared(change, its.type(), its.properties(), one, hidden));
        }
        return new Plan(
                adoption.kind(),
                adoption.stack(),
                adoption.basedOn(),
                changes,
                adoption.steps(),
                adoption.quota(),
                new Diagnostics(refusals));
    }

    /** All of it is there; what it tells is not known yet. */
    private record Standing(Map<String, String> ids) implements Lookup {

        @Override
        public Value reference(String resource) {
            var id = ids.get(resource);
            return id == null ? new Value.Unknown(resource) : Value.of(id);
        }

        @Override
        public Value attribute(String resource, List<Value> path) {
            return Lookup.NOTHING_YET.attribute(resource, path);
        }
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
