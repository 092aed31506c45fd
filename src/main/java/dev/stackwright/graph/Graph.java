package dev.stackwright.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * An immutable directed graph of things and what each of them depends on. Every answer is
 * deterministic: nodes keep the order in which they were given, and all walks are linear in nodes
 * and edges (the order pays a logarithm for being stable).
 */
public final class Graph<N> {

    private final Map<N, Set<N>> dependencies;
    private final Map<N, Set<N>> dependents;

    private Graph(Map<N, Set<N>> dependencies, Map<N, Set<N>> dependents) {
        this.dependencies = dependencies;
        this.dependents = dependents;
    }

    /** A graph from each node's dependencies. What is only depended on becomes a node as well. */
    public static <N> Graph<N> of(Map<N, ? extends Set<N>> dependencies) {
        var forward = new LinkedHashMap<N, Set<N>>();
        var backward = new LinkedHashMap<N, Set<N>>();
        dependencies.keySet().forEach(node -> forward.put(node, new LinkedHashSet<>()));
        dependencies
                .values()
                .forEach(targets ->
                        targets.forEach(target ->
                                forward.computeIfAbsent(target, _ -> new LinkedHashSet<>())));
        forward.keySet().forEach(node -> backward.put(node, new LinkedHashSet<>()));
        dependencies.forEach((node, targets) -> {
            for (N target : targets) {
                forward.getOrDefault(node, Set.of()).add(target);
                backward.getOrDefault(target, Set.of()).add(node);
            }
        });
        forward.replaceAll((_, set) -> Collections.unmodifiableSet(set));
        backward.replaceAll((_, set) -> Collections.unmodifiableSet(set));
        return new Graph<>(
                Collections.unmodifiableMap(forward), Collections.unmodifiableMap(backward));
    }

    public static <N> Graph<N> empty() {
        return of(Map.<N, Set<N>>of());
    }

    public Set<N> nodes() {
        return dependencies.keySet();
    }

    /** What must be there before this node; empty for a stranger. */
    public Set<N> dependenciesOf(N node) {
        return dependencies.getOrDefault(node, Set.of());
    }

    /** What waits for this node; empty for a stranger. */
    public Set<N> dependentsOf(N node) {
        return dependents.getOrDefault(node, Set.of());
    }

    public int edgeCount() {
        return dependencies.values().stream().mapToInt(Set::size).sum();
    }

    /** The same nodes with every arrow turned round: the order of deletion. */
    public Graph<N> reversed() {
        return new Graph<>(dependents, dependencies);
    }

    /**
     * Dependencies first; among those that are free to go, the one given first. Nodes on a cycle,
     * and what depends on them, are left out: ask {@link #cycles()} first.
     */
    public List<N> order() {
        var position = new HashMap<N, Integer>();
        nodes().forEach(node -> position.put(node, position.size()));
        var byPosition = new ArrayList<>(nodes());
        var waitingFor = new HashMap<N, Integer>();
        var ready = new PriorityQueue<Integer>();
        dependencies.forEach((node, needs) -> {
            waitingFor.put(node, needs.size());
            if (needs.isEmpty()) {
                ready.add(position.getOrDefault(node, 0));
            }
        });
        var order = new ArrayList<N>(nodes().size());
        while (!ready.isEmpty()) {
            N node = byPosition.get(ready.remove());
            order.add(node);
            for (N dependent : dependentsOf(node)) {
                if (waitingFor.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(position.getOrDefault(dependent, 0));
                }
            }
        }
        return Collections.unmodifiableList(order);
    }

    /** The order in waves: everything in one wave may run at the same time. */
    public List<List<N>> levels() {
        var depth = new HashMap<N, Integer>();
        var levels = new ArrayList<List<N>>();
        for (N node : order()) {
            int level = 0;
            for (N needed : dependenciesOf(node)) {
                level = Math.max(level, depth.getOrDefault(needed, -1) + 1);
            }
            depth.put(node, level);
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            levels.get(level).add(node);
        }
        return levels.stream().map(List::copyOf).toList();
    }

    /** All that this node needs, directly or through others, without the node itself. */
    public Set<N> ancestors(N node) {
        return reach(node, dependencies);
    }

