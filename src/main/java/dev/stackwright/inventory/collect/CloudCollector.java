package dev.stackwright.inventory.collect;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.OpenStack;
import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.InventoryChanged;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.collect.Touches.Touched;
import dev.stackwright.inventory.store.Access;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStore;
import dev.stackwright.inventory.store.CollectorStore.Known;
import dev.stackwright.inventory.store.ObjectRecord;
import dev.stackwright.inventory.store.ServerRecord;
import dev.stackwright.kernel.CloudName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the inventory of one cloud. A sweep reads everything of a kind, stores what is different
 * and removes what is gone; a refresh looks at single objects that somebody spoke of. Sweeps and
 * refreshes run beside each other on two threads and take turns at writing.
 *
 * <p>Only differences are written. A row that a refresh stored while a sweep was on its way is
 * newer than the sweep's page and is left alone. What a sweep does not find is asked for once more
 * by its id before it counts as deleted: lists shift while they are paged through.
 */
final class CloudCollector {

    private static final Logger LOG = LoggerFactory.getLogger(CloudCollector.class);
    private static final JsonMapper JSON = new JsonMapper();

    static final String QUOTA = "QUOTA";

    /** Neutron lists everything of a kind in one answer. */
    private static final int STORED_AT_ONCE = 1_000;

    private static final int MOST_SINGLE = 100;
    private static final int MOST_MISSING = 500;
    private static final int QUOTAS_AT_ONCE = 3;
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration MEMBERS_KEPT = Duration.ofHours(1);
    private static final Duration QUOTA_PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_FOLLOW_UP = Duration.ofSeconds(2);
    private static final Duration LONGEST_FOLLOW_UP = Duration.ofMinutes(1);
    private static final Set<String> SERVER_MOVES =
            Set.of(
                    "BUILD",
                    "REBUILD",
                    "RESIZE",
                    "REBOOT",
                    "HARD_REBOOT",
                    "MIGRATING",
                    "PASSWORD",
                    "REVERT_RESIZE");
    private static final Set<Kind> COUNTED =
            Set.of(
                    Kind.SERVER,
                    Kind.VOLUME,
                    Kind.VOLUME_SNAPSHOT,
                    Kind.NETWORK,
                    Kind.SUBNET,
                    Kind.PORT,
                    Kind.ROUTER,
                    Kind.FLOATING_IP,
                    Kind.SECURITY_GROUP,
                    Kind.SERVER_GROUP);

    private final Cloud cloud;
    private final CollectorStore store;
    private final CollectorStateStore states;
    private final InventorySettings settings;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final MeterRegistry meters;
    private final Clock clock;

    private final ReentrantLock writing = new ReentrantLock();
    private final Map<Kind, Instant> nextSweep = new EnumMap<>(Kind.class);
    private final Map<Touched, Instant> refreshed = new ConcurrentHashMap<>();
    private final Map<Touched, Instant> followUps = new ConcurrentHashMap<>();
    private final Map<String, Instant> dirtyQuotas = new ConcurrentHashMap<>();
    private final Map<String, Members> members = new HashMap<>();
    private final Set<Kind> wanted = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Flavor> flavors = Map.of();

