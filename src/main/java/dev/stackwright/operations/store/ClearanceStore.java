package dev.stackwright.operations.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.ClearanceMove;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.ClearanceMove.Wish;
import dev.stackwright.operations.clearing.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Clearances and what moves in them. */
@Component
public class ClearanceStore {

    private static final int LONGEST_NOTE = 900;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    public ClearanceStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    public void insert(Clearance it) {
        jdbc.sql(
                        """
                        insert into clearance (id, cloud, host_id, host, kind, state, reason, fencing,
                                               user_id, user_name, parallel, paused, stopping, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        java.util.Arrays.asList(
                                it.id().toString(),
                                it.cloud().value(),
                                it.hostId(),
                                it.host(),
                                it.kind().name(),
                                it.state().name(),
                                it.reason(),
                                it.fencing(),
                                it.userId(),
                                it.userName(),
                                it.parallel(),
                                it.paused(),
                                it.stopping(),
                                time(it.created())))
                .update();
    }

    public void insert(List<ClearanceMove> moves) {
        batches.batchUpdate(
                """
                insert into clearance_move (clearance, phase, server, ordinal, name, project, way,
                                            origin, target, was, state, execution)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                moves.stream()
                        .map(move ->
                                new Object[] {
                                    move.clearance().toString(),
                                    move.phase().name(),
                                    move.server(),
                                    move.ordinal(),
                                    move.name(),
                                    move.project(),
                                    move.way().name(),
                                    move.origin(),
                                    move.target(),
                                    move.was(),
                                    move.state().name(),
                                    move.execution().toString()
                                })
                        .toList());
    }

    public Optional<Clearance> find(UUID id) {
        return jdbc.sql("select * from clearance where id = ?")
                .param(id.toString())
                .query((row, _) -> clearance(row))
                .optional();
    }

    /** The newest of a host. */
    public Optional<Clearance> latest(CloudName cloud, String hostId) {
        return jdbc.sql(
                        """
                        select * from clearance where cloud = ? and host_id = ?
                        order by created_at desc, id fetch first 1 rows only
                        """)
                .params(cloud.value(), hostId)
                .query((row, _) -> clearance(row))
                .optional();
    }

    /** Those of a cloud that are not over, and the newest that are. */
    public List<Clearance> list(CloudName cloud, int most) {
        return jdbc.sql(
                        """
                        select * from clearance where cloud = ?
                        order by created_at desc, id fetch first %d rows only
                        """
                                .formatted(most))
                .param(cloud.value())
                .query((row, _) -> clearance(row))
                .list();
    }

    public List<ClearanceMove> moves(UUID clearance) {
        return jdbc.sql(
                        """
                        select * from clearance_move where clearance = ?
                        order by phase desc, ordinal, server
                        """)
                .param(clearance.toString())
                .query((row, _) -> move(row))
                .list();
    }

    public Optional<ClearanceMove> move(UUID clearance, Phase phase, String server) {
        return jdbc.sql(
                        """
                        select * from clearance_move
                        where clearance = ? and phase = ? and server = ?
                        """)
                .params(clearance.toString(), phase.name(), server)
                .query((row, _) -> move(row))
                .optional();
    }

    /**
     * Whether it is this one's turn: fewer than so many are moving, and none that waits comes
     * before it. From then on it is moving.
     */
    public boolean begin(ClearanceMove move, int parallel, Instant now) {
        return jdbc.sql(
                                """
                                update clearance_move set state = 'MOVING', begun_at = :now, note = null
                                where clearance = :clearance and phase = :phase and server = :server
                                  and state = 'WAITING'
                                  and (select count(*) from clearance_move o
                                       where o.clearance = :clearance and o.phase = :phase
                                         and (o.state = 'MOVING'
                                              or o.state = 'WAITING' and o.ordinal < :ordinal))
                                      < :parallel
                                """)
                        .param("now", time(now))
                        .param("clearance", move.clearance().toString())
                        .param("phase", move.phase().name())
                        .param("server", move.server())
                        .param("ordinal", move.ordinal())
                        .param("parallel", parallel)
                        .update()
                == 1;
    }

    /** What is going on with it. */
    public void note(ClearanceMove move, String note) {
        if (!note.equals(move.note())) {
            jdbc.sql(
                            """
                            update clearance_move set note = ?
                            where clearance = ? and phase = ? and server = ?
                            """)
                    .params(
                            fit(note),
                            move.clearance().toString(),
                            move.phase().name(),
                            move.server())
                    .update();
        }
    }