    /** All that would have to wait for this node, without the node itself. */
    public Set<N> descendants(N node) {
        return reach(node, dependents);
    }

    private static <N> Set<N> reach(N start, Map<N, Set<N>> arrows) {
        var seen = new LinkedHashSet<N>();
        Deque<N> open = new ArrayDeque<>(arrows.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            N node = open.remove();
            if (!node.equals(start) && seen.add(node)) {
                open.addAll(arrows.getOrDefault(node, Set.of()));
            }
        }
        return Collections.unmodifiableSet(seen);
    }

    /**
     * The knots: each is a set of nodes that need each other in a circle, told along one way round
     * (every node needs the next one, the last needs the first). Tarjan's algorithm, without
     * recursion, so that a chain of a hundred thousand nodes is no danger.
     */
    public List<List<N>> cycles() {
        var cycles = new ArrayList<List<N>>();
        for (Set<N> knot : knots()) {
            cycles.add(wayRound(knot));
        }
        return cycles;
    }

    private List<Set<N>> knots() {
        var index = new HashMap<N, Integer>();
        var low = new HashMap<N, Integer>();
        var onStack = new LinkedHashSet<N>();
        var stack = new ArrayDeque<N>();
        var knots = new ArrayList<Set<N>>();
        for (N root : nodes()) {
            if (index.containsKey(root)) {
                continue;
            }
            var walk = new ArrayDeque<Visit<N>>();
            walk.push(enter(root, index, low, onStack, stack));
            while (!walk.isEmpty()) {
                Visit<N> visit = walk.element();
                if (visit.rest().hasNext()) {
                    N next = visit.rest().next();
                    if (!index.containsKey(next)) {
                        walk.push(enter(next, index, low, onStack, stack));
                    } else if (onStack.contains(next)) {
                        low.merge(visit.node(), index.getOrDefault(next, 0), Math::min);
                    }
                    continue;
                }
                walk.pop();
                int lowest = low.getOrDefault(visit.node(), 0);
                if (!walk.isEmpty()) {
                    low.merge(walk.element().node(), lowest, Math::min);
                }
                if (lowest == index.getOrDefault(visit.node(), -1)) {
                    collectKnot(visit.node(), onStack, stack, knots);
                }
            }
        }
        return knots;
    }

    private record Visit<N>(N node, java.util.Iterator<N> rest) {}

    private Visit<N> enter(
            N node, Map<N, Integer> index, Map<N, Integer> low, Set<N> onStack, Deque<N> stack) {
        int number = index.size();
        index.put(node, number);
        low.put(node, number);
        onStack.add(node);
        stack.push(node);
        return new Visit<>(node, dependenciesOf(node).iterator());
    }

    private void collectKnot(N root, Set<N> onStack, Deque<N> stack, List<Set<N>> knots) {
        var knot = new LinkedHashSet<N>();
        N node;
        do {
            node = stack.pop();
            onStack.remove(node);
            knot.add(node);
        } while (!node.equals(root));
        if (knot.size() > 1 || dependenciesOf(root).contains(root)) {
            knots.add(knot);
        }
    }

    private List<N> wayRound(Set<N> knot) {
        N start = nodes().stream().filter(knot::contains).findFirst().orElseThrow();
        var cameFrom = new HashMap<N, N>();
        var open = new ArrayDeque<N>(List.of(start));
        while (!open.isEmpty()) {
            N node = open.remove();
            for (N next : dependenciesOf(node)) {
                if (next.equals(start)) {
                    return path(start, node, cameFrom);
                }
                if (knot.contains(next) && !cameFrom.containsKey(next)) {
                    cameFrom.put(next, node);
                    open.add(next);
                }
            }
        }
        return List.copyOf(knot);
    }

    private List<N> path(N start, N end, Map<N, N> cameFrom) {
        var path = new ArrayDeque<N>();
        N node = end;
        while (node != null && !node.equals(start)) {
            path.push(node);
            node = cameFrom.get(node);
        }
        path.push(start);
        return List.copyOf(path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Graph<?> graph && dependencies.equals(graph.dependencies);
    }

    @Override
    public int hashCode() {
        return dependencies.hashCode();
    }

    @Override
    public String toString() {
        return dependencies.toString();
    }
}
