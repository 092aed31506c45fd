package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.kernel.CloudName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes what the collector found. One collector at a time writes a cloud, so a revision is simply
 * the next number of that cloud; every change of what a project can see moves that project's
 * revision.
 */
@Component
public class CollectorStore {

    /** Stands for everybody. */
    public static final String EVERYBODY = "*";

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    public CollectorStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * What is stored of an object.
     *
     * @param project empty for what belongs to the cloud as a whole
     */
    public record Known(String fingerprint, String project, String name, Instant seen) {}

    public Map<String, Known> known(CloudName cloud, Kind kind) {
        var known = new HashMap<String, Known>();
        var sql =
                kind == Kind.SERVER
                        ? "select id, fingerprint, project_id, name, seen_at from server where"
                                + " cloud = :cloud"
                        : """
                        select id, fingerprint, project_id, name, seen_at from cloud_object
                        where cloud = :cloud and kind = :kind
                        """;
        jdbc.sql(sql)
                .param("cloud", cloud.value())
                .param("kind", kind.name())
                .query(row -> {
                    var project = row.getString(3);
                    known.put(
                            row.getString(1),
                            new Known(
                                    row.getString(2),
                                    project == null ? "" : project,
                                    row.getString(4),
                                    Rows.instant(row, "seen_at")));
                });
        return known;
    }

