package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.CloudName;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the collecting itself goes: what was read when, what waits, and whose turn it is. */
@Component
public class CollectorStateStore {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    public CollectorStateStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** How the last readings of a kind went. */
    public record State(
            @Nullable Instant swept,
            @Nullable Instant notified,
            @Nullable String trouble,
            long count) {}

    public Map<Kind, State> states(CloudName cloud) {
        var states = new EnumMap<Kind, State>(Kind.class);
        jdbc.sql(
                        """
                        select kind, swept_at, notified_at, trouble, object_count from collected_kind
                        where cloud = ?
                        """)
                .param(cloud.value())
                .query(row -> {
                    states.put(
                            Kind.valueOf(row.getString("kind")),
                            new State(
                                    Rows.instantOrNull(row, "swept_at"),
                                    Rows.instantOrNull(row, "notified_at"),
                                    row.getString("trouble"),
                                    row.getLong("object_count")));
                });
        return states;
    }

    public void swept(CloudName cloud, Kind kind, Instant when, long count) {
        make(cloud, kind);
        jdbc.sql(
                        """
                        update collected_kind set swept_at = ?, trouble = null, object_count = ?
                        where cloud = ? and kind = ?
                        """)
                .params(Rows.time(when), count, cloud.value(), kind.name())
                .update();
    }

    public void failed(CloudName cloud, Kind kind, String trouble) {
        make(cloud, kind);
        jdbc.sql("update collected_kind set trouble = ? where cloud = ? and kind = ?")
                .params(Text.storable(trouble, 2000), cloud.value(), kind.name())
                .update();
    }

    public void notified(CloudName cloud, Collection<Kind> kinds, Instant when) {
        for (var kind : kinds) {
            jdbc.sql("update collected_kind set notified_at = ? where cloud = ? and kind = ?")
                    .params(Rows.time(when), cloud.value(), kind.name())
                    .update();
        }
    }

    /** Something to look at: a kind, or {@code QUOTA}; id {@code *} is the whole kind. */
    public record Touch(String what, String id, Instant due) {}

    public void touch(CloudName cloud, Collection<Touch> touches) {
        batches.batchUpdate(
                "insert into touched_object (cloud, kind, object_id, due_at) values (?, ?, ?, ?)",
                touches.stream()
                        .map(touch ->
                                new Object[] {
                                    cloud.value(),
                                    touch.what(),
                                    Text.storable(touch.id(), 512),
                                    Rows.time(touch.due())
                                })
                        .toList());
    }

    /** Takes what is due; what comes in later is due again. */
    public List<Touch> takeDue(CloudName cloud, Instant now, int count) {
        record Waiting(long number, Touch touch) {}
        var due =
                jdbc.sql(
                                """
                                select seq, kind, object_id, due_at from touched_object
                                where cloud = ? and due_at <= ?
                                order by due_at, seq fetch first ? rows only
                                """)
                        .params(cloud.value(), Rows.time(now), count)
                        .query((row, _) ->
                                new Waiting(
                                        row.getLong(1),
                                        new Touch(
                                                row.getString(2),
                                                row.getString(3),
                                                Rows.instant(row, "due_at"))))
                        .list();
        batches.batchUpdate(
                "delete from touched_object where seq = ?",
                due.stream().map(each -> new Object[] {each.number()}).toList());
        return due.stream().map(Waiting::touch).toList();
    }

    /** Whether this owner may collect the cloud for the next half minute. */
    public boolean lease(CloudName cloud, String owner) {
        var mine =
                jdbc.sql(
                                """
                                update collector_lease
                                set owner = ?, until_at = current_timestamp + interval '30' second
                                where cloud = ? and (owner = ? or until_at < current_timestamp)
                                """)
                        .params(owner, cloud.value(), owner)
                        .update();
        if (mine == 1) {
            return true;
        }
        var taken =
                jdbc.sql("select count(*) from collector_lease where cloud = ?")
                        .param(cloud.value())
                        .query((row, _) -> row.getLong(1))
                        .single();
        if (taken > 0) {
            return false;
        }
        try {
            jdbc.sql(
                            """
                            insert into collector_lease (cloud, owner, until_at)
                            values (?, ?, current_timestamp + interval '30' second)
                            """)
                    .params(cloud.value(), owner)
                    .update();
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    public void release(CloudName cloud, String owner) {
        jdbc.sql("delete from collector_lease where cloud = ? and owner = ?")
                .params(cloud.value(), owner)
                .update();
    }

    private void make(CloudName cloud, Kind kind) {
        var known =
                jdbc.sql("select count(*) from collected_kind where cloud = ? and kind = ?")
                        .params(cloud.value(), kind.name())
                        .query((row, _) -> row.getLong(1))
                        .single();
        if (known == 0) {
            jdbc.sql("insert into collected_kind (cloud, kind, object_count) values (?, ?, 0)")
                    .params(cloud.value(), kind.name())
                    .update();
        }
    }
}
