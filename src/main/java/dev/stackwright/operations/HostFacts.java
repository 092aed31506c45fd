package dev.stackwright.operations;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.Survey;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.clearing.Ailment;
import dev.stackwright.operations.clearing.Amounts;
import dev.stackwright.operations.clearing.Capacity;
import dev.stackwright.operations.clearing.Guest;
import dev.stackwright.operations.clearing.Place;
import dev.stackwright.operations.clearing.Scene;
import dev.stackwright.operations.doctor.Aggregate;
import dev.stackwright.operations.doctor.Group;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.store.HostFactStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is known of the hosts of a cloud; for administrators, from the database alone. */
@Component
public class HostFacts {

    private static final JsonMapper JSON = new JsonMapper();

    private final Inventory inventory;
    private final Survey survey;
    private final HostFactStore store;
    private final Verdicts verdicts;

    HostFacts(Inventory inventory, Survey survey, HostFactStore store, Verdicts verdicts) {
        this.inventory = inventory;
        this.survey = survey;
        this.store = store;
        this.verdicts = verdicts;
    }

    /** All hosts by name; to anyone who is not an administrator there are none. */
    public List<HostView> all(Viewer viewer) {
        return views(viewer, everyOne(viewer, Kind.HYPERVISOR));
    }

    public Optional<HostView> find(Viewer viewer, String id) {
        return views(viewer, inventory.findAll(viewer, Kind.HYPERVISOR, List.of(id))).stream()
                .findFirst();
    }

    /** By the name that Nova knows the machine by. */
    public Optional<HostView> named(Viewer viewer, String host) {
        return all(viewer).stream().filter(view -> view.name().equals(host)).findFirst();
    }

    private List<HostView> views(Viewer viewer, List<CloudObject> hypervisors) {
        if (hypervisors.isEmpty()) {
            return List.of();
        }
        var computes = new HashMap<String, CloudObject>();
        everyOne(viewer, Kind.COMPUTE_SERVICE).stream()
                .filter(service -> service.text("binary").equals("nova-compute"))
                .forEach(service -> computes.put(service.text("host"), service));
        var agents = new HashMap<String, List<CloudObject>>();
        everyOne(viewer, Kind.NETWORK_AGENT)
                .forEach(agent ->
                        agents.computeIfAbsent(agent.text("host"), _ -> new ArrayList<>())
                                .add(agent));
        var carries = survey.carries(viewer);
        var trouble = new HashMap<String, List<KnownVerdict>>();
        for (var known : verdicts.current(viewer)) {
            var subject = known.verdict().subject();
            if (subject.host() != null
                    && subject.kind() != Subject.Kind.SERVER
                    && subject.kind() != Subject.Kind.VOLUME) {
                trouble.computeIfAbsent(subject.host(), _ -> new ArrayList<>()).add(known);
            }
        }
        var facts = facts(viewer);
        return hypervisors.stream()
                .map(hypervisor -> {
                    var name = host(hypervisor);
                    var compute = computes.get(name);
                    var state = state(hypervisor, compute);
                    return new HostView(
                            hypervisor.id(),
                            name,
                            compute == null ? "" : compute.text("zone"),
                            state,
                            state == HostView.State.SILENT ? heard(compute) : null,
                            reason(compute),
                            hypervisor,
                            compute,
                            agents.getOrDefault(name, List.of()),
                            carries.getOrDefault(name, Survey.Carries.NOTHING),
                            place(hypervisor, compute, state, facts),
                            trouble.getOrDefault(name, List.of()));
                })
                .toList();
    }

    /** The machine; Nova may call the hypervisor on it otherwise. */
    private static String host(CloudObject hypervisor) {
        return hypervisor.facts().path("service").path("host").asString(hypervisor.name());
    }