    /** Stores servers that are new or different; what was seen later than {@code seen} stays. */
    public void storeServers(CloudName cloud, List<ServerRecord> servers, Instant seen) {
        if (servers.isEmpty()) {
            return;
        }
        var revision = nextRevision(cloud);
        var stored = storedServers(cloud, servers.stream().map(ServerRecord::id).toList());
        var changed = servers.stream().filter(each -> stored.contains(each.id())).toList();
        var come = servers.stream().filter(each -> !stored.contains(each.id())).toList();
        batches.batchUpdate(
                """
                update server
                set status_since = case when status = ? then status_since else ? end, status = ?,
                    project_id = ?, user_id = ?, name = ?, name_sort = ?, task = ?, fault = ?,
                    host = ?, zone = ?, flavor_id = ?, flavor_name = ?, vcpus = ?, memory_mb = ?,
                    disk_gb = ?, image_id = ?, keypair = ?, locked = ?, addresses = ?,
                    created_at = ?, fingerprint = ?, seen_at = ?, revision = ?
                where cloud = ? and id = ?
                """,
                changed.stream()
                        .map(server ->
                                joined(
                                        parameters(
                                                server.status(),
                                                Rows.time(server.changed()),
                                                server.status()),
                                        columns(cloud, server, seen, revision)))
                        .toList());
        batches.batchUpdate(
                "update server_facts set facts = ? where cloud = ? and id = ?",
                changed.stream()
                        .map(server -> parameters(server.facts(), cloud.value(), server.id()))
                        .toList());
        batches.batchUpdate(
                """
                insert into server (status, status_since, project_id, user_id, name, name_sort,
                    task, fault, host, zone, flavor_id, flavor_name, vcpus, memory_mb, disk_gb,
                    image_id, keypair, locked, addresses, created_at, fingerprint, seen_at,
                    revision, cloud, id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                come.stream()
                        .map(server ->
                                joined(
                                        parameters(server.status(), Rows.time(server.changed())),
                                        columns(cloud, server, seen, revision)))
                        .toList());
        batches.batchUpdate(
                "insert into server_facts (cloud, id, facts) values (?, ?, ?)",
                come.stream()
                        .map(server -> parameters(cloud.value(), server.id(), server.facts()))
                        .toList());
        storeLinks(
                cloud,
                Kind.SERVER,
                servers.stream()
                        .map(server ->
                                new Linked(
                                        server.id(),
                                        server.links(),
                                        Set.of(server.project()),
                                        server.terms()))
                        .toList());
        var projects = new HashSet<String>();
        servers.forEach(server -> projects.add(server.project()));
        move(cloud, projects, revision);
    }

    /** What a new row and a changed one have in common, in the order of both statements. */
    private static Object[] columns(
            CloudName cloud, ServerRecord server, Instant seen, long revision) {
        return parameters(
                server.project(),
                server.user(),
                server.name(),
                Text.sortable(server.name()),
                server.task(),
                server.fault(),
                server.host(),
                server.zone(),
                server.flavorId(),
                server.flavorName(),
                server.vcpus(),
                server.memoryMb(),
                server.diskGb(),
                server.imageId(),
                server.keypair(),
                server.locked(),
                server.addresses(),
                Rows.time(server.created()),
                server.fingerprint(),
                Rows.time(seen),
                revision,
                cloud.value(),
                server.id());
    }

    private Set<String> storedServers(CloudName cloud, List<String> ids) {
        var stored = new HashSet<String>();
        for (var some : parts(ids)) {
            stored.addAll(
                    jdbc.sql("select id from server where cloud = :cloud and id in (:ids)")
                            .param("cloud", cloud.value())
                            .param("ids", some)
                            .query((row, _) -> row.getString(1))
                            .list());
        }
        return stored;
    }

    public void storeObjects(CloudName cloud, List<ObjectRecord> objects, Instant seen) {
        if (objects.isEmpty()) {
            return;
        }
        var revision = nextRevision(cloud);
        var updated =
                batches.batchUpdate(
                        """
                        update cloud_object
                        set project_id = ?, owner_user = ?, name = ?, name_sort = ?, status = ?,
                            audience = ?, hidden = ?, network_id = ?, attached_to = ?, created_at = ?,
                            facts = ?,
                            fingerprint = ?, seen_at = ?, revision = ?
                        where cloud = ? and kind = ? and id = ?
                        """,
                        objects.stream()
                                .map(object -> columns(cloud, object, seen, revision))
                                .toList());
        var inserts = new ArrayList<Object[]>();
        var projects = new HashSet<String>();
        for (var i = 0; i < updated.length; i++) {
            var object = objects.get(i);
            if (updated[i] == 0) {
                inserts.add(columns(cloud, object, seen, revision));
            }
            if (!object.kind().isMachinery()) {
                projects.add(object.project() == null ? EVERYBODY : object.project());
            }
            if (object.audience() != ObjectRecord.Audience.PRIVATE) {
                projects.add(EVERYBODY);
            }
        }
        batches.batchUpdate(
                """
                insert into cloud_object (project_id, owner_user, name, name_sort, status, audience,
                    hidden, network_id, attached_to, created_at, facts, fingerprint, seen_at,
                    revision, cloud, kind, id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                inserts);
        var kind = objects.getFirst().kind();
        storeLinks(
                cloud,
                kind,
                objects.stream()
                        .map(object ->
                                new Linked(
                                        object.id(),
                                        object.links(),
                                        Scopes.of(object),
                                        object.terms()))
                        .toList());
        move(cloud, projects, revision);
    }

    private static Object[] columns(
            CloudName cloud, ObjectRecord object, Instant seen, long revision) {
        return parameters(
                object.project(),
                object.ownerUser(),
                object.name(),
                Text.sortable(object.name()),
                object.status(),
                object.audience().name(),
                object.hidden(),
                object.networkId(),
                object.attachedTo(),
                Rows.time(object.created()),
                object.facts(),
                object.fingerprint(),
                Rows.time(seen),
                revision,
                cloud.value(),
                object.kind().name(),
                object.id());
    }

    /** What an object names, and what it is found by. */
    private record Linked(String id, Set<ObjectRef> links, Set<String> scopes, Set<String> terms) {}

    private void storeLinks(CloudName cloud, Kind kind, List<Linked> objects) {
        forgetLinks(cloud, kind, objects.stream().map(Linked::id).toList());
        var links = new ArrayList<Object[]>();
        var terms = new ArrayList<Object[]>();
        for (var object : objects) {
            for (var link : object.links()) {
                links.add(
                        parameters(
                                cloud.value(),
                                kind.name(),
                                object.id(),
                                link.kind().name(),
                                link.id()));
            }
            for (var scope : object.scopes()) {
                for (var term : object.terms()) {
                    terms.add(parameters(cloud.value(), kind.name(), object.id(), scope, term));
                }
            }
        }
        batches.batchUpdate(
                "insert into object_link (cloud, kind, id, target_kind, target_id) values (?, ?,"
                        + " ?, ?, ?)",
                links);
        batches.batchUpdate(
                "insert into search_term (cloud, kind, id, scope, term) values (?, ?, ?, ?, ?)",
                terms);
    }

    private void forgetLinks(CloudName cloud, Kind kind, Collection<String> ids) {
        // One by one: H2 uses no index for a list of ids and would read everything of the kind.
        var each = ids.stream().map(id -> parameters(cloud.value(), kind.name(), id)).toList();
        for (var table : List.of("object_link", "search_term")) {
            batches.batchUpdate(
                    "delete from %s where cloud = ? and kind = ? and id = ?".formatted(table),
                    each);
        }
    }

    /** Removes objects that the cloud no longer has; their names stay. */
    public void remove(CloudName cloud, Kind kind, Collection<String> ids, Instant now) {
        if (ids.isEmpty()) {
            return;
        }
        var revision = nextRevision(cloud);
        var table = kind == Kind.SERVER ? "server" : "cloud_object";
        var ofKind = kind == Kind.SERVER ? "" : " and kind = :kind";
        var projects = new HashSet<String>();
        for (var some : parts(ids)) {
            for (var statement :
                    List.of(
                            "delete from tombstone where cloud = :cloud and kind = :kind and id in"
                                    + " (:ids)",
                            """
                            insert into tombstone (cloud, kind, id, project_id, name, gone_at, revision)
                            select cloud, cast(:kind as varchar(32)), id, project_id, name,
                                   cast(:now as timestamp(6) with time zone), cast(:revision as bigint)
                            from %s where cloud = :cloud and id in (:ids)%s
                            """
                                    .formatted(table, ofKind))) {
                jdbc.sql(statement)
                        .param("cloud", cloud.value())
                        .param("kind", kind.name())
                        .param("ids", some)
                        .param("now", Rows.time(now))
                        .param("revision", revision)
                        .update();
            }
            jdbc.sql(
                            "select distinct project_id from %s where cloud = :cloud and id in (:ids)%s"
                                    .formatted(table, ofKind))
                    .param("cloud", cloud.value())
                    .param("kind", kind.name())
                    .param("ids", some)
                    .query(row -> {
                        var project = row.getString(1);
                        projects.add(project == null ? EVERYBODY : project);
                    });
            if (kind == Kind.SERVER) {
                jdbc.sql("delete from server_facts where cloud = :cloud and id in (:ids)")
                        .param("cloud", cloud.value())
                        .param("ids", some)
                        .update();
            }
            for (var statement :
                    List.of(
                            "delete from %s where cloud = :cloud and id in (:ids)%s"
                                    .formatted(table, ofKind),
                            "delete from cloud_access where cloud = :cloud and kind = :kind and id"
                                    + " in (:ids)")) {
                jdbc.sql(statement)
                        .param("cloud", cloud.value())
                        .param("kind", kind.name())
                        .param("ids", some)
                        .update();
            }
        }
        forgetLinks(cloud, kind, ids);
        if (!kind.isMachinery()) {
            // Others may have seen it too: an image that was public, a network that was shared.
            if (kind != Kind.SERVER && kind != Kind.VOLUME && kind != Kind.PORT) {
                projects.add(EVERYBODY);
            }
            move(cloud, projects, revision);
        }
    }

    /** Replaces the access lists of a kind, or of one object of it. */
    public void storeAccess(
            CloudName cloud, Kind kind, @Nullable String id, Collection<Access> access) {
        var before = new HashSet<Access>();
        jdbc.sql(
                        """
                        select id, project_id, means from cloud_access
                        where cloud = :cloud and kind = :kind %s
                        """
                                .formatted(id == null ? "" : "and id = :id"))
                .param("cloud", cloud.value())
                .param("kind", kind.name())
                .param("id", id == null ? "" : id)
                .query(row -> {
                    before.add(new Access(row.getString(1), row.getString(2), row.getString(3)));
                });
        var after = new HashSet<>(access);
        var gone = minus(before, after);
        var come = minus(after, before);
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                """
                delete from cloud_access
                where cloud = ? and kind = ? and id = ? and project_id = ? and means = ?
                """,
                gone.stream().map(each -> row(cloud, kind, each)).toList());
        batches.batchUpdate(
                "insert into cloud_access (cloud, kind, id, project_id, means) values (?, ?, ?, ?,"
                        + " ?)",
                come.stream().map(each -> row(cloud, kind, each)).toList());
        var projects = new HashSet<String>();
        gone.forEach(each -> projects.add(each.project()));
        come.forEach(each -> projects.add(each.project()));
        move(cloud, projects, nextRevision(cloud));
    }

