package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.InnerAttributes.Inner;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.Resolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What resources tell, as it stands in the database. One with a stack behind it is asked each time,
 * so that it never tells what was true before somebody changed that stack.
 */
final class Truths {

    private final StackStore store;
    private final Blueprints blueprints;
    private final Handlers handlers;

    Truths(StackStore store, Blueprints blueprints, Handlers handlers) {
        this.store = store;
        this.blueprints = blueprints;
        this.handlers = handlers;
    }

    StackTruth of(UUID stack) {
        return new StackTruth(store, this, stack, false);
    }

    /** The same while the stack is being changed: what is known last. */
    StackTruth lastOf(UUID stack) {
        return new StackTruth(store, this, stack, true);
    }

    /** Whether a resource is a stack of its own: nobody else takes care of its type. */
    boolean isInside(ResourceRow row) {
        return handlers.find(row.view().type()).isEmpty();
    }

    /** What a resource told when it was made, or what the stack behind it tells now. */
    Map<String, Value> attributes(ResourceRow row) {
        if (!isInside(row)) {
            return Applied.read(row.applied()).attributes();
        }
        return store.find(row.view().id())
                .filter(child -> child.deletedAt() == null && child.version() > 0)
                .map(child -> attributes(row, child))
                .orElse(Map.of());
    }

    private Map<String, Value> attributes(ResourceRow row, StackView child) {
        var type = row.view().type();
        var inside = inside(child);
        if (Insides.isWhole(type)) {
            return InnerAttributes.ofStack(child.name(), outputs(child));
        }
        if (!Handlers.STACKS.contains(type)) {
            return InnerAttributes.ofTemplate(outputs(child), inside);
        }
        var removed = new ArrayList<String>();
        Applied.read(row.applied())
                .memory()
                .path("removed")
                .forEach(one -> removed.add(one.asString()));
        return InnerAttributes.ofGroup(type, inside, removed);
    }

    Map<String, Value> outputs(StackView child) {
        return Resolver.of(blueprints.launched(child, child.version()), of(child.id())).outputs();
    }

    private Map<String, Inner> inside(StackView child) {
        var inside = new LinkedHashMap<String, Inner>();
        store.resources(child.id()).stream()
                .filter(row -> row.standing() == ResourceRow.Standing.CURRENT)
                .filter(row -> row.view().begun())
                .sorted(Comparator.comparing(row -> order(row.view().name())))
                .forEach(row -> inside.put(row.view().name(), inner(row)));
        return inside;
    }

    private Inner inner(ResourceRow row) {
        var reference = Applied.read(row.applied()).reference();
        return reference instanceof Value.Null
                ? new Inner(new Value.Unknown(row.view().name()), new Value.Unknown("it"))
                : new Inner(reference, new Value.Entries(attributes(row)));
    }

    /** Members that have numbers stand in the order of these; others stay where they are. */
    static String order(String name) {
        return name.matches("\\d{1,9}") ? "%09d".formatted(Integer.parseInt(name)) : "";
    }
}
