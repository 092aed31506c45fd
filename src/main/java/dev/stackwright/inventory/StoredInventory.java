package dev.stackwright.inventory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stackwright.inventory.collect.InventorySettings;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStateStore.Touch;
import dev.stackwright.inventory.store.CollectorStore;
import dev.stackwright.inventory.store.ObjectStore;
import dev.stackwright.inventory.store.SearchStore;
import dev.stackwright.inventory.store.ServerStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The inventory as the database has it. */
@Component
class StoredInventory implements Inventory {

    private static final int PICKER = 1000;

    private final ServerStore servers;
    private final ObjectStore objects;
    private final SearchStore search;
    private final CollectorStore collected;
    private final CollectorStateStore states;
    private final InventorySettings settings;
    private final Clock clock;
    private final Cache<Place, Counted> counts = Caffeine.newBuilder().maximumSize(1000).build();

    /** What somebody sees of a kind; null where everybody in the project sees the same. */
    private record Place(
            CloudName cloud, ProjectId project, @Nullable Kind kind, @Nullable UserId user) {}

    /** What a revision is of. */
    private record Reach(CloudName cloud, ProjectId project) {}

    /** What was counted at a revision, or a little later. */
    private record Counted(long revision, List<StatusCount> counts) {}

    StoredInventory(
            ServerStore servers,
            ObjectStore objects,
            SearchStore search,
            CollectorStore collected,
            CollectorStateStore states,
            InventorySettings settings,
            Clock clock) {
        this.servers = servers;
        this.objects = objects;
        this.search = search;
        this.collected = collected;
        this.states = states;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Page<ServerRow> servers(Viewer viewer, ServerQuery query) {
        var page = servers.page(viewer, query);
        return new Page<>(withImageNames(viewer, page.rows()), page.previous(), page.next());
    }

    @Override
    public Optional<ServerDetail> server(Viewer viewer, String id) {
        return servers.find(viewer, id).map(whole -> detail(viewer, whole));
    }

    private ServerDetail detail(Viewer viewer, ServerStore.Whole whole) {
        var id = whole.row().id();
        var volumeIds = new ArrayList<String>();
        whole.facts()
                .path("os-extended-volumes:volumes_attached")
                .forEach(each -> volumeIds.add(each.path("id").asString("")));
        var ports = objects.attachedTo(viewer, Kind.PORT, id);
        var groupIds = new ArrayList<String>();
        ports.forEach(port ->
                port.facts()
                        .path("security_groups")
                        .forEach(each -> groupIds.add(each.asString(""))));
        if (whole.actions() == null) {
            // Nobody looked at this one yet: the page comes without its log and gets it soon.
            touch(viewer.cloud(), Kind.SERVER, id);
        }
        return new ServerDetail(
                withImageNames(viewer, List.of(whole.row())).getFirst(),
                whole.userId(),
                whole.keypair(),
                whole.imageId(),
                whole.flavorId(),
                whole.locked(),
                whole.facts(),
                whole.seen(),
                objects.findAll(viewer, Kind.VOLUME, volumeIds),
                ports,
                objects.findAll(viewer, Kind.SECURITY_GROUP, groupIds.stream().distinct().toList()),
                whole.actions() == null ? List.of() : whole.actions());
    }

    private List<ServerRow> withImageNames(Viewer viewer, List<ServerRow> rows) {
        var ids = rows.stream().map(ServerRow::image).filter(image -> image != null).distinct();
        var names = objects.names(viewer, Kind.IMAGE, ids.toList());
        return rows.stream()
                .map(row -> row.image() == null ? row : row.withImage(names.get(row.image())))
                .toList();
    }

    @Override
    public List<StatusCount> serverCounts(Viewer viewer) {
        // Every page asks for them, and counting ten thousand rows is the dearest thing it would
        // do.
        return counted(
                viewer,
                new Place(viewer.cloud(), viewer.project(), null, null),
                () -> servers.counts(viewer));
    }

    @Override
    public List<StatusCount> counts(Viewer viewer, Kind kind) {
        if (kind.isMachinery()) {
            // No revision tells when these move, and they are few.
            return objects.counts(viewer, kind);
        }
        return counted(
                viewer,
                new Place(
                        viewer.cloud(),
                        viewer.project(),
                        kind,
                        kind == Kind.KEYPAIR ? viewer.user() : null),
                () -> objects.counts(viewer, kind));
    }

    private List<StatusCount> counted(
            Viewer viewer, Place place, Supplier<List<StatusCount>> count) {
        var revision = revision(viewer.cloud(), viewer.project());
        var known = counts.getIfPresent(place);
        if (known != null && known.revision() == revision) {
            return known.counts();
        }
        var fresh = count.get();
        counts.put(place, new Counted(revision, fresh));
        return fresh;
    }

    @Override
    public List<ServerRow> servers(Viewer viewer, List<String> ids) {
        return withImageNames(viewer, servers.findAll(viewer, ids));
    }

    @Override
    public List<ServerRow> serversOf(Viewer viewer, ObjectRef target, int most) {
        return withImageNames(viewer, servers.naming(viewer, target, most));
    }

    @Override
    public List<Found> search(Viewer viewer, String text, int most) {
        var found = new ArrayList<Found>();
        for (var kind : Kind.values()) {
            var ids = search.ids(viewer, kind, text, most);
            if (!ids.isEmpty()) {
                found.addAll(found(viewer, kind, ids));
            }
        }
        return found;
    }

    /** Those of the ids that may be seen, what was asked for itself first. */
    private List<Found> found(Viewer viewer, Kind kind, Map<String, Boolean> ids) {
        var known = List.copyOf(ids.keySet());
        var found = new ArrayList<Found>();
        if (kind == Kind.SERVER) {
            servers.findAll(viewer, known)
                    .forEach(each ->
                            found.add(found(ids, kind, each.id(), each.name(), each.status())));
        } else {
            objects.findAll(viewer, kind, known)
                    .forEach(each ->
                            found.add(found(ids, kind, each.id(), each.name(), each.status())));
        }
        found.sort(Comparator.comparing(each -> !each.exact()));
        return found;
    }

    private static Found found(
            Map<String, Boolean> ids, Kind kind, String id, String name, String status) {
        return new Found(new ObjectRef(kind, id), name, status, Boolean.TRUE.equals(ids.get(id)));
    }

    @Override
    public ServerChanges serversSince(Viewer viewer, long revision) {
        // The revision first: what comes in between is told twice rather than never.
        var now = revision(viewer.cloud(), viewer.project());
        var changed = withImageNames(viewer, servers.changedSince(viewer, revision));
        return new ServerChanges(now, changed, servers.goneSince(viewer, revision));
    }

    @Override
    public Page<CloudObject> objects(Viewer viewer, Kind kind, ObjectQuery query) {
        return objects.page(viewer, kind, query);
    }

    @Override
    public List<CloudObject> objects(Viewer viewer, Kind kind) {
        return objects.page(viewer, kind, ObjectQuery.FIRST.withSize(PICKER)).rows();
    }

    @Override
    public Optional<CloudObject> find(Viewer viewer, Kind kind, String idOrName) {
        var byId = objects.find(viewer, kind, idOrName);
        if (byId.isPresent()) {
            return byId;
        }
        var byName = objects.named(viewer, kind, idOrName);
        return byName.size() == 1 ? Optional.of(byName.getFirst()) : Optional.empty();
    }

    @Override
    public List<CloudObject> findAll(Viewer viewer, Kind kind, List<String> ids) {
        return objects.findAll(viewer, kind, ids);
    }

    @Override
    public List<Flavor> flavors(Viewer viewer) {
        return objects(viewer, Kind.FLAVOR).stream()
                .map(each ->
                        new Flavor(
                                each.id(),
                                each.name(),
                                each.facts().path("vcpus").asInt(0),
                                each.facts().path("ram").asLong(0),
                                each.facts().path("disk").asLong(0),
                                each.facts().path("os-flavor-access:is_public").asBoolean(true)))
                .toList();
    }

    @Override
    public List<Image> images(Viewer viewer) {
        return objects(viewer, Kind.IMAGE).stream()
                .map(each ->
                        new Image(
                                each.id(),
                                each.name(),
                                each.project(),
                                each.status(),
                                each.text("visibility"),
                                each.facts().path("size").asLong(0),
                                each.facts().path("min_disk").asLong(0),
                                each.facts().path("min_ram").asLong(0)))
                .toList();
    }

    @Override
    public Optional<Tombstone> tombstone(Viewer viewer, Kind kind, String id) {
        return objects.tombstone(viewer, kind, id);
    }

    @Override
    public List<QuotaLine> quota(Viewer viewer) {
        return objects.quota(viewer);
    }

    @Override
    public Freshness freshness(CloudName cloud) {
        return Look.once(cloud, () -> fresh(cloud));
    }

    private Freshness fresh(CloudName cloud) {
        var known = states.states(cloud);
        var nothing = new CollectorStateStore.State(null, null, null, 0);
        return new Freshness(
                cloud,
                Arrays.stream(Kind.values())
                        .map(kind -> {
                            var state = known.getOrDefault(kind, nothing);
                            return new Freshness.OfKind(
                                    kind,
                                    state.swept(),
                                    state.notified(),
                                    settings.interval(kind),
                                    state.trouble(),
                                    state.count());
                        })
                        .toList());
    }

    @Override
    public long revision(CloudName cloud, ProjectId project) {
        return Look.once(
                new Reach(cloud, project), () -> collected.revision(cloud, project.value()));
    }

    @Override
    public void touch(CloudName cloud, Kind kind, String id) {
        var now = clock.instant();
        states.touch(
                cloud,
                List.of(
                        new Touch(kind.name(), id, now),
                        // What was asked for is often not yet to be seen in the same moment.
                        new Touch(kind.name(), id, now.plusSeconds(2))));
    }
}
