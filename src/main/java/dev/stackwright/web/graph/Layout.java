package dev.stackwright.web.graph;

import dev.stackwright.graph.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places nodes in layers. A node stands right of all that it needs; one that needs nothing stands
 * as far right as those that need it allow. Within a layer, nodes are ordered by where their
 * neighbours are, a few times to and fro, and then moved towards them as far as there is room.
 * Nothing is random: the same graph gives the same picture.
 */
final class Layout {

    private static final int ROW = 54;
    private static final int SWEEPS = 6;

    /** Where a node stands. */
    record Place(int layer, int y) {}

    private final Graph<String> graph;
    private final Map<String, Integer> layerOf = new HashMap<>();
    private final List<List<String>> layers = new ArrayList<>();
    private final Map<String, Double> y = new HashMap<>();

    private Layout(Graph<String> graph) {
        this.graph = graph;
    }

    static Map<String, Place> of(
            List<String> ids, Map<String, ? extends Set<String>> dependencies) {
        var known = new LinkedHashSet<>(ids);
        var edges = new LinkedHashMap<String, Set<String>>();
        for (var id : known) {
            var needs = new LinkedHashSet<String>();
            var given = dependencies.get(id);
            if (given != null) {
                given.stream()
                        .filter(need -> known.contains(need) && !need.equals(id))
                        .forEach(needs::add);
            }
            edges.put(id, needs);
        }
        var layout = new Layout(Graph.of(edges));
        layout.assignLayers();
        layout.order();
        layout.align();
        return layout.places();
    }

    private void assignLayers() {
        var order = new LinkedHashSet<>(graph.order());
        order.addAll(graph.nodes());
        for (var id : order) {
            var layer = 0;
            for (var need : graph.dependenciesOf(id)) {
                layer = Math.max(layer, layerOf.getOrDefault(need, -1) + 1);
            }
            layerOf.put(id, layer);
        }
        for (var id : graph.nodes()) {
            if (graph.dependenciesOf(id).isEmpty()) {
                graph.dependentsOf(id).stream()
                        .mapToInt(this::layer)
                        .min()
                        .ifPresent(first -> layerOf.put(id, Math.max(0, first - 1)));
            }
        }
        for (var id : graph.nodes()) {
            while (layers.size() <= layer(id)) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer(id)).add(id);
        }
    }

    private int layer(String id) {
        return layerOf.getOrDefault(id, 0);
    }

    private void order() {
        layers.forEach(this::spread);
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            var forward = sweep % 2 == 0;
            for (var i = 0; i < layers.size(); i++) {
                var layer = layers.get(forward ? i : layers.size() - 1 - i);
                layer.sort(Comparator.comparingDouble(id -> wish(id, forward)));
                spread(layer);
            }
        }
    }

    private void spread(List<String> layer) {
        var top = -(layer.size() - 1) / 2.0;
        for (var i = 0; i < layer.size(); i++) {
            y.put(layer.get(i), (top + i) * ROW);
        }
    }

    /** Moves nodes towards their neighbours, keeping their order and their distance. */
    private void align() {
        for (var sweep = 0; sweep < SWEEPS; sweep++) {
            var forward = sweep % 2 == 0;
            for (var i = 0; i < layers.size(); i++) {
                settle(layers.get(forward ? i : layers.size() - 1 - i), forward);
            }
        }
    }

    private void settle(List<String> layer, boolean forward) {
        var wishes = layer.stream().mapToDouble(id -> wish(id, forward)).toArray();
        var placed = new double[wishes.length];
        var shift = 0.0;
        for (var i = 0; i < wishes.length; i++) {
            placed[i] = i == 0 ? wishes[i] : Math.max(wishes[i], placed[i - 1] + ROW);
            shift += wishes[i] - placed[i];
        }
        for (var i = 0; i < wishes.length; i++) {
            y.put(layer.get(i), placed[i] + shift / wishes.length);
        }
    }

    /** The middle of the neighbours on one side, or of those on the other when there are none. */
    private double wish(String id, boolean byDependencies) {
        var here = y.getOrDefault(id, 0.0);
        var first = byDependencies ? graph.dependenciesOf(id) : graph.dependentsOf(id);
        var neighbours =
                first.isEmpty()
                        ? (byDependencies ? graph.dependentsOf(id) : graph.dependenciesOf(id))
                        : first;
        return neighbours.stream().mapToDouble(n -> y.getOrDefault(n, here)).average().orElse(here);
    }

    private Map<String, Place> places() {
        var top = y.values().stream().mapToDouble(v -> v).min().orElse(0);
        var places = new LinkedHashMap<String, Place>();
        for (var id : graph.nodes()) {
            places.put(id, new Place(layer(id), (int) Math.round(y.getOrDefault(id, top) - top)));
        }
        return places;
    }
}