    private static HostView.State state(CloudObject hypervisor, @Nullable CloudObject compute) {
        if (compute != null && compute.facts().path("forced_down").asBoolean(false)) {
            return HostView.State.FORCED_DOWN;
        }
        var said = compute == null ? hypervisor.text("state") : compute.text("state");
        if (said.equals("down")) {
            return HostView.State.SILENT;
        }
        return hypervisor.text("status").equals("disabled")
                        || compute != null && compute.text("status").equals("disabled")
                ? HostView.State.CLOSED
                : HostView.State.WORKS;
    }

    private static @Nullable String reason(@Nullable CloudObject compute) {
        var reason = compute == null ? "" : compute.text("disabled_reason");
        return reason.isEmpty() || reason.equals("null") ? null : reason;
    }

    private static @Nullable Instant heard(@Nullable CloudObject compute) {
        return compute == null ? null : time(compute.text("updated_at"));
    }

    private static @Nullable Instant time(String text) {
        var iso = text.strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
        try {
            return iso.endsWith("Z")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** What placement and Nova said: by host, and by flavor. */
    private record Said(Map<String, JsonNode> hosts, Map<String, Map<String, String>> flavors) {}

    private Said facts(Viewer viewer) {
        var hosts = new HashMap<String, JsonNode>();
        var flavors = new HashMap<String, Map<String, String>>();
        if (viewer.admin()) {
            for (var fact : store.all(viewer.cloud())) {
                var body = JSON.readTree(fact.body());
                if (fact.kind().equals("host")) {
                    hosts.put(fact.id(), body);
                } else {
                    flavors.put(fact.id(), texts(body));
                }
            }
        }
        return new Said(hosts, flavors);
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new HashMap<String, String>();
        node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asString("")));
        return texts;
    }

    private static @Nullable Place place(
            CloudObject hypervisor,
            @Nullable CloudObject compute,
            HostView.State state,
            Said facts) {
        var said = facts.hosts().get(hypervisor.id());
        if (said == null) {
            return null;
        }
        var capacity = new HashMap<String, Long>();
        var used = new HashMap<String, Long>();
        for (var each : said.path("resources").properties()) {
            capacity.put(each.getKey(), each.getValue().path("capacity").asLong(0));
            used.put(each.getKey(), each.getValue().path("used").asLong(0));
        }
        Set<String> traits = new HashSet<>();
        said.path("traits").forEach(trait -> traits.add(trait.asString("")));
        var aggregates = new ArrayList<Aggregate>();
        var named = facts.hosts().get("name:" + host(hypervisor));
        if (named != null) {
            named.path("aggregates")
                    .forEach(each ->
                            aggregates.add(
                                    new Aggregate(
                                            each.path("name").asString(""),
                                            Set.of(host(hypervisor)),
                                            texts(each.path("metadata")))));
        }
        return new Place(
                host(hypervisor),
                compute == null ? "" : compute.text("zone"),
                state == HostView.State.WORKS,
                new Amounts(capacity),
                new Amounts(used),
                traits,
                aggregates);
    }

    /** When capacity was last read; empty when it never was. */
    public Optional<Instant> read(Viewer viewer) {
        return store.read(viewer.cloud());
    }

    /**
     * Everything that a plan for one host is made from.
     *
     * @param host the one that is looked at most closely
     */
    public Scene scene(Viewer viewer, String host) {
        var said = facts(viewer);
        var groups = everyOne(viewer, Kind.SERVER_GROUP).stream().map(HostFacts::group).toList();
        var guests = new ArrayList<Guest>();
        for (var row : survey.placed(viewer)) {
            guests.add(guest(viewer, row, said, host.equals(row.host())));
        }
        return new Scene(places(viewer), guests, groups);
    }

