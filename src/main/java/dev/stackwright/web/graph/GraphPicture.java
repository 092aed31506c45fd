package dev.stackwright.web.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A drawing of a graph: boxes in layers, what is needed first at the left.
 *
 * @param title what the picture shows, for those who do not see it
 */
public record GraphPicture(String title, int width, int height, List<Box> boxes, List<Line> lines) {

    static final int BOX_WIDTH = 128;
    static final int BOX_HEIGHT = 38;
    private static final int LAYER = 164;
    private static final int MARGIN = 2;
    private static final int LONGEST_NAME = 72;
    private static final int LONGEST_TYPE = 88;

    /**
     * A node in its place.
     *
     * @param name short enough for the box
     */
    public record Box(GraphNode node, int x, int y, String name, String type, String title) {

        public String rectX() {
            return x + ".5";
        }

        public String rectY() {
            return y + ".5";
        }
    }

    /** An edge from the right of one box to the left of another. */
    public record Line(String path, boolean lit) {}

    /**
     * @param dependencies by node id, the ids of the nodes that it needs; strangers are left out
     */
    public static GraphPicture of(
            String title, List<GraphNode> nodes, Map<String, ? extends Set<String>> dependencies) {
        var places = Layout.of(nodes.stream().map(GraphNode::id).toList(), dependencies);
        var boxes = new LinkedHashMap<String, Box>();
        var width = 0;
        var height = 0;
        for (var node : nodes) {
            var place = places.get(node.id());
            if (place == null || boxes.containsKey(node.id())) {
                continue;
            }
            var box = box(node, MARGIN + place.layer() * LAYER, MARGIN + place.y());
            boxes.put(node.id(), box);
            width = Math.max(width, box.x() + BOX_WIDTH + MARGIN);
            height = Math.max(height, box.y() + BOX_HEIGHT + MARGIN);
        }
        return new GraphPicture(
                title, width, height, List.copyOf(boxes.values()), lines(boxes, dependencies));
    }

    /** The nodes in the order of a list: as they were given. */
    public List<GraphNode> nodes() {
        return boxes.stream().map(Box::node).toList();
    }

    public boolean isEmpty() {
        return boxes.isEmpty();
    }

    private static Box box(GraphNode node, int x, int y) {
        var name = Label.printable(node.name());
        var type = Label.printable(node.type());
        return new Box(
                node,
                x,
                y,
                Label.fitting(name, LONGEST_NAME, 12),
                Label.fitting(type, LONGEST_TYPE, 11),
                name + ", " + type + ": " + Label.printable(node.state()));
    }

    private static List<Line> lines(
            Map<String, Box> boxes, Map<String, ? extends Set<String>> dependencies) {
        var lines = new ArrayList<Line>();
        dependencies.forEach((id, needs) -> {
            var to = boxes.get(id);
            for (var need : needs) {
                var from = boxes.get(need);
                if (to != null && from != null && to != from) {
                    lines.add(line(from, to));
                }
            }
        });
        return lines;
    }

    private static Line line(Box from, Box to) {
        var x1 = from.x() + BOX_WIDTH;
        var y1 = from.y() + BOX_HEIGHT / 2;
        var x2 = to.x();
        var y2 = to.y() + BOX_HEIGHT / 2;
        var bend = Math.max(24, (x2 - x1) / 2);
        var path =
                "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
        return new Line(path, from.node().look().isLit() && to.node().look().isLit());
    }
}
