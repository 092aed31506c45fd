package dev.stackwright.operations.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.operations.KnownVerdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Verdicts in their table, and whose turn it is to make them. */
@Component
public class VerdictStore {

    private static final String COLUMNS = "v.id, v.body, v.found_at, v.seen_at, v.ended_at";
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    public VerdictStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Everything that is so now, the oldest first. */
    public List<KnownVerdict> open(CloudName cloud) {
        return jdbc.sql(
                        """
                        select %s from verdict v where v.cloud = :cloud and v.ended_at is null
                        order by v.found_at, v.id fetch first %d rows only
                        """
                                .formatted(COLUMNS, MOST))
                .param("cloud", cloud.value())
                .query((row, _) -> known(row))
                .list();
    }

    /** Of instances and volumes of one project. */
    public List<KnownVerdict> ofProject(CloudName cloud, ProjectId project) {
        return jdbc.sql(
                        """
                        select %s from verdict v
                        where v.cloud = :cloud and v.ended_at is null and v.project_id = :project
                        order by v.since_at desc, v.id fetch first 100 rows only
                        """
                                .formatted(COLUMNS))
                .param("cloud", cloud.value())
                .param("project", project.value())
                .query((row, _) -> known(row))
                .list();
    }

    /** Of these servers, and of hosts as a whole and the computes on them. */
    public List<KnownVerdict> ofServersAndHosts(
            CloudName cloud, Set<String> servers, Set<String> hosts) {
        return jdbc.sql(
                        """
                        select %s from verdict v
                        where v.cloud = :cloud and v.ended_at is null
                          and (v.subject_kind = 'SERVER' and v.subject_id in (:servers)
                               or v.code in ('nova-compute-down', 'host-down') and v.subject_kind in ('SERVICE', 'HOST')
                                  and v.host in (:hosts))
                        """
                                .formatted(COLUMNS))
                .param("cloud", cloud.value())
                .param("servers", servers)
                .param("hosts", hosts.isEmpty() ? Set.of("") : hosts)
                .query((row, _) -> known(row))
                .list();
    }

    /** What is wrong with the cloud itself. */
    public long countOfMachinery(CloudName cloud) {
        return jdbc.sql(
                        """
                        select count(*) from verdict v
                        where v.cloud = ? and v.ended_at is null
                          and v.subject_kind not in ('SERVER', 'VOLUME')
                        """)
                .param(cloud.value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /**
     * Differs when another verdict is open than before.
     *
     * @param project null for all of them; what is wrong with the cloud itself counts for each
     */
    public String mark(CloudName cloud, @Nullable ProjectId project) {
        return jdbc.sql(
                        """
                        select count(*), max(v.found_at) from verdict v
                        where v.cloud = :cloud and v.ended_at is null%s
                        """
                                .formatted(
                                        project == null
                                                ? ""
                                                : " and (v.project_id is null or v.project_id ="
                                                        + " :project)"))
                .param("cloud", cloud.value())
                .param("project", project == null ? "" : project.value())
                .query((row, _) -> {
                    var newest = row.getObject(2, OffsetDateTime.class);
                    return row.getLong(1)
                            + "-"
                            + (newest == null ? 0 : newest.toInstant().toEpochMilli());
                })
                .single();
    }

    public List<KnownVerdict> ended(CloudName cloud, int most) {
        return jdbc.sql(
                        """
                        select %s from verdict v
                        where v.cloud = :cloud and v.ended_at is not null
                        order by v.ended_at desc, v.id fetch first %d rows only
                        """
                                .formatted(COLUMNS, most))
                .param("cloud", cloud.value())
                .query((row, _) -> known(row))
                .list();
    }

    @Transactional
    public void write(
            CloudName cloud,
            List<KnownVerdict> fresh,
            List<KnownVerdict> seen,
            List<UUID> over,
            Instant now) {
        batches.batchUpdate(
                """
                insert into verdict (id, cloud, subject_kind, subject_id, project_id, host, code,
                                     since_at, found_at, seen_at, body)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                fresh.stream()
                        .map(each -> {
                            var verdict = each.verdict();
                            var subject = verdict.subject();
                            return new Object[] {
                                each.id().toString(),
                                cloud.value(),
                                subject.kind().name(),
                                subject.id(),
                                subject.project(),
                                subject.host(),
                                verdict.code().key(),
                                time(verdict.since()),
                                time(each.found()),
                                time(each.seen()),
                                VerdictJson.text(verdict)
                            };
                        })
                        .toList());
        batches.batchUpdate(
                "update verdict set seen_at = ?, since_at = ?, body = ? where id = ?",
                seen.stream()
                        .map(each ->
                                new Object[] {
                                    time(each.seen()),
                                    time(each.verdict().since()),
                                    VerdictJson.text(each.verdict()),
                                    each.id().toString()
                                })
                        .toList());
        batches.batchUpdate(
                "update verdict set ended_at = ? where id = ?",
                over.stream().map(id -> new Object[] {time(now), id.toString()}).toList());
        jdbc.sql("update doctor_lease set examined_at = ? where cloud = ?")
                .params(time(now), cloud.value())
                .update();
    }

    public Optional<Instant> examined(CloudName cloud) {
        return jdbc.sql("select examined_at from doctor_lease where cloud = ?")
                .param(cloud.value())
                .query((row, _) -> Optional.ofNullable(instantOrNull(row, "examined_at")))
                .optional()
                .flatMap(at -> at);
    }

    /** Forgets what was over before this. */
    public void forget(Instant before) {
        jdbc.sql("delete from verdict where ended_at < ?").param(time(before)).update();
    }

    /** Whether this owner may examine the cloud from now on for a while. */
    public boolean lease(CloudName cloud, String owner, Duration length) {
        var until = now().plus(length);
        var mine =
                jdbc.sql(
                                """
                                update doctor_lease set owner = ?, until_at = ?
                                where cloud = ? and (owner = ? or until_at < current_timestamp)
                                """)
                        .params(owner, until, cloud.value(), owner)
                        .update();
        if (mine == 1) {
            return true;
        }
        var taken =
                jdbc.sql("select count(*) from doctor_lease where cloud = ?")
                        .param(cloud.value())
                        .query((row, _) -> row.getLong(1))
                        .single();
        if (taken > 0) {
            return false;
        }
        try {
            jdbc.sql("insert into doctor_lease (cloud, owner, until_at) values (?, ?, ?)")
                    .params(cloud.value(), owner, until)
                    .update();
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    /** Another replica may take over at once. */
    public void release(CloudName cloud, String owner) {
        jdbc.sql("update doctor_lease set until_at = ? where cloud = ? and owner = ?")
                .params(now().minusSeconds(1), cloud.value(), owner)
                .update();
    }

    private OffsetDateTime now() {
        return jdbc.sql("select current_timestamp")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .single();
    }

    private static KnownVerdict known(ResultSet row) throws SQLException {
        return new KnownVerdict(
                UUID.fromString(row.getString("id")),
                VerdictJson.verdict(row.getString("body")),
                row.getObject("found_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                instantOrNull(row, "ended_at"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