    /** The hosts of which it is known what they have to give. */
    List<Place> places(Viewer viewer) {
        return all(viewer).stream()
                .map(HostView::place)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static Group group(CloudObject object) {
        var members = new HashSet<String>();
        object.facts().path("members").forEach(member -> members.add(member.asString("")));
        var policies = object.facts().path("policies");
        var policy =
                policies.isArray() && !policies.isEmpty()
                        ? policies.get(0).asString("")
                        : object.text("policy");
        return new Group(object.id(), object.label(), policy, members, Map.of());
    }

    /** What instances of these flavors would take, with their disks on the hosts. */
    List<Capacity.Size> sizes(Viewer viewer, List<Flavor> flavors) {
        var said = facts(viewer);
        return flavors.stream()
                .map(flavor -> {
                    var wants = said.flavors().getOrDefault(flavor.name(), Map.of());
                    return new Capacity.Size(
                            flavor.name(),
                            needs(flavor.vcpus(), flavor.memoryMb(), flavor.diskGb(), wants),
                            wants);
                })
                .toList();
    }

    private static Amounts needs(
            long vcpus, long memoryMb, long diskGb, Map<String, String> wants) {
        var needs = new HashMap<String, Long>();
        needs.put(
                wants.getOrDefault("hw:cpu_policy", "").equals("dedicated")
                        ? Amounts.PCPU
                        : Amounts.VCPU,
                vcpus);
        needs.put(Amounts.MEMORY, memoryMb);
        needs.put(Amounts.DISK, diskGb);
        wants.forEach((key, value) -> {
            if (key.startsWith("resources:") && value.matches("\\d{1,15}")) {
                needs.put(key.substring("resources:".length()), Long.parseLong(value));
            }
        });
        return new Amounts(needs);
    }

    private Guest guest(Viewer viewer, ServerRow row, Said said, boolean closely) {
        var wants = said.flavors().getOrDefault(row.flavor(), Map.of());
        // What has no image starts from a volume, and its flavor's disk is not made.
        var local = row.image() == null ? 0 : row.diskGb();
        var vnics = new HashSet<String>();
        var priority = 0;
        if (closely) {
            var detail = inventory.server(inside(viewer, row.project().value()), row.id());
            if (detail.isPresent()) {
                detail.get().ports().forEach(port -> vnics.add(port.text("binding:vnic_type")));
                priority =
                        number(detail.get().facts().path("metadata").path("evacuation_priority"));
            }
        }
        return new Guest(
                row.id(),
                row.name(),
                row.project().value(),
                String.valueOf(row.host()),
                row.status(),
                row.task(),
                row.statusSince(),
                row.flavor(),
                needs(row.vcpus(), row.memoryMb(), local, wants),
                wants,
                local,
                vnics,
                null,
                priority);
    }

    /** The same eyes, looking from within another project. */
    static Viewer inside(Viewer viewer, String project) {
        return new Viewer(
                viewer.cloud(),
                new ProjectId(project),
                viewer.user(),
                viewer.roles(),
                viewer.admin());
    }

    /** What is wrong with a host that seems to be dead. */
    public Ailment ailment(Viewer viewer, HostView host) {
        return Ailment.of(
                host.name(),
                host.state() == HostView.State.SILENT,
                host.state() == HostView.State.FORCED_DOWN,
                host.agents().stream()
                        .map(agent -> agent.facts().path("alive").asBoolean(true))
                        .toList(),
                verdicts.current(viewer).stream().map(KnownVerdict::verdict).toList());
    }

    private static int number(JsonNode node) {
        var text = node.asString("");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    /** Page after page. */
    private List<CloudObject> everyOne(Viewer viewer, Kind kind) {
        var query =
                new ObjectQuery(null, null, null, ObjectQuery.Sort.NAME, false, 1000, null, true);
        var all = new ArrayList<CloudObject>();
        if (!viewer.admin()) {
            return all;
        }
        var page = inventory.objects(viewer, kind, query);
        all.addAll(page.rows());
        while (page.next() != null) {
            page = inventory.objects(viewer, kind, query.withCursor(page.next()));
            all.addAll(page.rows());
        }
        return all;
    }
}
