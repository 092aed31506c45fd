package dev.stackwright.web.stacks;

import dev.stackwright.catalog.Ability;
import dev.stackwright.catalog.Catalog;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackResource;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.graph.GraphNode;
import dev.stackwright.web.resources.ResourceLinks;
import java.util.Optional;

/** Resources as boxes of the picture. */
final class StackNodes {

    private StackNodes() {}

    static GraphNode node(Visit visit, Catalog catalog, StackResource resource, boolean moving) {
        var type = catalog.find(resource.type());
        var status = StackWords.status(resource, moving);
        return new GraphNode(
                resource.name(),
                resource.name(),
                type.map(one -> one.title()).orElse(resource.type()),
                type.map(one -> one.symbol()).orElse("template"),
                visit.format().say(status.word()),
                status.tone().icon(),
                look(resource),
                live(visit, catalog, resource));
    }

    /** Its own page where there is one, else its row in the table. */
    private static String live(Visit visit, Catalog catalog, StackResource resource) {
        return href(visit, catalog, resource).orElse("#resource-" + resource.id());
    }

    /** The page of what it made or is about, or of the stack behind it, which has its own id. */
    static Optional<String> href(Visit visit, Catalog catalog, StackResource resource) {
        var physical = resource.physicalId();
        if (physical == null) {
            return Optional.empty();
        }
        var about = resource.about();
        if (about != null) {
            return ResourceLinks.about(visit, resource.type(), about);
        }
        if (physical.equals(resource.id().toString())) {
            // Texts and addresses that live here alone have the id of their row as well.
            boolean isStack =
                    catalog.find(resource.type())
                            .map(type -> type.abilities().contains(Ability.NESTED))
                            .orElse(true);
            return isStack ? Optional.of(visit.path("stacks", physical)) : Optional.empty();
        }
        return ResourceLinks.href(visit, resource.type(), physical);
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