    /** Lets some more in, without asking who else is. */
    public void addAccess(CloudName cloud, Kind kind, List<Access> access) {
        for (var each : access) {
            var known =
                    jdbc.sql(
                                    """
                                    select count(*) from cloud_access
                                    where cloud = ? and kind = ? and id = ? and project_id = ? and means = ?
                                    """)
                            .params(row(cloud, kind, each))
                            .query((row, _) -> row.getLong(1))
                            .single();
            if (known == 0) {
                jdbc.sql(
                                "insert into cloud_access (cloud, kind, id, project_id, means)"
                                        + " values (?, ?, ?, ?, ?)")
                        .params(row(cloud, kind, each))
                        .update();
                move(cloud, Set.of(each.project()), nextRevision(cloud));
            }
        }
    }

    /** Null when it is not stored. */
    public @Nullable String fingerprint(CloudName cloud, Kind kind, String id) {
        var ofKind = kind == Kind.SERVER ? "server where" : "cloud_object where kind = :kind and";
        return jdbc.sql("select fingerprint from %s cloud = :cloud and id = :id".formatted(ofKind))
                .param("cloud", cloud.value())
                .param("kind", kind.name())
                .param("id", Text.storable(id, 512))
                .query((row, _) -> row.getString(1))
                .optional()
                .orElse(null);
    }

