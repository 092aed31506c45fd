package dev.stackwright.web.hosts;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.Clearances;
import dev.stackwright.operations.HostFacts;
import dev.stackwright.operations.HostView;
import dev.stackwright.operations.HostView.State;
import dev.stackwright.operations.OperationsSettings;
import dev.stackwright.web.doctor.VerdictWords;
import dev.stackwright.web.frame.Address;
import dev.stackwright.web.frame.Banner;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Pager;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.instances.ServerStatuses;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Hosts, those in trouble first; for administrators, from the database alone. */
@Controller
@RequestMapping("/c/{cloud}/admin")
class HostsController {

    private static final int GUESTS = 100;
    private static final int LONGEST = 255;
    private static final int ALARMS = 2;

    private final HostFacts hosts;
    private final Inventory inventory;
    private final Clearances clearances;
    private final ClearanceAccess access;

    HostsController(
            HostFacts hosts,
            Inventory inventory,
            Clearances clearances,
            OperationsSettings settings) {
        this.hosts = hosts;
        this.inventory = inventory;
        this.clearances = clearances;
        this.access = new ClearanceAccess(hosts, settings);
    }

    @GetMapping("/hosts")
    String list(
            Visit visit,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(required = false) @Nullable Integer size,
            Model model) {
        model.addAttribute("page", page(visit, visit.here(), name, cursor, Pager.size(size)));
        return "hosts/list";
    }

    /** What the page's poll asks: the rows as they are now. */
    @GetMapping("/changes/hosts")
    ModelAndView changes(
            Visit visit,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(required = false) @Nullable Integer size) {
        var here = new Address(visit.adminPath("hosts"), visit.here().parameters());
        return new ModelAndView(
                "hosts/_list_changes",
                Map.of("page", page(visit, here, name, cursor, Pager.size(size))));
    }

    private HostsPage page(Visit visit, Address here, String name, String cursor, int size) {
        var all = hosts.all(visit.viewer());
        var part = name.strip().toLowerCase(Locale.ROOT);
        var found =
                all.stream()
                        .filter(host -> host.name().toLowerCase(Locale.ROOT).contains(part))
                        .sorted(
                                Comparator.comparingInt(HostsController::rank)
                                        .thenComparing(HostView::name))
                        .toList();
        var from = Math.min(from(cursor), found.size());
        var to = Math.min(from + size, found.size());
        var trouble = all.stream().anyMatch(host -> rank(host) == 0);
        return new HostsPage(
                lead(all),
                all.stream()
                        .filter(host -> rank(host) == 0)
                        .limit(ALARMS)
                        .map(host -> alarm(visit, host))
                        .toList(),
                name.length() > LONGEST ? name.substring(0, LONGEST) : name,
                found.subList(from, to).stream().map(host -> row(visit, host)).toList(),
                Pager.of(
                        here,
                        from == 0 ? null : String.valueOf(Math.max(0, from - size)),
                        to == found.size() ? null : String.valueOf(to),
                        size,
                        Words.of("hosts.shown", to - from, found.size())),
                new HostsPage.Links(
                        visit.adminPath("hosts"),
                        visit.adminPath("hosts.csv"),
                        visit.adminPath("board"),
                        visit.adminPath("compute-services"),
                        visit.adminPath("capacity")),
                new Address(visit.adminPath("changes", "hosts"), here.parameters()).toString(),
                trouble ? "8s" : "20s");
    }

    private static int from(String cursor) {
        return cursor.matches("\\d{1,6}") ? Integer.parseInt(cursor) : 0;
    }

    private static int rank(HostView host) {
        return switch (host.state()) {
            case SILENT, FORCED_DOWN -> 0;
            case CLOSED -> 1;
            case WORKS -> host.trouble().isEmpty() ? 2 : 1;
        };
    }

    private static Words lead(List<HostView> all) {
        var works = all.stream().filter(host -> host.state() == State.WORKS).count();
        var closed = all.stream().filter(host -> host.state() == State.CLOSED).count();
        var down = all.size() - works - closed;
        var instances = all.stream().mapToLong(host -> host.carries().instances()).sum();
        if (all.isEmpty()) {
            return Words.of("hosts.lead.none");
        }
        var run = HostWords.count("instances", instances);
        if (down == 0 && closed == 0) {
            return Words.of(
                    all.size() == 1 ? "hosts.lead.well.one" : "hosts.lead.well", all.size(), run);
        }
        return Words.of("hosts.lead", works, all.size(), down, closed, run);
    }

