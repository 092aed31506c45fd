package dev.stackwright.operations.gather;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.Survey;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.doctor.Action;
import dev.stackwright.operations.doctor.Flavor;
import dev.stackwright.operations.doctor.Group;
import dev.stackwright.operations.doctor.Host;
import dev.stackwright.operations.doctor.Instance;
import dev.stackwright.operations.doctor.Port;
import dev.stackwright.operations.doctor.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the inventory has of the things that may be in trouble. */
final class Suspects {

    private static final int MOST = 300;
    private static final int SERVERS_TO_LEARN_FROM = 100;
    private static final Duration LEARNT = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int AT_A_TIME = 5;
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final List<String> VOLUME_TROUBLES =
            List.of(
                    "CREATING",
                    "ATTACHING",
                    "DETACHING",
                    "DELETING",
                    "EXTENDING",
                    "DOWNLOADING",
                    "RESERVED",
                    "ERROR",
                    "ERROR_DELETING",
                    "ERROR_EXTENDING");

    private final CloudName cloud;
    private final Inventory inventory;
    private final Survey survey;
    private final Demands demands;
    private final Viewer all;
    private final Map<String, Known> known = new HashMap<>();
    private Usuals usuals = Usuals.of(List.of());
    private Instant learnt = Instant.EPOCH;

    /** An instance that does not move, as it was read. */
    private record Known(long revision, Instant read, Instance instance) {}

    Suspects(CloudName cloud, Inventory inventory, Survey survey, Demands demands) {
        this.cloud = cloud;
        this.inventory = inventory;
        this.survey = survey;
        this.demands = demands;
        this.all = viewer(cloud, "");
    }

    /** Nobody in particular, looking from within a project at all of it. */
    static Viewer viewer(CloudName cloud, String project) {
        return new Viewer(
                cloud,
                new ProjectId(project.isEmpty() ? "-" : project),
                new UserId("doctor"),
                Set.of("admin"),
                true);
    }

    List<Instance> instances(Instant now) {
        if (Duration.between(learnt, now).compareTo(LEARNT) > 0) {
            var actions = survey.recentActions(all, SERVERS_TO_LEARN_FROM);
            usuals = Usuals.of(actions);
            // Until there is enough to learn from, a few more are looked at each time.
            if (usuals.of("BUILD", null) == null) {
                survey.unread(all, AT_A_TIME)
                        .forEach(id -> inventory.touch(cloud, Kind.SERVER, id));
                learnt = now.minus(LEARNT).plus(SOON);
            } else {
                learnt = now;
            }
        }
        var instances = new ArrayList<Instance>();
        var seen = new HashSet<String>();
        for (var row : survey.unsettled(all, MOST)) {
            seen.add(row.id());
            var before = known.get(row.id());
            if (before != null
                    && before.revision() == row.revision()
                    && Duration.between(before.read(), now).compareTo(REMEMBERED) < 0) {
                instances.add(before.instance());
                continue;
            }
            read(row, now)
                    .ifPresent(instance -> {
                        instances.add(instance);
                        if (rests(instance)) {
                            known.put(row.id(), new Known(row.revision(), now, instance));
                        }
                    });
        }
        known.keySet().retainAll(seen);
        withDownPorts(now, seen).forEach(instances::add);
        return instances;
    }

    private static boolean rests(Instance instance) {
        return instance.task() == null
                && (instance.status().equals("SHUTOFF") || instance.status().equals("ERROR"))
                && instance.actions() != null;
    }

    private java.util.Optional<Instance> read(ServerRow row, Instant now) {
        return inventory
                .server(viewer(cloud, row.project().value()), row.id())
                .map(detail -> instance(row, detail, now));
    }

    private Instance instance(ServerRow row, ServerDetail detail, Instant now) {
        var facts = detail.facts();
        var flavor = new Flavor(row.flavor(), row.vcpus(), row.memoryMb(), row.diskGb(), Map.of());
        var wanted =
                isWithoutHost(row)
                        ? demands.wants(detail.flavorId(), now)
                        : Map.<String, String>of();
        var room = isWithoutHost(row) ? demands.room(row, now) : null;
        return new Instance(
                row.id(),
                row.name(),
                row.project().value(),
                row.status(),
                row.task(),
                since(row, detail),
                row.fault(),
                row.host(),
                Answers.textOrNull(facts, "OS-EXT-AZ:availability_zone"),
                new Flavor(
                        flavor.name(), flavor.vcpus(), flavor.memoryMb(), flavor.diskGb(), wanted),
                image(row, detail),
                detail.ports().stream().map(port -> port(port, now)).toList(),
                room,
                detail.actions().isEmpty()
                        ? null
                        : detail.actions().stream().map(Suspects::action).toList(),
                usuals.of(row.status(), row.task()));
    }

    private static boolean isWithoutHost(ServerRow row) {
        var fault = row.fault();
        return row.status().equals("ERROR")
                && row.host() == null
                && fault != null
                && fault.toLowerCase(Locale.ROOT).contains("no valid host");
    }

