package dev.stackwright.plan;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.graph.Graph;
import dev.stackwright.plan.PlanStep.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of the run. What is new is made with the new graph, dependencies first. Then everything
 * new must stand ({@link Operation#SETTLE}), and only then is the old deleted, against the old
 * graph: an update that fails has deleted nothing. The exception is what cannot exist twice; it is
 * deleted before its successor is made.
 */
final class Steps {

    private static final String SETTLE = PlanStep.id(Operation.SETTLE, "").strip();

    private final Map<String, Change> changes;
    private final Graph<String> newGraph;
    private final Graph<String> oldGraph;
    private final Map<String, String> makes = new LinkedHashMap<>();
    private final Map<String, String> deletes = new LinkedHashMap<>();
    private final Map<String, Set<String>> after = new LinkedHashMap<>();
    private final Map<String, PlanStep> steps = new HashMap<>();
    private final Set<String> afterEarly = new HashSet<>();
    private final Map<String, Set<String>> through = new HashMap<>();

    Steps(Map<String, Change> changes, Graph<String> newGraph, Graph<String> oldGraph) {
        this.changes = changes;
        this.newGraph = newGraph;
        this.oldGraph = oldGraph;
        name();
        orderMaking();
        orderDeleting();
    }

    /** All steps, each after those that it waits for. */
    List<PlanStep> all() {
        return Graph.of(after).order().stream()
                .map(id -> step(id, after.getOrDefault(id, Set.of())))
                .toList();
    }

    /** The changes with the resources that come before each, in the order of the run. */
    List<Change> changesInOrder() {
        return changes.values().stream().map(this::withPredecessors).toList();
    }

    private Change withPredecessors(Change change) {
        var own = makes.getOrDefault(change.name(), deletes.get(change.name()));
        var before = new LinkedHashSet<String>();
        for (var id : own == null ? Set.<String>of() : after.getOrDefault(own, Set.of())) {
            var resource = step(id, Set.of()).resource();
            if (!resource.isEmpty() && !resource.equals(change.name())) {
                before.add(resource);
            }
        }
        return new Change(
                change.name(),
                change.type(),
                change.title(),
                change.symbol(),
                change.action(),
                change.reasons(),
                change.properties(),
                needs(change),
                before,
                change.forcedBy(),
                change.rule(),
                change.order(),
                change.lost(),
                change.changed(),
                change.kept(),
                change.follows(),
                change.physicalId(),
                change.deletionPolicy(),
                change.inside(),
                change.hooks(),
                change.deviations(),
                change.untold());
    }

    private Set<String> needs(Change change) {
        var graph = change.action() == Action.DELETE ? oldGraph : newGraph;
        return graph.dependenciesOf(change.name());
    }

    private void name() {
        for (var change : changes.values()) {
            var name = change.name();
            switch (change.action()) {
                case CREATE -> make(name, Operation.CREATE);
                case UPDATE -> make(name, Operation.UPDATE);
                case ADOPT -> make(name, Operation.ADOPT);
                case REPLACE -> {
                    make(name, Operation.CREATE);
                    delete(name, Operation.DELETE_OLD);
                }
                case DELETE -> delete(name, Operation.DELETE);
                case KEEP -> {}
            }
        }
    }

    private void make(String name, Operation operation) {
        makes.put(name, remember(operation, name));
    }

    private void delete(String name, Operation operation) {
        deletes.put(name, remember(operation, name));
    }

    private String remember(Operation operation, String resource) {
        var id = PlanStep.id(operation, resource);
        steps.put(id, new PlanStep(id, resource, operation, Set.of()));
        after.put(id, new LinkedHashSet<>());
        return id;
    }

    private void orderMaking() {
        for (var name : newGraph.order()) {
            var own = makes.get(name);
            var before = new LinkedHashSet<String>();
            for (var needed : newGraph.dependenciesOf(name)) {
                var step = makes.get(needed);
                if (step != null) {
                    before.add(step);
                } else {
                    before.addAll(through.getOrDefault(needed, Set.of()));
                }
            }
            if (own != null) {
                wait(own, before);
            } else {
                through.put(name, before);
            }
            if (own != null && goesFirst(changes.get(name))) {
                var gone = deletes.getOrDefault(name, own);
                wait(own, Set.of(gone));
                wait(gone, asLateAsPossible(before));
                afterEarly.add(own);
            } else if (own != null && before.stream().anyMatch(afterEarly::contains)) {
                afterEarly.add(own);
            }
        }
    }

    /**
     * What goes first goes only when all is there that its successor needs, so that a failure
     * before leaves it alone; except for what itself waits until something is gone.
     */
    private Set<String> asLateAsPossible(Set<String> predecessors) {
        var waitFor = new LinkedHashSet<>(predecessors);
        waitFor.removeAll(afterEarly);
        return waitFor;
    }

    private void orderDeleting() {
        var early = early();
        var late = new ArrayList<String>();
        deletes.forEach((name, id) -> {
            for (var dependent : oldGraph.dependentsOf(name)) {
                var first = deletes.get(dependent);
                if (first != null) {
                    wait(id, Set.of(first));
                }
            }
            if (!early.contains(name)) {
                late.add(id);
            }
        });
        if (late.isEmpty() || makes.isEmpty()) {
            return;
        }
        settle(late);
    }

    private void settle(List<String> late) {
        steps.put(SETTLE, new PlanStep(SETTLE, "", Operation.SETTLE, Set.of()));
        var waitedFor = new LinkedHashSet<String>();
        makes.values().forEach(id -> waitedFor.addAll(after.getOrDefault(id, Set.of())));
        var last = new LinkedHashSet<>(makes.values());
        last.removeAll(waitedFor);
        after.put(SETTLE, last);
        late.forEach(id -> wait(id, Set.of(SETTLE)));
    }

    /** What is deleted before its successor is made, and all that stands on it. */
    private Set<String> early() {
        var early = new LinkedHashSet<String>();
        var open = new ArrayList<String>();
        for (var change : changes.values()) {
            if (goesFirst(change)) {
                open.add(change.name());
            }
        }
        while (!open.isEmpty()) {
            var name = open.removeLast();
            if (early.add(name)) {
                oldGraph.dependentsOf(name).stream()
                        .filter(deletes::containsKey)
                        .forEach(open::add);
            }
        }
        return early;
    }

    private static boolean goesFirst(@Nullable Change change) {
        return change != null
                && change.action() == Action.REPLACE
                && change.order() == Replacing.Order.DELETE_FIRST;
    }

    private void wait(String id, Set<String> others) {
        var set = after.computeIfAbsent(id, _ -> new LinkedHashSet<>());
        others.stream().filter(other -> !other.equals(id)).forEach(set::add);
    }

    private PlanStep step(String id, Set<String> predecessors) {
        var step = steps.get(id);
        if (step == null) {
            throw new IllegalStateException("No step is called " + id);
        }
        return new PlanStep(id, step.resource(), step.operation(), predecessors);
    }
}