    private static HostsPage.Alarm alarm(Visit visit, HostView host) {
        var since = host.since();
        var carries =
                Words.of(
                        "hosts.carries",
                        HostWords.count("instances", host.carries().instances()),
                        HostWords.count("projects", host.carries().projects()));
        return new HostsPage.Alarm(
                "bad",
                since == null
                        ? Words.of("hosts.alarm.forced", host.name(), carries)
                        : Words.of("hosts.alarm", host.name(), since, carries),
                visit.adminPath("hosts", host.id()));
    }

    private static HostsPage.Row row(Visit visit, HostView host) {
        return new HostsPage.Row(
                host.id(),
                visit.adminPath("hosts", host.id()),
                rank(host) == 0 ? "hot" : "",
                host.name(),
                host.zone(),
                HostWords.status(host),
                host.since(),
                HostWords.vcpus(host),
                HostWords.memory(host, visit.format()),
                host.carries().instances(),
                null,
                host.carries().projects());
    }

    @GetMapping("/hosts/{id}")
    String host(Visit visit, @PathVariable String id, Model model) {
        model.addAttribute("page", page(visit, found(visit, id)));
        return "hosts/host";
    }

    @GetMapping("/changes/hosts/{id}")
    Object hostChanges(Visit visit, @PathVariable String id) {
        var host = hosts.find(visit.viewer(), id);
        return host.isEmpty()
                ? ResponseEntity.status(HttpStatus.NO_CONTENT).build()
                : new ModelAndView("hosts/_host_changes", Map.of("page", page(visit, host.get())));
    }

    private HostView found(Visit visit, String id) {
        return hosts.find(visit.viewer(), id).orElseThrow(PageFailure::notFound);
    }

    private HostPage page(Visit visit, HostView host) {
        var format = visit.format();
        var clearance = clearances.current(visit.viewer(), host.id()).orElse(null);
        var guests =
                inventory.servers(
                        visit.viewer(),
                        new ServerQuery(
                                null,
                                null,
                                host.name(),
                                null,
                                null,
                                null,
                                ServerQuery.Sort.NAME,
                                false,
                                GUESTS,
                                null,
                                true));
        var names = projects(visit);
        return new HostPage(
                host.name(),
                HostWords.status(host),
                lead(host),
                host.trouble().stream()
                        .map(known -> VerdictWords.card(visit, known, null))
                        .toList(),
                banner(visit, clearance),
                deeds(visit, host, clearance),
                List.of(
                        HostWords.vcpus(host),
                        HostWords.memory(host, format),
                        HostWords.disk(host, format)),
                host.place() == null
                        ? Words.of("hosts.capacity.hypervisor")
                        : Words.of("hosts.capacity.placement"),
                facts(visit, host),
                services(host),
                guests.rows().stream().map(row -> guest(visit, row, names)).toList(),
                Math.max(0, host.carries().instances() - guests.rows().size()),
                new HostPage.Links(
                        visit.adminPath("hosts"),
                        Address.of(visit.path("audit")).with("q", host.name()).toString()),
                visit.adminPath("changes", "hosts", host.id()),
                host.state() == State.WORKS ? "20s" : "8s");
    }

    private List<Deed> deeds(Visit visit, HostView host, @Nullable Clearance clearance) {
        var self = visit.adminPath("hosts", host.id());
        if (clearance != null) {
            var run = visit.adminPath("clearances", clearance.id().toString());
            var see = deed("clearance", run, null);
            return clearance.isAtWork()
                    ? List.of(see)
                    : List.of(
                            see,
                            deed(
                                    "return",
                                    run + "/return",
                                    access.may(visit) ? null : access.missing()));
        }
        return switch (host.state()) {
            case WORKS, CLOSED ->
                    List.of(
                            deed(
                                    "drain",
                                    self + "/drain",
                                    access.unable(visit, host, Clearance.Kind.DRAIN)));
            case SILENT, FORCED_DOWN -> List.of(deed("recover", self + "/recovery", null));
        };
    }

