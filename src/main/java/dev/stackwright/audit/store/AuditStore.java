package dev.stackwright.audit.store;

import dev.stackwright.audit.AuditPage;
import dev.stackwright.audit.AuditQuery;
import dev.stackwright.audit.AuditRecord;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Adds and reads audit records. */
@Repository
public class AuditStore {

    private static final String COLUMNS =
            """
            select id, at, cloud, project_id, user_id, user_name, action, object_kind, object_id,
                object_name, outcome, plan_id, detail, request_id
            from audit_record
            """;

    /** Where a page begins, and in which direction it is read. */
    private record Key(boolean newer, Instant at, UUID id) {

        String text() {
            String plain = (newer ? "n" : "o") + "|" + at + "|" + id;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        /** A cursor that is none starts at the beginning. */
        static Optional<Key> of(@Nullable String text) {
            if (text == null) {
                return Optional.empty();
            }
            try {
                String plain =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split("\\|", 3);
                return parts.length == 3
                        ? Optional.of(
                                new Key(
                                        parts[0].equals("n"),
                                        Instant.parse(parts[1]),
                                        UUID.fromString(parts[2])))
                        : Optional.empty();
            } catch (IllegalArgumentException | DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    private final JdbcClient jdbc;

    public AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(AuditRecord record) {
        jdbc.sql(
                        """
                        insert into audit_record (id, at, cloud, project_id, user_id, user_name,
                            action, object_kind, object_id, object_name, outcome, plan_id, detail,
                            request_id)
                        values (:id, :at, :cloud, :project, :user, :userName,
                            :action, :kind, :object, :name, :outcome, :plan, :detail, :request)
                        """)
                .param("id", record.id())
                .param("at", utc(record.at()))
                .param("cloud", record.cloud().value())
                .param("project", record.project() == null ? null : record.project().value())
                .param("user", record.user().value())
                .param("userName", record.userName())
                .param("action", record.action())
                .param("kind", record.objectKind())
                .param("object", record.objectId())
                .param("name", record.objectName())
                .param("outcome", record.outcome().name())
                .param("plan", record.plan(), Types.OTHER)
                .param("detail", record.detail())
                .param("request", record.request())
                .update();
    }

    public AuditPage list(CloudName cloud, ProjectId project, AuditQuery query) {
        Optional<Key> key = Key.of(query.cursor());
        boolean newer = key.map(Key::newer).orElse(false);
        List<AuditRecord> rows = new ArrayList<>(read(cloud, project, query, key, newer));
        boolean more = rows.size() > query.size();
        if (more) {
            rows.removeLast();
        }
        if (newer) {
            rows = rows.reversed();
        }
        if (rows.isEmpty()) {
            return new AuditPage(rows, null, null);
        }
        boolean hasNewer = newer ? more : key.isPresent();
        boolean hasOlder = newer || more;
        return new AuditPage(
                rows,
                hasNewer ? key(true, rows.getFirst()) : null,
                hasOlder ? key(false, rows.getLast()) : null);
    }

    private List<AuditRecord> read(
            CloudName cloud,
            ProjectId project,
            AuditQuery query,
            Optional<Key> key,
            boolean newer) {
        StringBuilder sql = new StringBuilder(COLUMNS);
        sql.append("where cloud = :cloud and project_id = :project\n");
        if (!query.text().isEmpty()) {
            sql.append(
                    """
                    and (lower(object_name) like :text escape '!'
                        or lower(user_name) like :text escape '!'
                        or object_id = :id)
                    """);
        }
        if (!query.action().isEmpty()) {
            sql.append("and action like :action escape '!'\n");
        }
        if (query.from() != null) {
            sql.append("and at >= :from\n");
        }
        if (query.to() != null) {
            sql.append("and at < :to\n");
        }
        if (key.isPresent()) {
            sql.append(
                    newer
                            ? "and (at, id) > (:keyAt, :keyId)\n"
                            : "and (at, id) < (:keyAt, :keyId)\n");
        }
        sql.append(newer ? "order by at, id\n" : "order by at desc, id desc\n");
        sql.append("fetch first :rows rows only");
        var statement =
                jdbc.sql(sql.toString())
                        .param("cloud", cloud.value())
                        .param("project", project.value())
                        .param("rows", query.size() + 1);
        if (!query.text().isEmpty()) {
            statement =
                    statement
                            .param("text", "%" + like(query.text().toLowerCase(Locale.ROOT)) + "%")
                            .param("id", query.text());
        }
        if (!query.action().isEmpty()) {
            statement = statement.param("action", like(query.action()) + "%");
        }
        if (query.from() != null) {
            statement = statement.param("from", utc(query.from()));
        }
        if (query.to() != null) {
            statement = statement.param("to", utc(query.to()));
        }
        if (key.isPresent()) {
            statement =
                    statement.param("keyAt", utc(key.get().at())).param("keyId", key.get().id());
        }
        return statement.query((row, _) -> record(row)).list();
    }

    public List<AuditRecord> of(CloudName cloud, ProjectId project, String object, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + """
                                where cloud = :cloud and object_id = :object and project_id = :project
                                order by at desc, id desc
                                fetch first :rows rows only
                                """)
                .param("cloud", cloud.value())
                .param("object", object)
                .param("project", project.value())
                .param("rows", limit)
                .query((row, _) -> record(row))
                .list();
    }

    private static String key(boolean newer, AuditRecord record) {
        return new Key(newer, record.at(), record.id()).text();
    }

    private static String like(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        String project = row.getString("project_id");
        return new AuditRecord(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new CloudName(row.getString("cloud")),
                project == null ? null : new ProjectId(project),
                new UserId(row.getString("user_id")),
                row.getString("user_name"),
                row.getString("action"),
                row.getString("object_kind"),
                row.getString("object_id"),
                row.getString("object_name"),
                AuditRecord.Outcome.valueOf(row.getString("outcome")),
                row.getObject("plan_id", UUID.class),
                row.getString("detail"),
                row.getString("request_id"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
