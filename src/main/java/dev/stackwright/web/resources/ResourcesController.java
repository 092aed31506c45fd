package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ObjectQuery.Sort;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.Page;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Csv;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.ListPage;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Tab;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The list of any kind, from the inventory alone. */
@Controller
class ResourcesController {

    private static final String PROJECT = "/c/{cloud}/p/{project}";
    private static final String ADMIN = "/c/{cloud}/admin";
    private static final String PANEL = "{panel:" + Panels.OF_PROJECT + "}";
    private static final String MACHINERY = "{panel:" + Panels.OF_CLOUD + "}";
    private static final int LONGEST = 255;
    private static final int CSV_PAGES = 10;
    private static final int CHIPS = 6;

    private final Inventory inventory;
    private final Sheets sheets;

    ResourcesController(Inventory inventory, Sheets sheets) {
        this.inventory = inventory;
        this.sheets = sheets;
    }

    /** What was filtered by, as it was typed. */
    private record Filter(String name, String status, String of, String sort, String size) {

        boolean isEmpty() {
            return (name + status + of).isEmpty();
        }
    }

    @GetMapping({PROJECT + "/" + PANEL, ADMIN + "/" + MACHINERY})
    String list(
            Visit visit,
            @PathVariable String panel,
            @RequestParam Map<String, String> asked,
            @RequestParam(required = false) @Nullable Integer size,
            Model model) {
        model.addAttribute(
                "page", page(visit, panel(panel), visit.here(), asked, Pager.size(size)));
        return "frame/list";
    }

    /** What the page's poll asks: 304, or the rows as they are now. */
    @GetMapping({PROJECT + "/changes/" + PANEL, ADMIN + "/changes/" + MACHINERY})
    Object changes(
            Visit visit,
            @PathVariable String panel,
            @RequestParam Map<String, String> asked,
            @RequestParam(required = false) @Nullable Integer size,
            @RequestParam(defaultValue = "-1") long since) {
        var shown = panel(panel);
        if (!shown.isMachinery()
                && inventory.revision(visit.cloud(), visit.viewer().project()) == since) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        var list =
                new Address(ResourceLinks.list(visit, shown.kind()), visit.here().parameters())
                        .without("since");
        return new ModelAndView(
                "frame/_list_changes",
                Map.of("page", page(visit, shown, list, asked, Pager.size(size))));
    }

    @GetMapping({PROJECT + "/" + PANEL + ".csv", ADMIN + "/" + MACHINERY + ".csv"})
    ResponseEntity<String> csv(
            Visit visit, @PathVariable String panel, @RequestParam Map<String, String> asked) {
        var shown = panel(panel);
        var columns = sheets.visible(visit, shown.columns());
        var heads = new ArrayList<>(List.of("id", "name", "status", "created"));
        columns.stream()
                .map(Aspect::label)
                .filter(label -> !label.endsWith(".created"))
                .forEach(label -> heads.add(label.substring(label.lastIndexOf('.') + 1)));
        var csv = new Csv(heads.toArray(String[]::new));
        var query = query(filter(asked, shown), null, 1000);
        for (var i = 0; i < CSV_PAGES; i++) {
            var page = inventory.objects(visit.viewer(), shown.kind(), query);
            var names = sheets.names(visit, page.rows(), columns);
            page.rows().forEach(object -> csv.row(cells(visit.format(), object, columns, names)));
            if (page.next() == null) {
                break;
            }
            query = query.withCursor(page.next());
        }
        return csv.as(panel + "-" + visit.projectName() + ".csv");
    }

    private static List<String> cells(
            Format format, CloudObject object, List<Aspect> columns, Names names) {
        var cells = new ArrayList<String>();
        cells.add(object.id());
        cells.add(object.name());
        cells.add(object.status());
        cells.add(object.created() == null ? "" : object.created().toString());
        columns.stream()
                .filter(column -> !column.label().endsWith(".created"))
                .forEach(column -> cells.add(column.cell(object, format, names).text(format)));
        return cells;
    }

