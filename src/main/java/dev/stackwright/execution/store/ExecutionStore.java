package dev.stackwright.execution.store;

import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionRequest;
import dev.stackwright.execution.ExecutionState;
import dev.stackwright.execution.ExecutionView;
import dev.stackwright.execution.StepState;
import dev.stackwright.execution.StepView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of executions, their steps and their journal. All lease arithmetic is done by the
 * database.
 */
public class ExecutionStore {

    private static final String LEASE_END =
            "current_timestamp + cast(:seconds as integer) * interval '1' second";

    private final JdbcClient jdbc;
    private final JdbcTemplate rows;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    public ExecutionStore(
            JdbcTemplate rows, PlatformTransactionManager transactions, JsonMapper json) {
        this.jdbc = JdbcClient.create(rows);
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
    }

    /** Inserts the execution with its steps; takes part in the caller's transaction. */
    public void insert(ExecutionRequest request, Instant now) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql(
                            """
                            insert into execution (id, kind, subject, state, cancel_requested,
                                created_at, deadline, fence, revision)
                            values (:id, :kind, :subject, 'RUNNING', false, :now, :deadline, 0, 0)
                            """)
                    .param("id", request.id().value())
                    .param("kind", request.kind())
                    .param("subject", request.subject())
                    .param("now", utc(now))
                    .param("deadline", utcOrNull(request.deadline()), Types.TIMESTAMP_WITH_TIMEZONE)
                    .update();
            var batch = new ArrayList<Object[]>();
            for (var step : request.steps()) {
                batch.add(
                        new Object[] {
                            request.id().value(),
                            step.name(),
                            batch.size(),
                            step.handler(),
                            step.payload().toString(),
                            json.writeValueAsString(step.after()),
                            step.always()
                        });
            }
            rows.batchUpdate(
                    """
                    insert into step (execution, name, place, handler, payload, runs_after,
                        always_runs, state, attempt, kept)
                    values (?, ?, ?, ?, ?, ?, ?, 'PENDING', 0, '{}')
                    """,
                    batch);
        });
    }

    /**
     * Takes over what nobody owns, at most {@code limit}; what this owner held in an earlier life
     * counts as free.
     */
    public List<Lease> claim(
            String owner, Collection<ExecutionId> held, Duration lease, int limit) {
        var free =
                jdbc.sql(
                                """
                                select id, fence from execution
                                where state = 'RUNNING'
                                  and (owner is null or owner = :owner or lease_until < current_timestamp)
                                order by created_at, id
                                fetch first 1000 rows only
                                """)
                        .param("owner", owner)
                        .query((row, _) ->
                                new Lease(
                                        new ExecutionId(row.getObject("id", UUID.class)),
                                        owner,
                                        row.getLong("fence")))
                        .list();
        var claimed = new ArrayList<Lease>();
        for (var one : free) {
            if (claimed.size() == limit) {
                break;
            }
            if (!held.contains(one.execution()) && take(one, lease)) {
                claimed.add(new Lease(one.execution(), owner, one.fence() + 1));
            }
        }
        return claimed;
    }

    /** How many are being walked by somebody. */
    public long owned() {
        return count("owner is not null and lease_until >= current_timestamp");
    }

    /** How many nobody walks: they were just started, or their worker died. */
    public long unowned() {
        return count("(owner is null or lease_until < current_timestamp)");
    }

    private long count(String condition) {
        return jdbc.sql("select count(*) from execution where state = 'RUNNING' and " + condition)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private boolean take(Lease seen, Duration lease) {
        return jdbc.sql(
                                """
                                update execution set owner = :owner, fence = fence + 1, lease_until = %s
                                where id = :id and fence = :fence and state = 'RUNNING'
                                  and (owner is null or owner = :owner or lease_until < current_timestamp)
                                """
                                        .formatted(LEASE_END))
                        .param("owner", seen.owner())
                        .param("seconds", lease.toSeconds())
                        .param("id", seen.execution().value())
                        .param("fence", seen.fence())
                        .update()
                == 1;
    }

    /** Says that the owner lives; false when the lease is somebody else's. */
    public boolean renew(Lease held, Duration lease) {
        return jdbc.sql(
                                """
                                update execution set lease_until = %s
                                where id = :id and owner = :owner and fence = :fence
                                """
                                        .formatted(LEASE_END))
                        .param("seconds", lease.toSeconds())
                        .param("id", held.execution().value())
                        .param("owner", held.owner())
                        .param("fence", held.fence())
                        .update()
                == 1;
    }

    /** Lets others carry on at once. */
    public void release(Lease held) {
        jdbc.sql(
                        """
                        update execution set owner = null, lease_until = null
                        where id = :id and owner = :owner and fence = :fence
                        """)
                .param("id", held.execution().value())
                .param("owner", held.owner())
                .param("fence", held.fence())
                .update();
    }

    /**
     * Writes the entries down in one transaction that also proves and renews the lease.
     *
     * @param revision what the execution's revision is before; it is one more afterwards
     * @param within runs inside the transaction, after the entries
     * @throws LeaseLost when somebody else owns the execution
     */
    public void record(
            Lease held, long revision, Duration lease, List<Entry> entries, Runnable within) {
        transaction.executeWithoutResult(_ -> {
            int mine =
                    jdbc.sql(
                                    """
                                    update execution set revision = revision + 1, lease_until = %s
                                    where id = :id and owner = :owner and fence = :fence
                                      and revision = :revision and state = 'RUNNING'
                                    """
                                            .formatted(LEASE_END))
                            .param("seconds", lease.toSeconds())
                            .param("id", held.execution().value())
                            .param("owner", held.owner())
                            .param("fence", held.fence())
                            .param("revision", revision)
                            .update();
            if (mine != 1) {
                throw new LeaseLost(held.execution());
            }
            write(held.execution(), revision, entries);
            within.run();
        });
    }

    private void write(ExecutionId execution, long revision, List<Entry> entries) {
        var id = execution.value();
        var begun = new ArrayList<Object[]>();
        var kept = new ArrayList<Object[]>();
        var lines = new ArrayList<Object[]>();
        var moved = new ArrayList<Object[]>();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Begun b ->
                        begun.add(new Object[] {b.attempt(), utc(b.at()), id, b.step()});
                case Entry.Kept k -> kept.add(new Object[] {k.memory().toString(), id, k.step()});
                case Entry.Line l ->
                        lines.add(
                                new Object[] {
                                    id,
                                    revision * 10_000 + lines.size(),
                                    l.step(),
                                    l.kind().name(),
                                    l.change(),
                                    l.detail(),
                                    utc(l.at())
                                });
                case Entry.Moved m ->
                        moved.add(
                                new Object[] {
                                    m.state().name(),
                                    m.result() == null ? null : m.result().toString(),
                                    m.note(),
                                    m.failure(),
                                    m.state().isTerminal() ? utc(m.at()) : null,
                                    id,
                                    m.step()
                                });
                case Entry.Ended e -> end(execution, e);
            }
        }
        batch(
                """
                update step set state = 'RUNNING', attempt = ?, note = null,
                    started_at = coalesce(started_at, ?) where execution = ? and name = ?
                """,
                begun);
        batch("update step set kept = ? where execution = ? and name = ?", kept);
        batch(
                """
                insert into journal (execution, number, step, entry, change_name, detail, written_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                lines);
        batch(
                """
                update step set state = ?, result = ?, note = ?, failure = ?, finished_at = ?
                where execution = ? and name = ?
                """,
                moved);
    }

    private void batch(String sql, List<Object[]> batch) {
        if (!batch.isEmpty()) {
            rows.batchUpdate(sql, batch);
        }
    }

    private void end(ExecutionId execution, Entry.Ended ended) {
        jdbc.sql(
                        """
                        update execution set state = :state, finished_at = :at, failed_step = :step,
                            failure = :failure, owner = null, lease_until = null
                        where id = :id
                        """)
                .param("state", ended.state().name())
                .param("at", utc(ended.at()))
                .param("step", ended.failedStep(), Types.VARCHAR)
                .param("failure", ended.failure(), Types.VARCHAR)
                .param("id", execution.value())
                .update();
    }

    /** Whether a write that seemed to fail was committed all the same. */
    public boolean isRecorded(Lease held, long revision) {
        return jdbc.sql(
                                """
                                select count(*) from execution
                                where id = :id and fence = :fence and revision > :revision
                                """)
                        .param("id", held.execution().value())
                        .param("fence", held.fence())
                        .param("revision", revision)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public void requestCancel(ExecutionId id) {
        jdbc.sql(
                        "update execution set cancel_requested = true where id = :id and state ="
                                + " 'RUNNING'")
                .param("id", id.value())
                .update();
    }

    /** Those of the given executions that were asked to stop. */
    public Set<ExecutionId> cancelled(Collection<ExecutionId> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(
                jdbc.sql("select id from execution where cancel_requested and id in (:ids)")
                        .param("ids", ids.stream().map(ExecutionId::value).toList())
                        .query((row, _) -> new ExecutionId(row.getObject("id", UUID.class)))
                        .list());
    }

    public Optional<Instant> deadline(ExecutionId id) {
        return jdbc.sql("select deadline from execution where id = :id and deadline is not null")
                .param("id", id.value())
                .query((row, _) -> instant(row, "deadline"))
                .optional();
    }

    public Optional<ExecutionState> state(ExecutionId id) {
        return jdbc.sql("select state from execution where id = :id")
                .param("id", id.value())
                .query((row, _) -> ExecutionState.valueOf(row.getString(1)))
                .optional();
    }

    public Optional<ExecutionView> find(ExecutionId id) {
        return jdbc.sql("select * from execution where id = :id")
                .param("id", id.value())
                .query((row, _) -> execution(row))
                .optional();
    }

    private ExecutionView execution(ResultSet row) throws SQLException {
        var id = new ExecutionId(row.getObject("id", UUID.class));
        return new ExecutionView(
                id,
                row.getString("kind"),
                row.getString("subject"),
                ExecutionState.valueOf(row.getString("state")),
                row.getBoolean("cancel_requested"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"),
                row.getString("failure"),
                row.getLong("revision"),
                steps(id));
    }

    private List<StepView> steps(ExecutionId id) {
        return jdbc.sql("select * from step where execution = :id order by place")
                .param("id", id.value())
                .query((row, _) -> step(row))
                .list();
    }

    private StepView step(ResultSet row) throws SQLException {
        var result = row.getString("result");
        return new StepView(
                row.getString("name"),
                row.getInt("place"),
                row.getString("handler"),
                json.readTree(row.getString("payload")),
                names(json.readTree(row.getString("runs_after"))),
                row.getBoolean("always_runs"),
                StepState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                json.readTree(row.getString("kept")),
                result == null ? null : json.readTree(result),
                row.getString("note"),
                row.getString("failure"),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    /**
     * The changes that were begun and of which nobody knows how they ended, as {@code step /
     * change}.
     */
    public Set<OpenChange> openChanges(ExecutionId id) {
        var open = new LinkedHashSet<OpenChange>();
        jdbc.sql(
                        """
                        select step, entry, change_name from journal where execution = :id
                        order by number
                        """)
                .param("id", id.value())
                .query(row -> {
                    var change =
                            new OpenChange(row.getString("step"), row.getString("change_name"));
                    if (row.getString("entry").equals(Entry.Line.Kind.INTENT.name())) {
                        open.add(change);
                    } else {
                        open.remove(change);
                    }
                });
        return open;
    }

    /** A change whose end nobody knows. */
    public record OpenChange(String step, String change) {}

    private static Set<String> names(JsonNode array) {
        var names = new LinkedHashSet<String>();
        array.forEach(name -> names.add(name.asString()));
        return names;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
        return instant == null ? null : utc(instant);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
