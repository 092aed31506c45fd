package dev.stackwright.web.instances;

import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.Page;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerQuery.Sort;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.operations.Verdicts;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.AtOnce;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Column;
import dev.stackwright.web.frame.Csv;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.ListPage;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Status;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The instances of a project, from the inventory alone. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}")
class InstancesController {

    private static final int LONGEST = 255;
    private static final int CSV_PAGES = 10;
    private static final int CHIPS = 6;

    private final Inventory inventory;
    private final Verdicts verdicts;

    /** What was filtered by, as it was typed. */
    private record Filter(
            String name,
            String status,
            String flavor,
            String image,
            String address,
            String host,
            String sort,
            String size) {

        boolean isEmpty() {
            return (name + status + flavor + image + address + host).isEmpty();
        }
    }

    InstancesController(Inventory inventory, Verdicts verdicts) {
        this.inventory = inventory;
        this.verdicts = verdicts;
    }

    @GetMapping("/instances")
    String list(
            Visit visit,
            @RequestParam Map<String, String> asked,
            @RequestParam(required = false) @Nullable Integer size,
            Model model) {
        model.addAttribute("page", page(visit, visit.here(), asked, Pager.size(size)));
        model.addAttribute("atOnce", atOnce(visit));
        return "frame/list";
    }

