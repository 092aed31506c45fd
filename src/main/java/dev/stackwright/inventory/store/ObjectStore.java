package dev.stackwright.inventory.store;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.Page;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.inventory.Tombstone;
import dev.stackwright.inventory.store.Rows.ObjectLine;
import dev.stackwright.inventory.store.Visibility.Look;
import dev.stackwright.kernel.Viewer;
import java.util.List;
import java.util.Optional;
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
        var keyset =
                new Keyset(
                        "o.name_sort",
                        "varchar(255)",
                        query.descending(),
                        query.size(),
                        Cursor.read(query.cursor()));
        var parameters = ServerStore.parameters(viewer);
        parameters.put("kind", kind.name());
        var sql = new StringBuilder("select ").append(Rows.OBJECT);
        sql.append(" from cloud_object o where o.cloud = :cloud and o.kind = :kind and ");
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
        var page = keyset.page(lines, line -> new Cursor(false, line.sortName(), line.storedId()));
        return new Page<>(
                page.rows().stream().map(ObjectLine::object).toList(),
                page.previous(),
                page.next());
    }

    public Optional<CloudObject> find(Viewer viewer, Kind kind, String id) {
        return findAll(viewer, kind, List.of(id)).stream().findFirst();
    }

    /** At most a thousand. */
    public List<CloudObject> findAll(Viewer viewer, Kind kind, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var stored =
                ids.stream()
                        .limit(1000)
                        .map(id -> kind == Kind.KEYPAIR ? viewer.user() + "/" + id : id)
                        .map(id -> Text.storable(id, 512))
                        .toList();
        return select(viewer, kind, Look.FIND, "o.id in (:ids)", "ids", stored);
    }

    /** Those that are called exactly so. */
    public List<CloudObject> named(Viewer viewer, Kind kind, String name) {
        return select(viewer, kind, Look.LIST, "o.name_sort = :sort", "sort", Text.sortable(name))
                .stream()
                .filter(object -> object.name().equals(name))
                .toList();
    }

    /** What is attached to a server (ports) or to a port (floating addresses). */
    public List<CloudObject> attachedTo(Viewer viewer, Kind kind, String id) {
        return select(viewer, kind, Look.FIND, "o.attached_to = :id", "id", Text.storable(id, 255));
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
            Viewer viewer, Kind kind, Look look, String condition, String name, Object value) {
        return jdbc.sql(
                        """
                        select %s from cloud_object o
                        where o.cloud = :cloud and o.kind = :kind and %s and %s
                        order by o.name_sort, o.id
                        fetch first 1000 rows only
                        """
                                .formatted(
                                        Rows.OBJECT, condition, Visibility.of(viewer, kind, look)))
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .param(name, value)
                .query((row, number) -> Rows.object(row, number).object())
                .list();
    }
}