    private static Deed deed(String name, String href, @Nullable Words unable) {
        return new Deed(name, Words.of("hosts.deed." + name), href, href, unable, false);
    }

    private static @Nullable Banner banner(Visit visit, @Nullable Clearance clearance) {
        if (clearance == null) {
            return null;
        }
        var emptied = clearance.emptied();
        var banner =
                switch (clearance.state()) {
                    case RUNNING ->
                            Banner.of(
                                    Tone.INFO, Words.of("hosts.banner.running", clearance.host()));
                    case EMPTY ->
                            Banner.of(
                                    Tone.OK,
                                    emptied == null
                                            ? Words.of("hosts.clearance.empty")
                                            : Words.of(
                                                    "hosts.banner.empty",
                                                    clearance.host(),
                                                    emptied));
                    case LEFT ->
                            Banner.of(Tone.WARN, Words.of("hosts.banner.left", clearance.host()));
                    case RETURNING, RETURNED ->
                            Banner.of(
                                    Tone.INFO,
                                    Words.of("hosts.banner.returning", clearance.host()));
                };
        return banner.leadingTo(
                Words.of("hosts.deed.clearance"),
                visit.adminPath("clearances", clearance.id().toString()));
    }

    private static Words lead(HostView host) {
        if (host.carries().instances() == 0) {
            return Words.of("hosts.host.empty");
        }
        return Words.of(
                "hosts.host.carries",
                HostWords.count("instances", host.carries().instances()),
                HostWords.count("projects", host.carries().projects()));
    }

    private static List<Fact> facts(Visit visit, HostView host) {
        var facts = new ArrayList<Fact>();
        var hypervisor = host.hypervisor();
        facts.add(Fact.of("hosts.zone", host.zone()));
        if (host.since() != null) {
            facts.add(Fact.of("hosts.since", Cell.of(host.since())));
        }
        var place = host.place();
        if (place != null && !place.aggregates().isEmpty()) {
            facts.add(
                    Fact.of(
                            "hosts.aggregates",
                            String.join(
                                    ", ",
                                    place.aggregates().stream()
                                            .map(each -> each.name())
                                            .toList())));
        }
        facts.add(Fact.mono("hosts.address", hypervisor.text("host_ip")));
        facts.add(Fact.of("hosts.type", hypervisor.text("hypervisor_type")));
        facts.add(Fact.of("hosts.seen", visit.format().second(hypervisor.seen())));
        facts.add(Fact.mono("hosts.id", host.id()));
        return facts;
    }

    private static List<HostPage.Service> services(HostView host) {
        var services = new ArrayList<HostPage.Service>();
        var compute = host.compute();
        services.add(
                new HostPage.Service(
                        "nova-compute",
                        HostWords.service(compute),
                        compute == null ? null : time(compute.text("updated_at"))));
        for (CloudObject agent : host.agents()) {
            services.add(
                    new HostPage.Service(
                            agent.text("agent_type").isEmpty()
                                    ? agent.label()
                                    : agent.text("agent_type"),
                            HostWords.service(agent),
                            time(agent.text("heartbeat_timestamp"))));
        }
        return services;
    }

    private static @Nullable Instant time(String text) {
        var iso = text.strip().replace(' ', 'T');
        try {
            return iso.endsWith("Z")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private Map<String, String> projects(Visit visit) {
        var names = new HashMap<String, String>();
        inventory
                .objects(visit.viewer(), Kind.PROJECT)
                .forEach(project -> names.put(project.id(), project.label()));
        return names;
    }

    private static HostPage.Guest guest(Visit visit, ServerRow row, Map<String, String> names) {
        var project = row.project();
        // Another project's page opens for those alone who have a role in it.
        var mine = visit.person().membership(project).isPresent();
        return new HostPage.Guest(
                row.name(),
                mine
                        ? "/c/"
                                + visit.cloud().value()
                                + "/p/"
                                + project.value()
                                + "/instances/"
                                + row.id()
                        : null,
                names.getOrDefault(project.value(), project.value()),
                ServerStatuses.of(row, visit.format().now()),
                row.flavor(),
                row.statusSince());
    }
}
