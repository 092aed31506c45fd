package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.Page;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.StatusCount;
import dev.stackwright.inventory.store.Rows.ServerLine;
import dev.stackwright.inventory.store.Visibility.Look;
import dev.stackwright.kernel.Viewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Reads servers on behalf of a viewer. */
@Component
public class ServerStore {

    private static final int MOST_CHANGES = 500;

    /** Stands between status and name in the cursor of a list by status. */
    private static final char BETWEEN = '\u0002';

    private final JdbcClient jdbc;

    public ServerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A server with what only its own page shows. */
    public record Whole(
            ServerRow row,
            String userId,
            @Nullable String keypair,
            @Nullable String imageId,
            String flavorId,
            boolean locked,
            JsonNode facts,
            @Nullable List<ServerAction> actions,
            Instant seen) {}

    public Page<ServerRow> page(Viewer viewer, ServerQuery query) {
        var walk = Walk.of(query);
        var keyset = walk.keyset();
        var parameters = parameters(viewer);
        var where = new StringBuilder("select ").append(Rows.SERVER);
        where.append(" from server o where o.cloud = :cloud and ").append(look(viewer, query));
        filter(where, parameters, viewer, query);
        if (query.sort() == ServerQuery.Sort.STATUS && query.status() == null) {
            // True of all: without a word about the status H2 takes a shorter index and sorts.
            where.append(" and o.status >= ''");
        }
        var sql = where.toString();
        var cursor = keyset.cursor();
        if (cursor != null) {
            parameters.put("at", cursor.sort());
            parameters.put("after", cursor.id());
        }
        var lines = new ArrayList<ServerLine>();
        if (walk.status() == null) {
            lines.addAll(lines(sql + keyset.condition() + keyset.order(), parameters));
        } else {
            // First the rest of the status where the last page ended, then the statuses after it:
            // each is one walk along the index, which the two in one query would not be.
            parameters.put("run", walk.status());
            lines.addAll(
                    lines(
                            sql + " and o.status = :run" + keyset.condition() + keyset.order(),
                            parameters));
            if (lines.size() <= query.size()) {
                lines.addAll(
                        lines(
                                sql + " and o.status " + keyset.sign() + " :run" + keyset.order(),
                                parameters));
            }
        }
        var page = keyset.page(lines, line -> place(line, query));
        return new Page<>(
                page.rows().stream().map(ServerLine::row).toList(), page.previous(), page.next());
    }

    private List<ServerLine> lines(String sql, Map<String, Object> parameters) {
        return jdbc.sql(sql).params(parameters).query(Rows::server).list();
    }

    public Optional<Whole> find(Viewer viewer, String id) {
        return jdbc.sql(
                        """
                        select %s, o.user_id, o.keypair, o.locked, f.facts, f.actions, o.seen_at
                        from server o
                        join server_facts f on f.cloud = o.cloud and f.id = o.id
                        where o.cloud = :cloud and o.id = :id and %s
                        """
                                .formatted(
                                        Rows.SERVER, Visibility.of(viewer, Kind.SERVER, Look.FIND)))
                .params(parameters(viewer))
                .param("id", Text.storable(id, 64))
                .query((row, number) -> {
                    var actions = row.getString("actions");
                    return new Whole(
                            Rows.server(row, number).row(),
                            row.getString("user_id"),
                            row.getString("keypair"),
                            row.getString("image_id"),
                            row.getString("flavor_id"),
                            row.getBoolean("locked"),
                            Rows.JSON.readTree(row.getString("facts")),
                            actions == null
                                    ? null
                                    : Rows.JSON.readValue(
                                            actions, new TypeReference<List<ServerAction>>() {}),
                            Rows.instant(row, "seen_at"));
                })
                .optional();
    }

    /** At most a thousand, by name. */
    public List<ServerRow> findAll(Viewer viewer, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var picked = Picked.of(ids.stream().limit(1000).map(id -> Text.storable(id, 64)).toList());
        return select(viewer, picked.from("server"), picked.parameters(), 1000);
    }

    /** Those that name this thing, by name. */
    public List<ServerRow> naming(Viewer viewer, ObjectRef target, int most) {
        return select(
                viewer,
                ObjectStore.naming("server"),
                ObjectStore.naming(viewer, Kind.SERVER, target),
                most);
    }

    private List<ServerRow> select(
            Viewer viewer, String from, Map<String, Object> parameters, int most) {
        return jdbc.sql(
                        """
                        select %s from %s
                        where o.cloud = :cloud and %s
                        order by o.name_sort, o.id fetch first %d rows only
                        """
                                .formatted(
                                        Rows.SERVER,
                                        from,
                                        Visibility.of(viewer, Kind.SERVER, Look.FIND),
                                        most))
                .params(parameters(viewer))
                .params(parameters)
                .query((row, number) -> Rows.server(row, number).row())
                .list();
    }

