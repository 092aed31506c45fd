package dev.stackwright.inventory.store;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.Page;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.inventory.Tombstone;
import dev.stackwright.inventory.store.Rows.ObjectLine;
import dev.stackwright.inventory.store.Visibility.Look;
import dev.stackwright.kernel.Viewer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads everything but servers on behalf of a viewer. */
@Component
public class ObjectStore {

    private final JdbcClient jdbc;

    public ObjectStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Page<CloudObject> page(Viewer viewer, Kind kind, ObjectQuery query) {
        var keyset = keyset(kind, query);
        var parameters = ServerStore.parameters(viewer);
        parameters.put("kind", kind.name());
        var sql = new StringBuilder("select ").append(Rows.OBJECT);
        var target = query.of();
        sql.append(" from ").append(target == null ? "cloud_object o" : naming("cloud_object"));
        if (target != null) {
            parameters.putAll(naming(viewer, kind, target));
        }
        sql.append(" where o.cloud = :cloud and o.kind = :kind and ");
        sql.append(Visibility.of(viewer, kind, query.everyProject() ? Look.EVERYTHING : Look.LIST));
        if (query.name() != null) {
            sql.append(" and o.name_sort like :name escape '!'");
            parameters.put("name", "%" + Text.pattern(Text.sortable(query.name())) + "%");
        }
        if (query.status() != null) {
            sql.append(" and o.status = :status");
            parameters.put("status", Text.storable(query.status(), 64));
        }
        var cursor = keyset.cursor();
        if (cursor != null) {
            sql.append(keyset.condition());
            parameters.put("at", cursor.sort());
            parameters.put("after", cursor.id());
        }
        sql.append(keyset.order());
        var lines = jdbc.sql(sql.toString()).params(parameters).query(Rows::object).list();
        var page = keyset.page(lines, line -> place(line, query.sort()));
        return new Page<>(
                page.rows().stream().map(ObjectLine::object).toList(),
                page.previous(),
                page.next());
    }

    /** Those that name another thing, to be read from; the parameters are from {@link #naming}. */
    static String naming(String table) {
        return """
        object_link l join %s o on o.cloud = l.cloud and o.id = l.id
          and l.cloud = :cloud and l.target_kind = :targetKind and l.target_id = :target and l.kind = :naming
        """
                .formatted(table);
    }

    static Map<String, Object> naming(Viewer viewer, Kind kind, ObjectRef target) {
        return Map.of(
                "targetKind",
                target.kind().name(),
                "target",
                stored(viewer, target.kind(), target.id()),
                "naming",
                kind.name());
    }

    private static Keyset keyset(Kind kind, ObjectQuery query) {
        var cursor = Cursor.read(query.cursor());
        var led =
                Visibility.isOwn(kind) && !query.everyProject()
                        ? List.of("o.cloud", "o.kind", "o.project_id")
                        : List.of("o.cloud", "o.kind");
        return switch (query.sort()) {
            case NAME -> keyset(led, "o.name_sort", "varchar(255)", query, cursor);
            case STATUS -> keyset(led, "o.status", "varchar(64)", query, cursor);
            case CREATED ->
                    keyset(
                            led,
                            "o.created_at",
                            "timestamp(6) with time zone",
                            query,
                            Keyset.inTime(cursor));
        };
    }

    private static Keyset keyset(
            List<String> led,
            String column,
            String type,
            ObjectQuery query,
            @Nullable Cursor cursor) {
        return new Keyset(led, column, type, query.descending(), query.size(), cursor);
    }

    private static Cursor place(ObjectLine line, ObjectQuery.Sort order) {
        var created = line.object().created();
        var sort =
                switch (order) {
                    case NAME -> line.sortName();
                    case STATUS -> line.object().status();
                    case CREATED -> (created == null ? Instant.EPOCH : created).toString();
                };
        return new Cursor(false, sort, line.storedId());
    }

    /** How many there are in each status, of those that belong into a list. */
    public List<StatusCount> counts(Viewer viewer, Kind kind) {
        return jdbc.sql(
                        """
                        select o.status, count(*) from cloud_object o
                        where o.cloud = :cloud and o.kind = :kind and %s
                        group by o.status order by o.status
                        """
                                .formatted(
                                        Visibility.of(
                                                viewer,
                                                kind,
                                                kind.isMachinery() ? Look.EVERYTHING : Look.LIST)))
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .query((row, _) -> new StatusCount(row.getString(1), row.getLong(2)))
                .list();
    }