    /** What the page's poll asks: 304, or the rows as they are now. */
    @GetMapping("/instances/changes")
    Object changes(
            Visit visit,
            @RequestParam Map<String, String> asked,
            @RequestParam(required = false) @Nullable Integer size,
            @RequestParam(defaultValue = "-1") long since,
            @RequestParam(defaultValue = "") String verdict) {
        if (inventory.revision(visit.cloud(), visit.viewer().project()) == since
                && verdicts.mark(visit.viewer()).equals(verdict)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        var list =
                new Address(visit.path("instances"), visit.here().parameters())
                        .without("since")
                        .without("verdict");
        var changes =
                new ModelAndView(
                        "frame/_list_changes",
                        Map.of("page", page(visit, list, asked, Pager.size(size))));
        return changes.addObject("atOnce", atOnce(visit));
    }

    /** Nothing for those who only look. */
    private static @Nullable AtOnce atOnce(Visit visit) {
        if (!visit.mayChange()) {
            return null;
        }
        var href = visit.path("instances-at-once");
        return new AtOnce(
                href,
                BulkController.DEEDS.stream()
                        .map(deed ->
                                new Deed(
                                        deed.path(),
                                        deed.label(),
                                        href,
                                        null,
                                        null,
                                        deed.isDangerous()))
                        .toList());
    }

    @GetMapping("/instances.csv")
    ResponseEntity<String> csv(Visit visit, @RequestParam Map<String, String> asked) {
        var csv =
                new Csv(
                        "id",
                        "name",
                        "status",
                        "since",
                        "fault",
                        "flavor",
                        "vcpus",
                        "memory_mb",
                        "disk_gb",
                        "image",
                        "addresses",
                        "host",
                        "created");
        var query = query(visit, filter(asked), null, 1000);
        for (var i = 0; i < CSV_PAGES; i++) {
            var page = inventory.servers(visit.viewer(), query);
            page.rows().forEach(row -> csv.row(cells(visit, row)));
            if (page.next() == null) {
                break;
            }
            query = query.withCursor(page.next());
        }
        return csv.as("instances-" + visit.projectName() + ".csv");
    }

    private static List<String> cells(Visit visit, ServerRow row) {
        return List.of(
                row.id(),
                row.name(),
                row.status(),
                row.statusSince().toString(),
                text(row.fault()),
                row.flavor(),
                String.valueOf(row.vcpus()),
                String.valueOf(row.memoryMb()),
                String.valueOf(row.diskGb()),
                text(row.image()),
                String.join(" ", row.addresses()),
                visit.viewer().admin() ? text(row.host()) : "",
                row.created().toString());
    }

    private ListPage page(Visit visit, Address here, Map<String, String> asked, int size) {
        var filter = filter(asked);
        // Before the rows: what changes in between is told by the next poll.
        var revision = inventory.revision(visit.cloud(), visit.viewer().project());
        var mark = verdicts.mark(visit.viewer());
        var counts = inventory.serverCounts(visit.viewer());
        var found =
                inventory.servers(visit.viewer(), query(visit, filter, asked.get("cursor"), size));
        var now = visit.format().now();
        var known = verdicts.ofServers(visit.viewer(), found.rows());
        var statuses =
                found.rows().stream()
                        .map(row -> ServerStatuses.of(visit, row, known.get(row.id()), now))
                        .toList();
        var moving = statuses.stream().anyMatch(status -> status.tone().isMoving());
        var awaited = asked.getOrDefault("just", "");
        var coming =
                !awaited.isEmpty()
                        && found.rows().stream().noneMatch(row -> row.id().equals(awaited));
        var isFirst = coming && counts.stream().allMatch(count -> count.count() == 0);
        var csv =
                new Address(visit.path("instances.csv"), here.parameters())
                        .without("cursor")
                        .without("size");
        return new ListPage(
                Words.of("instances.title", visit.projectName()),
                Words.of("instances.heading"),
                Words.of("instances.caption", visit.projectName()),
                isFirst ? Words.of("frame.coming") : lead(counts),
                List.of(),
                new ListPage.Create(
                        Words.of("instances.new"),
                        visit.path("instances", "new"),
                        visit.mayChange() ? null : Words.of("instances.cannot.reader")),
                shown(visit, filter),
                chips(here, counts, filter.status()),
                columns(visit, here, filter.sort()),
                IntStream.range(0, statuses.size())
                        .mapToObj(i -> row(visit, found.rows().get(i), statuses.get(i)))
                        .toList(),
                isFirst
                        ? ListPage.Empty.coming("server")
                        : filter.isEmpty()
                                ? empty("server", "instances.empty")
                                : empty("search", "instances.empty.filter"),
                Pager.of(here, found.previous(), found.next(), size, total(found, counts, filter)),
                visit.path("instances"),
                csv.toString(),
                stale(visit),
                new Address(visit.path("instances", "changes"), here.parameters())
                        .with("since", revision)
                        .with("verdict", mark)
                        .toString(),
                moving || coming ? "4s" : "20s");
    }

    private static ListPage.Empty empty(String icon, String key) {
        return new ListPage.Empty(icon, Words.of(key + ".title"), Words.of(key + ".text"));
    }

    private static ListPage.Filter shown(Visit visit, Filter filter) {
        var kept = new LinkedHashMap<String, String>();
        Map.of("status", filter.status(), "sort", filter.sort(), "size", filter.size())
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        kept.put(name, value);
                    }
                });
        var more = new ArrayList<ListPage.Filter.More>();
        more.add(more("flavor", filter.flavor()));
        more.add(more("image", filter.image()));
        more.add(more("address", filter.address()));
        if (visit.viewer().admin()) {
            more.add(more("host", filter.host()));
        }
        return new ListPage.Filter(
                filter.name(), Words.of("instances.filter"), kept, more, filter.isEmpty());
    }

    private static ListPage.Filter.More more(String name, String value) {
        return new ListPage.Filter.More(name, Words.of("instances." + name), value);
    }

    private static ListPage.Row row(Visit visit, ServerRow row, Status status) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(status));
        cells.add(Cell.of(row.flavor()).in("lo"));
        cells.add(Cell.of(row.image()).in("lo"));
        cells.add(Cell.of(row.addresses().stream().map(Cell.Bit::mono).toList()).in("mid"));
        if (visit.viewer().admin()) {
            cells.add(Cell.of(row.host()).in("lo"));
        }
        cells.add(Cell.of(row.created()).in("mid"));
        return new ListPage.Row(
                row.id(),
                "server",
                row.name().isBlank() ? row.id() : row.name(),
                visit.path("instances", row.id()),
                status.tone() == Tone.BAD ? "hot" : status.tone() == Tone.WARN ? "warm" : null,
                cells);
    }

    private ServerQuery query(Visit visit, Filter filter, @Nullable String cursor, int size) {
        var sort = filter.sort().replaceFirst("^-", "");
        return new ServerQuery(
                set(filter.name()),
                set(filter.status()),
                set(filter.host()),
                set(filter.flavor()),
                image(visit, filter.image()),
                set(filter.address()),
                sort.equals("name")
                        ? Sort.NAME
                        : sort.equals("status") ? Sort.STATUS : Sort.CREATED,
                filter.sort().startsWith("-"),
                size,
                cursor,
                false);
    }

    /** People know an image by its name, a server knows it by its id. */
    private @Nullable String image(Visit visit, String image) {
        return image.isEmpty()
                ? null
                : inventory
                        .find(visit.viewer(), Kind.IMAGE, image)
                        .map(each -> each.id())
                        .orElse(image);
    }

    private static Filter filter(Map<String, String> asked) {
        var sort = asked.getOrDefault("sort", "");
        return new Filter(
                typed(asked, "name"),
                typed(asked, "status").toUpperCase(Locale.ROOT),
                typed(asked, "flavor"),
                typed(asked, "image"),
                typed(asked, "address"),
                typed(asked, "host"),
                sort.matches("-?(name|status|created)") ? sort : "-created",
                asked.getOrDefault("size", ""));
    }

    private static String typed(Map<String, String> asked, String name) {
        var text = asked.getOrDefault(name, "").strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static Words lead(List<StatusCount> counts) {
        var total = counts.stream().mapToLong(StatusCount::count).sum();
        var active = count(counts, "ACTIVE");
        var error = count(counts, "ERROR");
        var moving = count(counts, "BUILD");
        if (total == 0) {
            return Words.of("instances.lead.none");
        }
        if (error > 0) {
            return Words.of(
                    error == 1 ? "instances.lead.error.one" : "instances.lead.error",
                    error,
                    active,
                    total);
        }
        if (moving > 0) {
            return Words.of("instances.lead.build", moving, active, total);
        }
        return active == total
                ? Words.of(total == 1 ? "instances.lead.one" : "instances.lead.all", total)
                : Words.of("instances.lead.some", active, total);
    }

    private static long count(List<StatusCount> counts, String status) {
        return counts.stream()
                .filter(each -> each.status().equals(status))
                .mapToLong(StatusCount::count)
                .sum();
    }

    private static List<Tab> chips(Address here, List<StatusCount> counts, String chosen) {
        var first = here.without("cursor").without("just");
        var chips = new ArrayList<Tab>();
        var total = counts.stream().mapToLong(StatusCount::count).sum();
        chips.add(
                new Tab(
                        Words.of("instances.all"),
                        first.without("status").toString(),
                        String.valueOf(total),
                        chosen.isEmpty()));
        counts.stream()
                .sorted(Comparator.comparingInt(each -> each.status().equals("ERROR") ? 0 : 1))
                .limit(CHIPS)
                .forEach(each ->
                        chips.add(
                                new Tab(
                                        ServerStatuses.word(each.status()),
                                        first.with("status", each.status()).toString(),
                                        String.valueOf(each.count()),
                                        chosen.equals(each.status()))));
        return chips;
    }

    private static List<Column> columns(Visit visit, Address here, String sort) {
        var columns = new ArrayList<Column>();
        columns.add(Column.sortable("instances.name", "", here, "name", sort));
        columns.add(Column.sortable("instances.status", "", here, "status", sort));
        columns.add(Column.of("instances.flavor", "lo"));
        columns.add(Column.of("instances.image", "lo"));
        columns.add(Column.of("instances.address", "mid"));
        if (visit.viewer().admin()) {
            columns.add(Column.of("instances.host", "lo"));
        }
        columns.add(Column.sortable("instances.created", "mid", here, "created", sort));
        return columns;
    }

    private static Words total(Page<ServerRow> found, List<StatusCount> counts, Filter filter) {
        var shown = found.rows().size();
        return filter.isEmpty()
                ? Words.of(
                        "instances.shown.of",
                        shown,
                        counts.stream().mapToLong(StatusCount::count).sum())
                : Words.of("instances.shown", shown);
    }

    private @Nullable Words stale(Visit visit) {
        var freshness = inventory.freshness(visit.cloud()).of(Kind.SERVER).orElseThrow();
        var swept = freshness.swept();
        if (swept == null) {
            return Words.of("instances.never");
        }
        if (!freshness.isStale(visit.format().now())) {
            return null;
        }
        return freshness.trouble() != null && visit.viewer().admin()
                ? Words.of("instances.stale.said", visit.format().at(swept), freshness.trouble())
                : Words.of("instances.stale", visit.format().at(swept));
    }

    private static @Nullable String set(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
