package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.ListPage;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws objects as rows and facts, the way their panel describes them. */
@Component
class Sheets {

    private final Inventory inventory;

    Sheets(Inventory inventory) {
        this.inventory = inventory;
    }

    List<Aspect> visible(Visit visit, List<Aspect> aspects) {
        return aspects.stream()
                .filter(aspect -> visit.viewer().admin() || !aspect.administrators())
                .toList();
    }

    /** All that these sides of these objects point at, by name. */
    Names names(Visit visit, List<CloudObject> objects, List<Aspect> aspects) {
        Set<ObjectRef> refs = new LinkedHashSet<>();
        for (var object : objects) {
            for (var aspect : aspects) {
                refs.addAll(aspect.points().apply(object));
            }
        }
        return Names.of(inventory, visit, refs);
    }

    List<Column> columns(Panel panel, Address here, String sort, Visit visit) {
        var columns = new ArrayList<Column>();
        columns.add(Column.sortable("resources.name", "", here, "name", sort));
        if (panel.hasStatus()) {
            columns.add(Column.sortable("resources.status", "", here, "status", sort));
        }
        for (var aspect : visible(visit, panel.columns())) {
            columns.add(
                    aspect.label().equals("resources.created") && panel.sorts().contains("created")
                            ? Column.sortable(aspect.label(), aspect.css(), here, "created", sort)
                            : Column.of(aspect.label(), aspect.css()));
        }
        return columns;
    }

    /** The heads of rows that stand on another thing's page. */
    List<Column> columns(Panel panel, Visit visit) {
        var columns = new ArrayList<Column>();
        columns.add(Column.of("resources.name", ""));
        if (panel.hasStatus()) {
            columns.add(Column.of("resources.status", ""));
        }
        visible(visit, panel.columns())
                .forEach(aspect -> columns.add(Column.of(aspect.label(), aspect.css())));
        return columns;
    }

    List<ListPage.Row> rows(Visit visit, Panel panel, List<CloudObject> objects) {
        var aspects = visible(visit, panel.columns());
        var names = names(visit, objects, aspects);
        return objects.stream().map(object -> row(visit, panel, object, aspects, names)).toList();
    }

    private static ListPage.Row row(
            Visit visit, Panel panel, CloudObject object, List<Aspect> aspects, Names names) {
        var cells = new ArrayList<Cell>();
        var status = ObjectStatuses.of(object);
        if (panel.hasStatus()) {
            cells.add(Cell.of(status));
        }
        aspects.forEach(aspect -> cells.add(aspect.cell(object, visit.format(), names)));
        return new ListPage.Row(
                object.id(),
                panel.icon(),
                Names.of(object),
                ResourceLinks.href(visit, object.ref()),
                panel.hasStatus() && status.tone() == Tone.BAD ? "hot" : null,
                cells);
    }

    List<Fact> facts(Visit visit, List<Aspect> aspects, CloudObject object) {
        var shown = visible(visit, aspects);
        var names = names(visit, List.of(object), shown);
        return shown.stream()
                .map(aspect -> Fact.of(aspect.label(), aspect.cell(object, visit.format(), names)))
                .toList();
    }

    /** What is wrong with how old this is, null when nothing is. */
    @Nullable Words stale(Visit visit, Kind kind) {
        var freshness = inventory.freshness(visit.cloud()).of(kind).orElseThrow();
        var swept = freshness.swept();
        if (swept == null) {
            return Words.of("resources.never");
        }
        if (!freshness.isStale(visit.format().now())) {
            return null;
        }
        var trouble = freshness.trouble();
        return trouble != null && visit.viewer().admin()
                ? Words.of("resources.stale.said", visit.format().at(swept), trouble)
                : Words.of("resources.stale", visit.format().at(swept));
    }
}
