package dev.stackwright.inventory.store;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the tables become records. */
final class Rows {

    static final JsonMapper JSON = new JsonMapper();

    static final String SERVER =
            """
            o.id, o.name, o.project_id, o.status, o.status_since, o.task, o.fault, o.host, o.zone,
            o.flavor_id, o.flavor_name, o.vcpus, o.memory_mb, o.disk_gb, o.image_id, o.addresses,
            o.created_at, o.revision, o.name_sort
            """;

    static final String OBJECT =
            """
            o.kind, o.id, o.name, o.project_id, o.status, o.facts, o.created_at, o.seen_at,
            o.name_sort
            """;

    private Rows() {}

    /** A server as it stands in its table; the image is still an id. */
    record ServerLine(ServerRow row, String sortName) {}

    static ServerLine server(ResultSet row, int number) throws SQLException {
        var addresses = row.getString("addresses").strip();
        var flavor = row.getString("flavor_name");
        return new ServerLine(
                new ServerRow(
                        row.getString("id"),
                        row.getString("name"),
                        new ProjectId(row.getString("project_id")),
                        row.getString("status"),
                        instant(row, "status_since"),
                        row.getString("task"),
                        row.getString("fault"),
                        row.getString("host"),
                        row.getString("zone"),
                        flavor.isEmpty() ? row.getString("flavor_id") : flavor,
                        row.getInt("vcpus"),
                        row.getLong("memory_mb"),
                        row.getLong("disk_gb"),
                        row.getString("image_id"),
                        addresses.isEmpty() ? List.of() : List.of(addresses.split(" ")),
                        instant(row, "created_at"),
                        row.getLong("revision")),
                row.getString("name_sort"));
    }

    /** An object, and what it is sorted by. */
    record ObjectLine(CloudObject object, String sortName, String storedId) {}

    static ObjectLine object(ResultSet row, int number) throws SQLException {
        var kind = Kind.valueOf(row.getString("kind"));
        var id = row.getString("id");
        var project = row.getString("project_id");
        var created = instant(row, "created_at");
        return new ObjectLine(
                new CloudObject(
                        kind,
                        ObjectStore.known(kind, id),
                        row.getString("name"),
                        project == null || project.isEmpty() ? null : new ProjectId(project),
                        row.getString("status"),
                        JSON.readTree(row.getString("facts")),
                        created.equals(Instant.EPOCH) ? null : created,
                        instant(row, "seen_at")),
                row.getString("name_sort"),
                id);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
