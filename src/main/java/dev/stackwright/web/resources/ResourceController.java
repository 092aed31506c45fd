package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.metering.StackOf;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.ListPage;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.instances.ServerStatuses;
import dev.stackwright.web.usage.UsageFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One thing of any kind: what it is, and what it has to do with others. */
@Controller
class ResourceController {

    private static final String PROJECT = "/c/{cloud}/p/{project}";
    private static final String ADMIN = "/c/{cloud}/admin";
    private static final String PANEL = "{panel:" + Panels.OF_PROJECT + "}";
    private static final String MACHINERY = "{panel:" + Panels.OF_CLOUD + "}";
    private static final int RELATED = 25;

    private final Inventory inventory;
    private final Sheets sheets;
    private final ObjectProvider<StackMembership> stacks;
    private final UsageFigures usage;

    ResourceController(
            Inventory inventory,
            Sheets sheets,
            ObjectProvider<StackMembership> stacks,
            UsageFigures usage) {
        this.inventory = inventory;
        this.sheets = sheets;
        this.stacks = stacks;
        this.usage = usage;
    }

    @GetMapping({PROJECT + "/" + PANEL + "/{id}", ADMIN + "/" + MACHINERY + "/{id}"})
    String show(Visit visit, @PathVariable String panel, @PathVariable String id, Model model) {
        var shown = Panels.called(panel).orElseThrow(PageFailure::notFound);
        model.addAttribute("page", page(visit, shown, found(visit, shown, id)));
        return "resources/resource";
    }

    @GetMapping({
        PROJECT + "/changes/" + PANEL + "/{id}",
        ADMIN + "/changes/" + MACHINERY + "/{id}"
    })
    Object changes(
            Visit visit,
            @PathVariable String panel,
            @PathVariable String id,
            @RequestParam(defaultValue = "-1") long since) {
        var shown = Panels.called(panel).orElseThrow(PageFailure::notFound);
        if (inventory.revision(visit.cloud(), visit.viewer().project()) == since) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        return inventory.findAll(visit.viewer(), shown.kind(), List.of(id)).stream()
                .findFirst()
                .<Object>map(object ->
                        new ModelAndView(
                                "resources/_changes", Map.of("page", page(visit, shown, object))))
                // Gone: the page itself says so when it is asked for again.
                .orElseGet(() -> ResponseEntity.noContent().header("HX-Refresh", "true").build());
    }

    /** What is gone is said by the name that it had. */
    private CloudObject found(Visit visit, Panel panel, String id) {
        return inventory.findAll(visit.viewer(), panel.kind(), List.of(id)).stream()
                .findFirst()
                .orElseThrow(() ->
                        inventory
                                .tombstone(visit.viewer(), panel.kind(), id)
                                .map(gone ->
                                        PageFailure.notFound(
                                                Words.of(
                                                        "resources.gone",
                                                        gone.name().isEmpty()
                                                                ? gone.id()
                                                                : gone.name(),
                                                        visit.format().dateTime(gone.gone()))))
                                .orElseGet(PageFailure::notFound));
    }

    private ResourcePage page(Visit visit, Panel panel, CloudObject object) {
        var revision = inventory.revision(visit.cloud(), visit.viewer().project());
        var status = panel.hasStatus() ? ObjectStatuses.of(object) : null;
        var name = Names.of(object);
        var stack = panel.isMachinery() ? null : stackOf(visit, object.id());
        var changes =
                panel.isMachinery()
                        ? visit.adminPath("changes", panel.path(), object.id())
                        : visit.path("changes", panel.path(), object.id());
        return new ResourcePage(
                Words.of("resources.title.one", name, panel.say("kind")),
                panel.say("kind"),
                name,
                status,
                lead(visit, panel, object),
                deeds(visit, panel, object),
                facts(visit, panel, object),
                sections(visit, panel, object),
                panel.isMachinery() ? null : usage.resource(visit, object.id()).orElse(null),
                new ResourcePage.Links(
                        ResourceLinks.list(visit, panel.kind()),
                        panel.say("heading"),
                        Address.of(visit.path("audit")).with("q", object.label()).toString(),
                        stack == null ? null : visit.path("stacks", stack.id()),
                        stack == null ? null : stack.name()),
                sheets.stale(visit, panel.kind()),
                changes + "?since=" + revision,
                status != null && status.tone().isMoving() ? "4s" : "20s");
    }

    private List<Deed> deeds(Visit visit, Panel panel, CloudObject object) {
        var where = new ObjectDeed.Where(visit, inventory);
        return ObjectDeeds.of(panel.kind()).stream()
                .map(deed -> {
                    var post = visit.path(panel.path(), object.id(), deed.path());
                    return new Deed(
                            deed.path(),
                            deed.say("label"),
                            post,
                            deed.asks() ? post : null,
                            deed.unable(where, object),
                            deed.danger());
                })
                .toList();
    }

    private @Nullable String removal(Visit visit, Panel panel, CloudObject object) {
        return ObjectDeeds.find(panel.kind(), "remove-rule")
                .filter(deed -> deed.unable(new ObjectDeed.Where(visit, inventory), object) == null)
                .map(deed -> visit.path(panel.path(), object.id(), deed.path()))
                .orElse(null);
    }