    public Optional<CloudObject> find(Viewer viewer, Kind kind, String id) {
        return findAll(viewer, kind, List.of(id)).stream().findFirst();
    }

    /** At most a thousand. */
    public List<CloudObject> findAll(Viewer viewer, Kind kind, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var stored = ids.stream().limit(1000).map(id -> stored(viewer, kind, id)).toList();
        var picked = Picked.of(stored);
        return select(
                viewer, kind, Look.FIND, picked.from("cloud_object"), "1 = 1", picked.parameters());
    }

    /** A keypair is stored under whose it is; the viewer's own are the only ones they see. */
    private static String stored(Viewer viewer, Kind kind, String id) {
        return Text.storable(kind == Kind.KEYPAIR ? viewer.user() + "/" + id : id, 512);
    }

    /** The same as people know it. */
    static String known(Kind kind, String stored) {
        return kind == Kind.KEYPAIR ? stored.substring(stored.indexOf('/') + 1) : stored;
    }

    /** What these are called, as far as the viewer may see them; without one, their id. */
    public Map<String, String> names(Viewer viewer, Kind kind, List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var names = new HashMap<String, String>();
        var picked = Picked.of(ids);
        jdbc.sql(
                        """
                        select o.id, o.name from %s
                        where o.cloud = :cloud and o.kind = :kind and %s
                        """
                                .formatted(
                                        picked.from("cloud_object"),
                                        Visibility.of(viewer, kind, Look.FIND)))
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .params(picked.parameters())
                .query(row -> {
                    var name = row.getString("name");
                    names.put(row.getString("id"), name.isEmpty() ? row.getString("id") : name);
                });
        return names;
    }

    /** Those that are called exactly so. */
    public List<CloudObject> named(Viewer viewer, Kind kind, String name) {
        return select(
                        viewer,
                        kind,
                        Look.LIST,
                        "cloud_object o",
                        "o.name_sort = :sort",
                        Map.of("sort", Text.sortable(name)))
                .stream()
                .filter(object -> object.name().equals(name))
                .toList();
    }

    /** What is attached to a server (ports) or to a port (floating addresses). */
    public List<CloudObject> attachedTo(Viewer viewer, Kind kind, String id) {
        return select(
                viewer,
                kind,
                Look.FIND,
                "cloud_object o",
                "o.attached_to = :id",
                Map.of("id", Text.storable(id, 255)));
    }

    public Optional<Tombstone> tombstone(Viewer viewer, Kind kind, String id) {
        return jdbc.sql(
                        """
                        select o.id, o.name, o.gone_at from tombstone o
                        where o.cloud = :cloud and o.kind = :kind and o.id = :id
                          and o.project_id = :project
                        """)
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .param("id", Text.storable(id, 512))
                .query((row, _) ->
                        new Tombstone(
                                kind,
                                row.getString("id"),
                                row.getString("name"),
                                Rows.instant(row, "gone_at")))
                .optional();
    }

    public List<QuotaLine> quota(Viewer viewer) {
        return jdbc.sql(
                        """
                        select o.service, o.resource, o.quota_limit, o.used from quota_line o
                        where o.cloud = :cloud and o.project_id = :project
                        order by o.service, o.resource
                        """)
                .params(ServerStore.parameters(viewer))
                .query((row, _) ->
                        new QuotaLine(
                                row.getString("service"),
                                row.getString("resource"),
                                row.getObject("quota_limit", Long.class),
                                row.getLong("used")))
                .list();
    }

    private List<CloudObject> select(
            Viewer viewer,
            Kind kind,
            Look look,
            String from,
            String condition,
            Map<String, Object> parameters) {
        return jdbc.sql(
                        """
                        select %s from %s
                        where o.cloud = :cloud and o.kind = :kind and %s and %s
                        order by o.name_sort, o.id
                        fetch first 1000 rows only
                        """
                                .formatted(
                                        Rows.OBJECT,
                                        from,
                                        condition,
                                        Visibility.of(viewer, kind, look)))
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .params(parameters)
                .query((row, number) -> Rows.object(row, number).object())
                .list();
    }
}