    private static Panel panel(String path) {
        return Panels.called(path).orElseThrow(PageFailure::notFound);
    }

    private ListPage page(
            Visit visit, Panel panel, Address here, Map<String, String> asked, int size) {
        var viewer = visit.viewer();
        var filter = filter(asked, panel);
        // Before the rows: what changes in between is told by the next poll.
        var revision = inventory.revision(visit.cloud(), viewer.project());
        var counts = inventory.counts(viewer, panel.kind());
        var found =
                inventory.objects(viewer, panel.kind(), query(filter, asked.get("cursor"), size));
        var rows = sheets.rows(visit, panel, found.rows());
        var moving =
                found.rows().stream().anyMatch(row -> ObjectStatuses.of(row).tone().isMoving());
        var awaited = asked.getOrDefault("just", "");
        var coming =
                !awaited.isEmpty()
                        && found.rows().stream().noneMatch(row -> row.id().equals(awaited));
        var isFirst = coming && counts.stream().allMatch(count -> count.count() == 0);
        var self = ResourceLinks.list(visit, panel.kind());
        return new ListPage(
                Words.of(
                        "resources.title",
                        panel.say("heading"),
                        panel.isMachinery() ? visit.cloudLabel() : visit.projectName()),
                panel.say("heading"),
                panel.say("heading"),
                isFirst ? Words.of("frame.coming") : lead(panel, counts),
                views(visit, panel),
                create(visit, panel),
                shown(filter),
                chips(panel, here, counts, filter, of(visit, filter)),
                sheets.columns(panel, here, filter.sort(), visit),
                rows,
                isFirst
                        ? ListPage.Empty.coming(panel.icon())
                        : filter.isEmpty()
                                ? new ListPage.Empty(
                                        panel.icon(), panel.say("empty"), panel.say("empty.text"))
                                : new ListPage.Empty(
                                        "search",
                                        Words.of("resources.filtered"),
                                        Words.of("resources.filtered.text")),
                Pager.of(here, found.previous(), found.next(), size, total(found, counts, filter)),
                self,
                new Address(self + ".csv", here.parameters())
                        .without("cursor")
                        .without("size")
                        .toString(),
                sheets.stale(visit, panel.kind()),
                new Address(
                                panel.isMachinery()
                                        ? visit.adminPath("changes", panel.path())
                                        : visit.path("changes", panel.path()),
                                here.parameters())
                        .with("since", revision)
                        .toString(),
                moving || coming ? "4s" : "20s");
    }

    private static ListPage.@Nullable Create create(Visit visit, Panel panel) {
        return ObjectDeeds.making(panel.kind())
                .map(deed ->
                        new ListPage.Create(
                                deed.say("label"),
                                visit.path("new", panel.path()),
                                visit.mayChange() ? null : Words.of("resources.cannot.reader")))
                .orElse(null);
    }

    private static ObjectQuery query(Filter filter, @Nullable String cursor, int size) {
        var sort = filter.sort().replaceFirst("^-", "");
        return new ObjectQuery(
                set(filter.name()),
                set(filter.status()),
                target(filter.of()).orElse(null),
                sort.equals("status")
                        ? Sort.STATUS
                        : sort.equals("created") ? Sort.CREATED : Sort.NAME,
                filter.sort().startsWith("-"),
                size,
                cursor,
                false);
    }

    /** What "of=networks/ID" means. */
    private static Optional<ObjectRef> target(String of) {
        var cut = of.indexOf('/');
        if (cut < 1) {
            return Optional.empty();
        }
        var path = of.substring(0, cut);
        var id = of.substring(cut + 1);
        return path.equals("instances")
                ? Optional.of(new ObjectRef(Kind.SERVER, id))
                : Panels.called(path).map(panel -> new ObjectRef(panel.kind(), id));
    }

    private static Filter filter(Map<String, String> asked, Panel panel) {
        var sort = asked.getOrDefault("sort", "");
        var known = sort.replaceFirst("^-", "");
        return new Filter(
                typed(asked, "name"),
                typed(asked, "status").toUpperCase(Locale.ROOT),
                typed(asked, "of"),
                known.equals("name") || panel.sorts().contains(known) ? sort : "name",
                asked.getOrDefault("size", ""));
    }