    /** Whether a security group belongs to this project. */
    public boolean isOfProject(CloudName cloud, String group, String project) {
        return projectsOf(cloud, Kind.SECURITY_GROUP, List.of(group)).contains(project);
    }

    /** What the cloud said of the object when it was last read; null when it is not known. */
    public @Nullable String facts(CloudName cloud, Kind kind, String id) {
        return jdbc.sql("select facts from cloud_object where cloud = ? and kind = ? and id = ?")
                .params(cloud.value(), kind.name(), id)
                .query((row, _) -> row.getString(1))
                .optional()
                .orElse(null);
    }

    /** The action log of a server as it is stored; null when it was never read. */
    public @Nullable String actions(CloudName cloud, String server) {
        return jdbc.sql(
                        "select actions from server_facts where cloud = ? and id = ? and actions is"
                                + " not null")
                .params(cloud.value(), server)
                .query((row, _) -> row.getString(1))
                .optional()
                .orElse(null);
    }

    /** The owners of these objects. */
    public List<String> projectsOf(CloudName cloud, Kind kind, Collection<String> ids) {
        var ofKind = kind == Kind.SERVER ? "server where" : "cloud_object where kind = :kind and";
        var projects = new ArrayList<String>();
        for (var some : parts(ids)) {
            projects.addAll(
                    jdbc.sql(
                                    """
                                    select distinct project_id from %s cloud = :cloud and id in (:ids)
                                      and project_id is not null
                                    """
                                            .formatted(ofKind))
                            .param("cloud", cloud.value())
                            .param("kind", kind.name())
                            .param("ids", some)
                            .query((row, _) -> row.getString(1))
                            .list());
        }
        return projects;
    }

    public void storeActions(CloudName cloud, String server, String actions) {
        var changed =
                jdbc.sql(
                                """
                                update server_facts set actions = :actions
                                where cloud = :cloud and id = :id
                                  and (actions is null or actions <> :actions)
                                """)
                        .param("actions", actions)
                        .param("cloud", cloud.value())
                        .param("id", server)
                        .update();
        if (changed == 1) {
            var revision = nextRevision(cloud);
            jdbc.sql("update server set revision = ? where cloud = ? and id = ?")
                    .params(revision, cloud.value(), server)
                    .update();
            move(cloud, Set.copyOf(projectsOf(cloud, Kind.SERVER, List.of(server))), revision);
        }
    }

    /**
     * Limits and use of one project.
     *
     * @param limit null when there is none
     */
    public record Quota(String service, String resource, @Nullable Long limit, long used) {}

    public void storeQuota(CloudName cloud, String project, List<Quota> lines, Instant now) {
        var services = new HashSet<String>();
        lines.forEach(line -> services.add(line.service()));
        var before = new HashSet<Quota>();
        jdbc.sql(
                        "select service, resource, quota_limit, used from quota_line where cloud ="
                                + " ? and project_id = ?")
                .params(cloud.value(), project)
                .query(row -> {
                    before.add(
                            new Quota(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getObject(3, Long.class),
                                    row.getLong(4)));
                });
        before.removeIf(line -> !services.contains(line.service()));
        if (!before.equals(new HashSet<>(lines))) {
            services.forEach(service ->
                    jdbc.sql(
                                    "delete from quota_line where cloud = ? and project_id = ? and"
                                            + " service = ?")
                            .params(cloud.value(), project, service)
                            .update());
            batches.batchUpdate(
                    """
                    insert into quota_line (cloud, project_id, service, resource, quota_limit, used)
                    values (?, ?, ?, ?, ?, ?)
                    """,
                    lines.stream()
                            .map(line ->
                                    parameters(
                                            cloud.value(),
                                            project,
                                            line.service(),
                                            line.resource(),
                                            line.limit(),
                                            line.used()))
                            .toList());
            move(cloud, Set.of(project), nextRevision(cloud));
        }
        var known =
                jdbc.sql("update quota_reading set read_at = ? where cloud = ? and project_id = ?")
                        .params(Rows.time(now), cloud.value(), project)
                        .update();
        if (known == 0) {
            jdbc.sql("insert into quota_reading (cloud, project_id, read_at) values (?, ?, ?)")
                    .params(cloud.value(), project, Rows.time(now))
                    .update();
        }
    }

