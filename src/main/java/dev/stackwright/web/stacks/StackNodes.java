package dev.stackwright.web.stacks;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackResource;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.graph.GraphNode;

/** Resources as boxes of the picture. */
final class StackNodes {

    private StackNodes() {}

    static GraphNode node(Visit visit, StackResource resource) {
        var type = Catalog.builtIn().find(resource.type());
        var status = StackWords.status(resource);
        return new GraphNode(
                resource.name(),
                resource.name(),
                type.map(one -> one.title()).orElse(resource.type()),
                type.map(one -> one.symbol()).orElse("template"),
                visit.format().say(status.word()),
                status.tone().icon(),
                look(resource),
                "#resource-" + resource.id());
    }

    private static GraphNode.Look look(StackResource resource) {
        if (!resource.begun()) {
            return GraphNode.Look.PLANNED;
        }
        if (resource.isMoving()) {
            return GraphNode.Look.BUSY;
        }
        return resource.progress() == StackProgress.FAILED
                ? GraphNode.Look.BAD
                : GraphNode.Look.PLAIN;
    }
}