    CloudCollector(
            Cloud cloud,
            CollectorStore store,
            CollectorStateStore states,
            InventorySettings settings,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.cloud = cloud;
        this.store = store;
        this.states = states;
        this.settings = settings;
        this.transaction = transaction;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** Who had access to an image when that was last asked. */
    private record Members(String updated, Instant asked, List<Access> access) {}

    CloudName name() {
        return cloud.name();
    }

    /** Reads every kind whose time has come. */
    void sweepWhatIsDue() {
        if (nextSweep.isEmpty()) {
            remember();
        }
        for (var kind : Kind.values()) {
            var due = !clock.instant().isBefore(nextSweep.getOrDefault(kind, Instant.MIN));
            if (due || wanted.contains(kind)) {
                sweep(kind);
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /** After a restart nothing is read sooner than without it. */
    private void remember() {
        var now = clock.instant();
        states.states(name())
                .forEach((kind, state) -> {
                    var swept = state.swept();
                    nextSweep.put(
                            kind,
                            swept == null || state.trouble() != null
                                    ? now
                                    : swept.plus(settings.interval(kind)));
                });
        // The flavors are held in memory, so they are always read first.
        nextSweep.put(Kind.FLAVOR, now);
    }

    /**
     * Reads everything of a kind; a cloud that fails leaves what is known as it is, and says so.
     */
    void sweep(Kind kind) {
        wanted.remove(kind);
        var began = clock.instant();
        nextSweep.put(kind, began.plus(settings.interval(kind)));
        if (kind == Kind.SERVER && flavors.isEmpty()) {
            sweep(Kind.FLAVOR);
        }
        var started = System.nanoTime();
        try {
            var count = account().as(os -> sweep(new CloudReader(os), kind, began));
            write(() -> states.swept(name(), kind, began, count));
            polled(kind, "done", started);
        } catch (CloudFailure e) {
            polled(kind, "failed", started);
            nextSweep.put(kind, began.plus(min(RETRY, settings.interval(kind))));
            LOG.warn("{} of {} cannot be read, tried again soon: {}", kind, name(), e.getMessage());
            write(() -> states.failed(name(), kind, String.valueOf(e.getMessage())));
        }
    }

    private void polled(Kind kind, String outcome, long started) {
        Timer.builder("stackwright.inventory.polls")
                .description("Readings of everything of a kind, stored")
                .tag("cloud", name().value())
                .tag("kind", InventoryMeters.label(kind))
                .tag("outcome", outcome)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - started));
    }

    private Account account() {
        return cloud.serviceAccount()
                .orElseThrow(() ->
                        new CloudFailure(
                                CloudFailure.Kind.UNAUTHORIZED,
                                null,
                                "there is no service account to collect with; set"
                                        + " STACKWRIGHT_SERVICE_CLOUD"));
    }

    private long sweep(CloudReader reader, Kind kind, Instant began) {
        if (!reader.offers(kind)) {
            return 0;
        }
        var sweep = new Sweep(kind, store.known(name(), kind), began);
        reader.eachPage(kind, sweep::page);
        sweep.removeMissing(reader);
        var access = sweep.access(reader);
        if (access != null) {
            write(() -> store.storeAccess(name(), kind, null, access));
        }
        if (kind == Kind.FLAVOR) {
            flavors = Map.copyOf(sweep.flavors);
        }
        return sweep.seen.size();
    }

    /** One reading of everything of a kind. */
    private final class Sweep {

        private final Kind kind;
        private final Map<String, Known> known;
        private final Set<String> seen = new HashSet<>();
        private final Map<String, Flavor> flavors = new HashMap<>();
        private final Set<String> restricted = new LinkedHashSet<>();
        private final Map<String, String> updated = new HashMap<>();
        private final Set<Access> open = new HashSet<>();
        private final Set<String> projects = new HashSet<>();
        private Instant asked;

        Sweep(Kind kind, Map<String, Known> known, Instant began) {
            this.kind = kind;
            this.known = known;
            this.asked = began;
        }

        void page(Iterable<JsonNode> page) {
            if (kind == Kind.SERVER) {
                servers(page);
            } else {
                objects(page);
            }
            asked = clock.instant();
        }

        private void servers(Iterable<JsonNode> page) {
            var changed = new ArrayList<ServerRecord>();
            for (var node : page) {
                var server = Reading.server(node, CloudCollector.this.flavors::get, asked);
                if (isNews(server.id(), server.fingerprint())) {
                    changed.add(server);
                }
            }
            storeServers(changed, asked);
        }

        private void objects(Iterable<JsonNode> page) {
            var changed = new ArrayList<ObjectRecord>();
            for (var node : page) {
                var object = Reading.object(kind, node);
                if (object.project() != null) {
                    projects.add(object.project());
                }
                if (isNews(object.id(), object.fingerprint())) {
                    changed.add(object);
                }
                remember(node, object);
                if (changed.size() == STORED_AT_ONCE) {
                    storeObjects(changed, asked);
                    changed.clear();
                }
            }
            storeObjects(changed, asked);
        }

        private boolean isNews(String id, String fingerprint) {
            if (id.isEmpty() || !seen.add(id)) {
                return false;
            }
            var before = known.get(id);
            if (before != null && before.fingerprint().equals(fingerprint)) {
                return false;
            }
            var looked = refreshed.get(new Touched(kind, id));
            return looked == null || looked.isBefore(asked);
        }

        private void remember(JsonNode node, ObjectRecord object) {
            var id = object.id();
            switch (kind) {
                case FLAVOR -> {
                    flavors.put(id, Reading.flavor(node));
                    restrict(object);
                }
                case VOLUME_TYPE -> restrict(object);
                case IMAGE -> {
                    if (Reading.text(node, "visibility").equals("shared")) {
                        restricted.add(id);
                        updated.put(id, Reading.text(node, "updated_at"));
                    }
                }
                case NETWORK -> open.addAll(openTo(node, id));
                default -> {
                    // Has no access list of its own.
                }
            }
        }

        private void restrict(ObjectRecord object) {
            if (object.audience() == ObjectRecord.Audience.PRIVATE) {
                restricted.add(object.id());
            }
        }

        void removeMissing(CloudReader reader) {
            var missing = new HashSet<>(known.keySet());
            missing.removeAll(seen);
            var gone = new ArrayList<String>();
            for (var id : missing) {
                if (isBlindTo(id)) {
                    continue;
                }
                if (gone.size() == MOST_MISSING) {
                    wanted.add(kind);
                    break;
                }
                if (!CloudReader.isSingle(kind) || reader.one(kind, id).isEmpty()) {
                    gone.add(id);
                }
            }
            remove(kind, gone);
        }

        /**
         * From Zed on Neutron lists security groups to their own project alone, administrators
         * included. Every project has one that cannot be deleted: one that shows none is not seen.
         */
        private boolean isBlindTo(String id) {
            var before = known.get(id);
            return kind == Kind.SECURITY_GROUP
                    && before != null
                    && !projects.contains(before.project());
        }

        @Nullable Collection<Access> access(CloudReader reader) {
            return switch (kind) {
                case NETWORK, SECURITY_GROUP -> {
                    var shared = reader.shared(kind);
                    if (shared != null) {
                        open.addAll(shared);
                    }
                    yield open;
                }
                case FLAVOR, VOLUME_TYPE -> {
                    var access = new ArrayList<Access>();
                    restricted.forEach(id -> access.addAll(reader.access(kind, id)));
                    yield access;
                }
                case IMAGE -> {
                    var access = new ArrayList<Access>();
                    restricted.forEach(id ->
                            access.addAll(membersOf(reader, id, updated.getOrDefault(id, ""))));
                    members.keySet().retainAll(restricted);
                    yield access;
                }
                default -> null;
            };
        }
    }

    /** Nearly every image may have members and hardly any has: they are asked for once an hour. */
    private List<Access> membersOf(CloudReader reader, String image, String updated) {
        var now = clock.instant();
        var before = members.get(image);
        if (before != null
                && before.updated().equals(updated)
                && before.asked().plus(MEMBERS_KEPT).isAfter(now)) {
            return before.access();
        }
        var access = reader.access(Kind.IMAGE, image);
        members.put(image, new Members(updated, now, access));
        return access;
    }

    private static List<Access> openTo(JsonNode network, String id) {
        var open = new ArrayList<Access>();
        if (network.path("shared").asBoolean(false)) {
            open.add(new Access(id, CollectorStore.EVERYBODY, "access_as_shared"));
        }
        if (network.path("router:external").asBoolean(false)) {
            open.add(new Access(id, CollectorStore.EVERYBODY, "access_as_external"));
        }
        return open;
    }

    /** Looks at what was spoken of; answers how many objects that were. */
    int refreshTouched() {
        var now = clock.instant();
        var due = new LinkedHashSet<Touched>();
        var touches = transaction.execute(_ -> states.takeDue(name(), now, 500));
        for (var touch : touches) {
            if (touch.what().equals(QUOTA)) {
                dirtyQuotas.put(touch.id(), now);
            } else {
                due.add(new Touched(Kind.valueOf(touch.what()), touch.id()));
            }
        }
        followUps.forEach((touched, when) -> {
            if (!when.isAfter(now) && followUps.remove(touched, when)) {
                due.add(touched);
            }
        });
        refreshed.values().removeIf(when -> when.isBefore(now.minus(Duration.ofMinutes(15))));
        refresh(due);
        var done = clock.instant();
        touches.forEach(touch -> looked(Duration.between(touch.due(), done)));
        return due.size();
    }

    private void looked(Duration late) {
        Timer.builder("stackwright.inventory.refreshes")
                .description("From when an object is due to be looked at to its being stored")
                .tag("cloud", name().value())
                .register(meters)
                .record(late.isNegative() ? Duration.ZERO : late);
    }

    private void refresh(Set<Touched> due) {
        var ofKind = new EnumMap<Kind, List<String>>(Kind.class);
        due.forEach(
                each -> ofKind.computeIfAbsent(each.kind(), _ -> new ArrayList<>()).add(each.id()));
        var looks = new ArrayList<Callable<Void>>();
        ofKind.forEach((kind, ids) -> {
            if (kind == Kind.KEYPAIR && !ids.contains(Touches.ALL)) {
                ids.forEach(user -> looks.add(look(() -> refreshKeypairs(user))));
            } else if (ids.contains(Touches.ALL)
                    || ids.size() > MOST_SINGLE
                    || !CloudReader.isSingle(kind)) {
                wanted.add(kind);
            } else {
                ids.forEach(id -> looks.add(look(() -> refresh(kind, id))));
            }
        });
        run(looks);
    }

    private static Callable<Void> look(Runnable look) {
        return () -> {
            look.run();
            return null;
        };
    }

    private void run(List<Callable<Void>> looks) {
        if (looks.isEmpty()) {
            return;
        }
        var turns = new Semaphore(settings.calls());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Void>>();
            for (var look : looks) {
                turns.acquire();
                running.add(
                        threads.submit(() -> {
                            try {
                                return look.call();
                            } finally {
                                turns.release();
                            }
                        }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void refresh(Kind kind, String id) {
        var asked = clock.instant();
        var touched = new Touched(kind, id);
        try {
            account()
                    .as(os -> {
                        refresh(new CloudReader(os), kind, id, asked);
                        return touched;
                    });
            refreshed.put(touched, asked);
        } catch (CloudFailure e) {
            LOG.warn("{} {} of {} cannot be read: {}", kind, id, name(), e.getMessage());
            if (e.passing()) {
                followUps.putIfAbsent(touched, asked.plusSeconds(5));
            }
        }
    }

    private void refresh(CloudReader reader, Kind kind, String id, Instant asked) {
        if (!reader.offers(kind)) {
            return;
        }
        var found = reader.one(kind, id);
        if (found.isEmpty()) {
            if (kind != Kind.SECURITY_GROUP || store.isOfProject(name(), id, reader.project())) {
                remove(kind, List.of(id));
            } else {
                // The notification itself may have told it: whoever watches is told as well.
                published(kind, List.of(id));
            }
            return;
        }
        if (kind == Kind.SERVER) {
            var server = Reading.server(found.get(), this::flavor, asked);
            if (!server.fingerprint().equals(store.fingerprint(name(), kind, id))) {
                storeServers(List.of(server), asked);
            } else {
                followUp(server, asked);
            }
            refreshActions(reader, id);
            return;
        }
        var object = Reading.object(kind, found.get());
        if (!object.fingerprint().equals(store.fingerprint(name(), kind, object.id()))) {
            storeObjects(List.of(object), asked);
        } else {
            followUp(object, found.get(), asked);
        }
        if (kind == Kind.IMAGE) {
            var shared = Reading.text(found.get(), "visibility").equals("shared");
            var access = shared ? reader.access(kind, id) : List.<Access>of();
            write(() -> store.storeAccess(name(), kind, id, access));
        } else if (kind == Kind.NETWORK) {
            // Who else may see it stands in its RBAC policies.
            if (found.get().path("shared").asBoolean(false)
                    || found.get().path("router:external").asBoolean(false)) {
                write(() -> store.addAccess(name(), kind, openTo(found.get(), id)));
            }
        }
    }

    /**
     * Reads what Neutron shows to the project's own people alone, with the token of one of them.
     */
    void readOwn(OpenStack os, String project) {
        var asked = clock.instant();
        var nodes = new CloudReader(os).securityGroups(project);
        var seen = new HashSet<String>();
        var changed = new ArrayList<ObjectRecord>();
        for (var node : nodes) {
            var group = Reading.object(Kind.SECURITY_GROUP, node);
            seen.add(group.id());
            if (!group.fingerprint()
                    .equals(store.fingerprint(name(), Kind.SECURITY_GROUP, group.id()))) {
                changed.add(group);
            }
        }
        storeObjects(changed, asked);
        var gone = new ArrayList<String>();
        store.known(name(), Kind.SECURITY_GROUP)
                .forEach((id, known) -> {
                    if (known.project().equals(project) && !seen.contains(id)) {
                        gone.add(id);
                    }
                });
        remove(Kind.SECURITY_GROUP, gone);
    }

    private void refreshActions(CloudReader reader, String server) {
        var known = store.actions(name(), server);
        List<ServerAction> before =
                known == null ? List.of() : List.of(JSON.readValue(known, ServerAction[].class));
        var actions = JSON.writeValueAsString(reader.actions(server, before));
        if (!actions.equals(known)) {
            write(() -> store.storeActions(name(), server, actions));
        }
    }

    private void refreshKeypairs(String user) {
        var asked = clock.instant();
        try {
            var nodes = account().as(os -> new CloudReader(os).keypairs(user));
            var seen = new HashSet<String>();
            var changed = new ArrayList<ObjectRecord>();
            for (var node : nodes) {
                var keypair = Reading.object(Kind.KEYPAIR, node);
                seen.add(keypair.id());
                if (!keypair.fingerprint()
                        .equals(store.fingerprint(name(), Kind.KEYPAIR, keypair.id()))) {
                    changed.add(keypair);
                }
            }
            storeObjects(changed, asked);
            var gone =
                    store.known(name(), Kind.KEYPAIR).keySet().stream()
                            .filter(id -> id.startsWith(user + "/") && !seen.contains(id))
                            .toList();
            remove(Kind.KEYPAIR, gone);
        } catch (CloudFailure e) {
            LOG.warn("Keypairs of {} on {} cannot be read: {}", user, name(), e.getMessage());
        }
    }

    private @Nullable Flavor flavor(String id) {
        var known = flavors.get(id);
        if (known == null && !flavors.isEmpty()) {
            wanted.add(Kind.FLAVOR);
            wanted.add(Kind.SERVER);
        }
        return known;
    }

    /**
     * Reads limits and use of the projects where something happened, else of those read longest
     * ago.
     */
    void readQuotas() {
        var now = clock.instant();
        var due = new LinkedHashSet<String>();
        dirtyQuotas.forEach((project, since) -> {
            if (!since.plus(QUOTA_PAUSE).isAfter(now) && due.size() < QUOTAS_AT_ONCE) {
                due.add(project);
            }
        });
        if (due.isEmpty()) {
            due.addAll(
                    store.projectsWithOldQuotas(
                            name(), now.minus(settings.quotaInterval()), QUOTAS_AT_ONCE));
        }
        for (var project : due) {
            dirtyQuotas.remove(project);
            try {
                var lines = account().as(os -> new CloudReader(os).quotas(project));
                write(() -> store.storeQuota(name(), project, lines, now));
            } catch (CloudFailure e) {
                LOG.warn("Quotas of project {} on {}: {}", project, name(), e.getMessage());
                // What is known stays; the next round comes no sooner than after the interval.
                write(() -> store.storeQuota(name(), project, List.of(), now));
            }
        }
    }

    void forgetOldTombstones() {
        var before = clock.instant().minus(settings.tombstones());
        write(() -> store.forgetOldTombstones(before));
    }

    private void storeServers(List<ServerRecord> servers, Instant asked) {
        if (servers.isEmpty()) {
            return;
        }
        write(() -> store.storeServers(name(), servers, asked));
        for (var server : servers) {
            dirtyQuotas.put(server.project(), asked);
            followUp(server, asked);
        }
        published(Kind.SERVER, servers.stream().map(ServerRecord::id).toList());
    }

    private void storeObjects(List<ObjectRecord> objects, Instant asked) {
        if (objects.isEmpty()) {
            return;
        }
        var kind = objects.getFirst().kind();
        write(() -> store.storeObjects(name(), objects, asked));
        for (var object : objects) {
            var project = object.project();
            if (COUNTED.contains(kind) && project != null && !project.isEmpty()) {
                dirtyQuotas.put(project, asked);
            }
            followUp(object, JSON.readTree(object.facts()), asked);
        }
        published(kind, objects.stream().map(ObjectRecord::id).toList());
    }

    private void remove(Kind kind, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        if (COUNTED.contains(kind)) {
            store.projectsOf(name(), kind, ids)
                    .forEach(project -> dirtyQuotas.put(project, clock.instant()));
        }
        write(() -> store.remove(name(), kind, ids, clock.instant()));
        published(kind, ids);
    }

    private void published(Kind kind, List<String> ids) {
        events.publishEvent(new InventoryChanged(name(), kind, Set.copyOf(ids)));
    }

    /** What is on its way somewhere is looked at again, the later the longer it already takes. */
    private void followUp(ServerRecord server, Instant now) {
        // Nova says that it failed a moment before it says why.
        var unexplained = server.status().equals("ERROR") && server.fault() == null;
        if (SERVER_MOVES.contains(server.status()) || server.task() != null || unexplained) {
            followUp(new Touched(Kind.SERVER, server.id()), server.changed(), now);
        }
    }

    private void followUp(ObjectRecord object, JsonNode node, Instant now) {
        var moves =
                switch (object.kind()) {
                    case VOLUME, VOLUME_SNAPSHOT -> object.status().endsWith("ING");
                    case IMAGE ->
                            object.status().equals("SAVING") || object.status().equals("IMPORTING");
                    case PORT, FLOATING_IP ->
                            object.status().equals("BUILD") || object.status().equals("DOWN");
                    default -> false;
                };
        if (moves) {
            var since = Reading.text(node, "updated_at");
            followUp(
                    new Touched(object.kind(), object.id()),
                    Reading.instant(
                            since.isEmpty() ? Reading.text(node, "created_at") : since, now),
                    now);
        }
    }

    private void followUp(Touched touched, Instant since, Instant now) {
        var pause = Duration.between(since, now).dividedBy(4);
        if (pause.compareTo(LONGEST_FOLLOW_UP) > 0) {
            // By now the sweeps are as good.
            return;
        }
        followUps.putIfAbsent(
                touched,
                now.plus(pause.compareTo(SHORTEST_FOLLOW_UP) < 0 ? SHORTEST_FOLLOW_UP : pause));
    }

    private void write(Runnable work) {
        writing.lock();
        try {
            transaction.executeWithoutResult(_ -> work.run());
        } finally {
            writing.unlock();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