    /** The projects whose quotas were read longest ago, those never read first. */
    public List<String> projectsWithOldQuotas(CloudName cloud, Instant before, int count) {
        return jdbc.sql(
                        """
                        select o.id from cloud_object o
                        left join quota_reading r on r.cloud = o.cloud and r.project_id = o.id
                        where o.cloud = ? and o.kind = 'PROJECT' and (r.read_at is null or r.read_at < ?)
                        order by coalesce(r.read_at, timestamp with time zone '1970-01-01 00:00:00+00'), o.id
                        fetch first ? rows only
                        """)
                .params(cloud.value(), Rows.time(before), count)
                .query((row, _) -> row.getString(1))
                .list();
    }

    public void forgetOldTombstones(Instant before) {
        jdbc.sql("delete from tombstone where gone_at < ?").param(Rows.time(before)).update();
    }

    /** The revision of what a project can see. */
    public long revision(CloudName cloud, String project) {
        return jdbc.sql(
                        """
                        select coalesce(max(revision), 0) from inventory_revision
                        where cloud = ? and project_id in (?, '*')
                        """)
                .params(cloud.value(), project)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private long nextRevision(CloudName cloud) {
        takeTurns(cloud);
        return jdbc.sql(
                        "select coalesce(max(revision), 0) + 1 from inventory_revision where cloud"
                                + " = ?")
                .param(cloud.value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /**
     * Whoever writes to a cloud waits for the end of the transaction of whoever writes to it: the
     * bus tells of a thing while somebody's own reading finds it, and both would insert it.
     */
    private void takeTurns(CloudName cloud) {
        var known =
                jdbc.sql(
                                "update inventory_revision set revision = revision where cloud = ?"
                                        + " and project_id = ?")
                        .params(cloud.value(), EVERYBODY)
                        .update();
        if (known == 0) {
            jdbc.sql(
                            "insert into inventory_revision (cloud, project_id, revision) values"
                                    + " (?, ?, 0)")
                    .params(cloud.value(), EVERYBODY)
                    .update();
        }
    }

    private void move(CloudName cloud, Set<String> projects, long revision) {
        for (var project : projects) {
            var known =
                    jdbc.sql(
                                    "update inventory_revision set revision = ? where cloud = ? and"
                                            + " project_id = ?")
                            .params(revision, cloud.value(), project)
                            .update();
            if (known == 0) {
                try {
                    jdbc.sql(
                                    "insert into inventory_revision (cloud, project_id, revision)"
                                            + " values (?, ?, ?)")
                            .params(cloud.value(), project, revision)
                            .update();
                } catch (DuplicateKeyException e) {
                    throw new IllegalStateException(
                            "Two collectors write cloud " + cloud + " at once", e);
                }
            }
        }
    }

    private static Set<Access> minus(Set<Access> all, Set<Access> without) {
        var rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private static Object[] row(CloudName cloud, Kind kind, Access access) {
        return parameters(
                cloud.value(), kind.name(), access.id(), access.project(), access.means());
    }

    private static Object[] joined(Object[] first, Object[] then) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(then)).toArray();
    }

    @SuppressWarnings("NullAway") // A statement's parameters may be null, an array cannot say so.
    private static Object[] parameters(@Nullable Object... values) {
        return values;
    }

    private static List<List<String>> parts(Collection<String> ids) {
        var all = List.copyOf(ids);
        var parts = new ArrayList<List<String>>();
        for (var i = 0; i < all.size(); i += BATCH) {
            parts.add(all.subList(i, Math.min(i + BATCH, all.size())));
        }
        return parts;
    }
}