    public void end(
            ClearanceMove move,
            ClearanceMove.State state,
            @Nullable String at,
            @Nullable String note,
            Instant now) {
        jdbc.sql(
                        """
                        update clearance_move
                        set state = ?, at_host = ?, note = ?, ended_at = ?, wish = null
                        where clearance = ? and phase = ? and server = ?
                          and state in ('WAITING', 'MOVING')
                        """)
                .params(
                        java.util.Arrays.asList(
                                state.name(),
                                at,
                                note == null ? null : fit(note),
                                time(now),
                                move.clearance().toString(),
                                move.phase().name(),
                                move.server()))
                .update();
    }

    /** Begins one anew that did not work; false when it is not one of those. */
    public boolean again(ClearanceMove move, UUID execution) {
        return jdbc.sql(
                                """
                                update clearance_move
                                set state = 'WAITING', execution = ?, target = null, note = null,
                                    wish = null, begun_at = null, ended_at = null
                                where clearance = ? and phase = ? and server = ?
                                  and state in ('FAILED', 'LEFT')
                                """)
                        .params(
                                execution.toString(),
                                move.clearance().toString(),
                                move.phase().name(),
                                move.server())
                        .update()
                == 1;
    }

    public boolean wish(UUID clearance, Phase phase, String server, Wish wish) {
        return jdbc.sql(
                                """
                                update clearance_move set wish = ?
                                where clearance = ? and phase = ? and server = ?
                                  and state in ('WAITING', 'MOVING')
                                """)
                        .params(wish.name(), clearance.toString(), phase.name(), server)
                        .update()
                == 1;
    }

    public void pause(UUID clearance, boolean paused) {
        jdbc.sql("update clearance set paused = ? where id = ?")
                .params(paused, clearance.toString())
                .update();
    }

    public void stop(UUID clearance, @Nullable String note) {
        jdbc.sql("update clearance set stopping = true, paused = false, note = ? where id = ?")
                .params(java.util.Arrays.asList(note, clearance.toString()))
                .update();
    }

    /** It is taken up once more: what was asked for the last time is forgotten. */
    public boolean take(UUID clearance, Clearance.State state, int parallel) {
        return jdbc.sql(
                                """
                                update clearance
                                set state = ?, parallel = ?, paused = false, stopping = false,
                                    note = null, ended_at = null
                                where id = ? and state <> 'RETURNED' and state <> 'RETURNING'
                                """)
                        .params(state.name(), parallel, clearance.toString())
                        .update()
                == 1;
    }

    public void end(UUID clearance, Clearance.State state, @Nullable String note, Instant now) {
        jdbc.sql(
                        """
                        update clearance set state = ?, note = ?, ended_at = ?, paused = false,
                                             empty_at = case when ? = 'EMPTY' then ? else empty_at end
                        where id = ?
                        """)
                .params(
                        java.util.Arrays.asList(
                                state.name(),
                                note == null ? null : fit(note),
                                time(now),
                                state.name(),
                                time(now),
                                clearance.toString()))
                .update();
    }

    private static Clearance clearance(ResultSet row) throws SQLException {
        return new Clearance(
                UUID.fromString(row.getString("id")),
                new CloudName(row.getString("cloud")),
                row.getString("host_id"),
                row.getString("host"),
                Clearance.Kind.valueOf(row.getString("kind")),
                Clearance.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("fencing"),
                row.getString("user_id"),
                row.getString("user_name"),
                row.getInt("parallel"),
                row.getBoolean("paused"),
                row.getBoolean("stopping"),
                row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "empty_at"),
                instant(row, "ended_at"));
    }

    private static ClearanceMove move(ResultSet row) throws SQLException {
        var wish = row.getString("wish");
        return new ClearanceMove(
                UUID.fromString(row.getString("clearance")),
                Phase.valueOf(row.getString("phase")),
                row.getString("server"),
                row.getInt("ordinal"),
                row.getString("name"),
                row.getString("project"),
                Way.valueOf(row.getString("way")),
                row.getString("origin"),
                row.getString("target"),
                row.getString("was"),
                ClearanceMove.State.valueOf(row.getString("state")),
                wish == null ? null : Wish.valueOf(wish),
                UUID.fromString(row.getString("execution")),
                row.getString("at_host"),
                row.getString("note"),
                instant(row, "begun_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Cut to its column; without NUL, which PostgreSQL has no place for. */
    private static String fit(String text) {
        var clean = text.replace('\0', '\ufffd');
        return clean.length() <= LONGEST_NOTE ? clean : clean.substring(0, LONGEST_NOTE - 1) + "…";
    }
}