    private static String typed(Map<String, String> asked, String name) {
        var text = asked.getOrDefault(name, "").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static ListPage.Filter shown(Filter filter) {
        var kept = new LinkedHashMap<String, String>();
        keep(kept, "status", filter.status());
        keep(kept, "of", filter.of());
        keep(kept, "sort", filter.sort().equals("name") ? "" : filter.sort());
        keep(kept, "size", filter.size());
        return new ListPage.Filter(
                filter.name(), Words.of("resources.filter"), kept, List.of(), filter.isEmpty());
    }

    private static void keep(Map<String, String> kept, String name, String value) {
        if (!value.isEmpty()) {
            kept.put(name, value);
        }
    }

    private static Words lead(Panel panel, List<StatusCount> counts) {
        var total = counts.stream().mapToLong(StatusCount::count).sum();
        if (total == 0) {
            return panel.say("none");
        }
        var bad =
                counts.stream()
                        .filter(each ->
                                ObjectStatuses.tone(panel.kind(), each.status()) == Tone.BAD)
                        .mapToLong(StatusCount::count)
                        .sum();
        var many = total == 1 ? panel.say("one") : panel.say("many", total);
        if (bad == 0) {
            return Words.of("resources.lead", many);
        }
        return bad == 1
                ? Words.of("resources.lead.bad.one", many)
                : Words.of("resources.lead.bad", many, bad);
    }

    /** The name of what the list is narrowed to. */
    private @Nullable Words of(Visit visit, Filter filter) {
        return target(filter.of())
                .map(ref ->
                        Words.of(
                                "resources.of",
                                Names.of(inventory, visit, List.of(ref)).bit(ref).text()))
                .orElse(null);
    }

    private static List<Tab> chips(
            Panel panel,
            Address here,
            List<StatusCount> counts,
            Filter filter,
            @Nullable Words of) {
        var first = here.without("cursor").without("just");
        var chips = new ArrayList<Tab>();
        if (of != null) {
            chips.add(new Tab(of, first.without("of").toString(), null, true));
        }
        if (!panel.hasStatus()) {
            return chips;
        }
        var total = counts.stream().mapToLong(StatusCount::count).sum();
        chips.add(
                new Tab(
                        Words.of("resources.all"),
                        first.without("status").toString(),
                        of == null ? String.valueOf(total) : null,
                        filter.status().isEmpty()));
        counts.stream()
                .sorted(
                        Comparator.comparing(each ->
                                ObjectStatuses.tone(panel.kind(), each.status()) != Tone.BAD))
                .limit(CHIPS)
                .forEach(each ->
                        chips.add(
                                new Tab(
                                        ObjectStatuses.word(each.status()),
                                        first.with("status", each.status()).toString(),
                                        of == null ? String.valueOf(each.count()) : null,
                                        filter.status().equals(each.status()))));
        return chips;
    }

    /** The services of the cloud are one entry of the navigation. */
    private static List<Tab> views(Visit visit, Panel panel) {
        var services = List.of(Kind.COMPUTE_SERVICE, Kind.NETWORK_AGENT, Kind.VOLUME_SERVICE);
        if (!services.contains(panel.kind())) {
            return List.of();
        }
        return services.stream()
                .map(kind ->
                        new Tab(
                                Panels.of(kind).say("heading"),
                                ResourceLinks.list(visit, kind),
                                null,
                                kind == panel.kind()))
                .toList();
    }

    private static Words total(Page<CloudObject> found, List<StatusCount> counts, Filter filter) {
        var shown = found.rows().size();
        return filter.isEmpty()
                ? Words.of(
                        "resources.shown.of",
                        shown,
                        counts.stream().mapToLong(StatusCount::count).sum())
                : Words.of("resources.shown", shown);
    }

    private static @Nullable String set(String text) {
        return text.isEmpty() ? null : text;
    }
}