    private @Nullable StackOf stackOf(Visit visit, String id) {
        var membership = stacks.getIfAvailable();
        return membership == null
                ? null
                : membership.stacksOf(visit.cloud(), visit.viewer().project(), Set.of(id)).get(id);
    }

    private static Words lead(Visit visit, Panel panel, CloudObject object) {
        var created = object.created();
        return created == null
                ? Words.of("resources.page", panel.say("kind"))
                : Words.of(
                        "resources.page.created",
                        panel.say("kind"),
                        visit.format().dateTime(created));
    }

    private List<Fact> facts(Visit visit, Panel panel, CloudObject object) {
        var facts = new ArrayList<>(sheets.facts(visit, panel.facts(), object));
        var project = object.project();
        if (project != null && !project.equals(visit.viewer().project())) {
            facts.add(Fact.mono("resources.project", project.value()));
        }
        facts.add(Fact.of("resources.seen", visit.format().second(object.seen())));
        facts.add(Fact.mono("resources.id", object.id()));
        return facts;
    }

    private List<ResourcePage.Section> sections(Visit visit, Panel panel, CloudObject object) {
        var sections = new ArrayList<ResourcePage.Section>();
        for (var table : panel.tables()) {
            sections.add(table(visit, panel, table, object));
        }
        for (var relation : panel.relations()) {
            sections.add(
                    relation.from() == Kind.SERVER
                            ? servers(visit, relation, object.ref())
                            : related(visit, panel, relation, object));
        }
        return sections;
    }

    private ResourcePage.Section table(
            Visit visit, Panel panel, Panel.Table table, CloudObject object) {
        var removal = removal(visit, panel, object);
        var parts = table.rows().of(object);
        var names = sheets.names(visit, parts, table.columns());
        return new ResourcePage.Section(
                id(table.label()),
                Words.of(table.label()),
                Words.of(table.label() + ".none"),
                Stream.concat(
                                table.columns().stream()
                                        .map(aspect -> Column.of(aspect.label(), aspect.css())),
                                Stream.ofNullable(removal)
                                        .map(_ -> Column.of("resources.rule.action", "num")))
                        .toList(),
                parts.stream()
                        .map(part ->
                                new ListPage.Row(
                                        part.id(),
                                        "",
                                        "",
                                        "",
                                        null,
                                        table.columns().stream()
                                                .map(aspect ->
                                                        aspect.cell(part, visit.format(), names))
                                                .toList()))
                        .toList(),
                null,
                removal);
    }

    private ResourcePage.Section related(
            Visit visit, Panel panel, Panel.Relation relation, CloudObject object) {
        var other = Panels.of(relation.from());
        var found =
                inventory.objects(
                        visit.viewer(),
                        relation.from(),
                        ObjectQuery.FIRST.withSize(RELATED).of(object.ref()));
        var all =
                Address.of(ResourceLinks.list(visit, relation.from()))
                        .with("of", panel.path() + "/" + object.id())
                        .toString();
        return new ResourcePage.Section(
                id(relation.label()),
                Words.of(relation.label()),
                Words.of(relation.label() + ".none"),
                sheets.columns(other, visit),
                sheets.rows(
                        visit,
                        other,
                        // A group whose rules name itself is no news on its own page.
                        found.rows().stream()
                                .filter(row -> !row.ref().equals(object.ref()))
                                .toList()),
                found.next() == null ? null : all,
                null);
    }

    private ResourcePage.Section servers(Visit visit, Panel.Relation relation, ObjectRef target) {
        var found = inventory.serversOf(visit.viewer(), target, RELATED + 1);
        var filter =
                switch (target.kind()) {
                    case IMAGE -> "image";
                    case FLAVOR -> "flavor";
                    default -> null;
                };
        var list = Address.of(visit.path("instances"));
        return new ResourcePage.Section(
                id(relation.label()),
                Words.of(relation.label()),
                Words.of(relation.label() + ".none"),
                List.of(
                        Column.of("resources.name", ""),
                        Column.of("resources.status", ""),
                        Column.of("resources.flavor", "lo"),
                        Column.of("resources.address", "mid"),
                        Column.of("resources.created", "mid")),
                found.stream().limit(RELATED).map(server -> server(visit, server)).toList(),
                found.size() <= RELATED
                        ? null
                        : (filter == null ? list : list.with(filter, target.id())).toString(),
                null);
    }

    private static ListPage.Row server(Visit visit, ServerRow server) {
        return new ListPage.Row(
                server.id(),
                "server",
                server.name().isBlank() ? server.id() : server.name(),
                visit.path("instances", server.id()),
                null,
                List.of(
                        Cell.of(ServerStatuses.of(server, visit.format().now())),
                        Cell.of(server.flavor()).in("lo"),
                        Cell.of(server.addresses().stream().map(Cell.Bit::mono).toList()).in("mid"),
                        Cell.of(server.created()).in("mid")));
    }

    private static String id(String label) {
        return label.substring(label.lastIndexOf('.') + 1);
    }
}