    /** Since when it is as it is: a task begins later than the status that it is done in. */
    private static Instant since(ServerRow row, ServerDetail detail) {
        var facts = detail.facts();
        if (row.status().equals("BUILD")) {
            return row.created();
        }
        if (row.status().equals("ERROR")) {
            return Answers.time(Answers.text(facts.path("fault"), "created"), row.statusSince());
        }
        return row.task() == null
                ? row.statusSince()
                : Answers.time(Answers.text(facts, "updated"), row.statusSince());
    }

    private Instance.@Nullable Image image(ServerRow row, ServerDetail detail) {
        var id = detail.imageId();
        if (id == null || !row.status().equals("ERROR")) {
            return null;
        }
        return inventory
                .findAll(viewer(cloud, row.project().value()), Kind.IMAGE, List.of(id))
                .stream()
                .findFirst()
                .map(image ->
                        new Instance.Image(
                                image.id(),
                                image.label(),
                                image.status(),
                                image.facts().path("min_disk").asLong(0),
                                image.facts().path("size").asLong(0),
                                image.facts().path("virtual_size").asLong(0)))
                .orElse(null);
    }

    private static Port port(CloudObject port, Instant now) {
        return new Port(
                port.id(),
                port.status(),
                port.text("binding:vif_type"),
                port.text("binding:host_id"),
                port.facts().path("admin_state_up").asBoolean(true),
                Answers.time(port.text("updated_at"), now));
    }

    private static Action action(ServerAction action) {
        return new Action(
                action.action(),
                action.started(),
                action.userId(),
                action.message(),
                action.events().stream()
                        .map(event ->
                                new Action.Step(
                                        event.name(),
                                        event.started(),
                                        event.finished(),
                                        event.result()))
                        .toList());
    }

    /** Instances that run, with ports that do not. */
    private List<Instance> withDownPorts(Instant now, Set<String> seen) {
        var query =
                new ObjectQuery(null, "DOWN", null, ObjectQuery.Sort.NAME, false, MOST, null, true);
        var ofProject = new HashMap<String, Set<String>>();
        for (var port : inventory.objects(all, Kind.PORT, query).rows()) {
            var server = port.text("device_id");
            var project = port.project();
            if (port.text("device_owner").startsWith("compute:")
                    && project != null
                    && !server.isEmpty()
                    && !seen.contains(server)) {
                ofProject.computeIfAbsent(project.value(), _ -> new HashSet<>()).add(server);
            }
        }
        var instances = new ArrayList<Instance>();
        ofProject.forEach((project, ids) ->
                inventory.servers(viewer(cloud, project), List.copyOf(ids)).stream()
                        .filter(row -> row.status().equals("ACTIVE"))
                        .forEach(row -> read(row, now).ifPresent(instances::add)));
        return instances;
    }

    List<Volume> volumes() {
        var volumes = new ArrayList<Volume>();
        for (var status : VOLUME_TROUBLES) {
            inventory
                    .objects(
                            all,
                            Kind.VOLUME,
                            new ObjectQuery(
                                    null,
                                    status,
                                    null,
                                    ObjectQuery.Sort.STATUS,
                                    false,
                                    MOST,
                                    null,
                                    true))
                    .rows()
                    .forEach(volume -> volumes.add(volume(volume)));
        }
        return volumes;
    }

    private static Volume volume(CloudObject volume) {
        var project = volume.project();
        var created = Answers.time(volume.text("created_at"), volume.seen());
        return new Volume(
                volume.id(),
                volume.label(),
                project == null ? "" : project.value(),
                volume.status().toLowerCase(Locale.ROOT),
                Answers.time(volume.text("updated_at"), created),
                volume.facts().path("size").asLong(0),
                Answers.textOrNull(volume.facts(), "volume_type"),
                Answers.textOrNull(volume.facts(), "os-vol-host-attr:host"),
                null);
    }

    List<Host> hosts() {
        return inventory.hosts(all).stream()
                .map(host ->
                        new Host(
                                host.facts().path("service").path("host").asString(host.name()),
                                host.facts().path("vcpus").asLong(0),
                                host.facts().path("memory_mb").asLong(0),
                                host.facts().path("local_gb").asLong(0)))
                .filter(host -> host.vcpus() > 0)
                .toList();
    }

    /** Server groups of those instances alone: the others hold nobody up. */
    List<Group> groups(List<Instance> instances) {
        var failed = new HashMap<String, String>();
        instances.stream()
                .filter(instance -> instance.status().equals("ERROR"))
                .forEach(instance -> failed.put(instance.id(), instance.project()));
        var groups = new ArrayList<Group>();
        for (var project : Set.copyOf(failed.values())) {
            for (var group : inventory.objects(viewer(cloud, project), Kind.SERVER_GROUP)) {
                var members = new HashSet<String>();
                group.facts().path("members").forEach(each -> members.add(each.asString("")));
                if (members.stream().anyMatch(failed::containsKey)) {
                    var hosts = new HashMap<String, String>();
                    inventory.servers(viewer(cloud, project), List.copyOf(members)).stream()
                            .filter(row -> row.host() != null)
                            .forEach(row -> hosts.put(row.id(), String.valueOf(row.host())));
                    groups.add(new Group(group.id(), group.label(), policy(group), members, hosts));
                }
            }
        }
        return groups;
    }

    private static String policy(CloudObject group) {
        var one = group.text("policy");
        return one.isEmpty() ? group.facts().path("policies").path(0).asString("") : one;
    }
}