    public List<StatusCount> counts(Viewer viewer) {
        return jdbc.sql(
                        """
                        select o.status, count(*) as servers from server o
                        where o.cloud = :cloud and %s
                        group by o.status order by o.status
                        """
                                .formatted(Visibility.of(viewer, Kind.SERVER, Look.LIST)))
                .params(parameters(viewer))
                .query((row, _) -> new StatusCount(row.getString(1), row.getLong(2)))
                .list();
    }

    /** The first five hundred that changed after a revision, oldest change first. */
    public List<ServerRow> changedSince(Viewer viewer, long revision) {
        return jdbc.sql(
                        """
                        select %s from server o
                        where o.cloud = :cloud and %s and o.revision > :revision
                        order by o.revision fetch first %d rows only
                        """
                                .formatted(
                                        Rows.SERVER,
                                        Visibility.of(viewer, Kind.SERVER, Look.LIST),
                                        MOST_CHANGES))
                .params(parameters(viewer))
                .param("revision", revision)
                .query((row, number) -> Rows.server(row, number).row())
                .list();
    }

    /** The servers that went after a revision. */
    public List<String> goneSince(Viewer viewer, long revision) {
        return jdbc.sql(
                        """
                        select o.id from tombstone o
                        where o.cloud = :cloud and o.kind = 'SERVER' and %s and o.revision > :revision
                        order by o.revision fetch first %d rows only
                        """
                                .formatted(
                                        Visibility.of(viewer, Kind.SERVER, Look.LIST),
                                        MOST_CHANGES))
                .params(parameters(viewer))
                .param("revision", revision)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static String look(Viewer viewer, ServerQuery query) {
        return Visibility.of(
                viewer, Kind.SERVER, query.everyProject() ? Look.EVERYTHING : Look.LIST);
    }

    private static void filter(
            StringBuilder sql, Map<String, Object> parameters, Viewer viewer, ServerQuery query) {
        if (query.name() != null) {
            sql.append(" and o.name_sort like :name escape '!'");
            parameters.put("name", "%" + Text.pattern(Text.sortable(query.name())) + "%");
        }
        if (query.status() != null) {
            sql.append(" and o.status = :status");
            parameters.put("status", Text.storable(query.status(), 64));
        }
        if (query.host() != null) {
            sql.append(viewer.admin() ? " and o.host = :host" : " and 1 = 0");
            parameters.put("host", Text.storable(query.host(), 255));
        }
        if (query.flavor() != null) {
            sql.append(" and (o.flavor_name = :flavor or o.flavor_id = :flavor)");
            parameters.put("flavor", Text.storable(query.flavor(), 255));
        }
        if (query.image() != null) {
            sql.append(" and o.image_id = :image");
            parameters.put("image", Text.storable(query.image(), 64));
        }
        if (query.address() != null) {
            sql.append(" and o.addresses like :address escape '!'");
            parameters.put(
                    "address", "% " + Text.pattern(Text.storable(query.address(), 64)) + "%");
        }
    }

    /**
     * How a list is walked.
     *
     * @param status where the last page of a list by status ended; null for other lists, and at the
     *     beginning
     */
    private record Walk(Keyset keyset, @Nullable String status) {

        static Walk of(ServerQuery query) {
            var led = new ArrayList<String>();
            led.add("o.cloud");
            if (!query.everyProject()) {
                led.add("o.project_id");
            }
            var byStatus = query.sort() == ServerQuery.Sort.STATUS;
            if (byStatus || query.status() != null) {
                led.add("o.status");
            }
            var cursor = Cursor.read(query.cursor());
            var status = byStatus && cursor != null ? statusOf(cursor) : null;
            return query.sort() == ServerQuery.Sort.CREATED
                    ? new Walk(
                            new Keyset(
                                    led,
                                    "o.created_at",
                                    "timestamp(6) with time zone",
                                    query.descending(),
                                    query.size(),
                                    Keyset.inTime(cursor)),
                            null)
                    : new Walk(
                            new Keyset(
                                    led,
                                    "o.name_sort",
                                    "varchar(255)",
                                    query.descending(),
                                    query.size(),
                                    byStatus && cursor != null ? nameOf(cursor) : cursor),
                            status);
        }

        private static String statusOf(Cursor cursor) {
            var end = cursor.sort().indexOf(BETWEEN);
            return end < 0 ? cursor.sort() : cursor.sort().substring(0, end);
        }

        private static Cursor nameOf(Cursor cursor) {
            var end = cursor.sort().indexOf(BETWEEN);
            return new Cursor(
                    cursor.backwards(),
                    end < 0 ? "" : cursor.sort().substring(end + 1),
                    cursor.id());
        }
    }

    private static Cursor place(ServerLine line, ServerQuery query) {
        var sort =
                switch (query.sort()) {
                    case NAME -> line.sortName();
                    case STATUS -> line.row().status() + BETWEEN + line.sortName();
                    case CREATED -> line.row().created().toString();
                };
        return new Cursor(false, sort, line.row().id());
    }

    static Map<String, Object> parameters(Viewer viewer) {
        var parameters = new HashMap<String, Object>();
        parameters.put("cloud", viewer.cloud().value());
        parameters.put("project", viewer.project().value());
        parameters.put("viewer", viewer.user().value());
        return parameters;
    }
}
