package dev.stackwright.stack.store;

import dev.stackwright.stack.WaitingHook;
import dev.stackwright.template.Hook;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where runs wait for a person. */
public class HookStore {

    private final JdbcClient jdbc;

    public HookStore(JdbcTemplate rows) {
        this.jdbc = JdbcClient.create(rows);
    }

    /** Notes that a run waits there; false when that was noted before. */
    public boolean wait(UUID execution, UUID resource, Hook hook, Instant now) {
        int known =
                jdbc.sql(
                                """
                                select count(*) from stack_hook
                                where execution = :execution and resource = :resource and hook = :hook
                                """)
                        .param("execution", execution)
                        .param("resource", resource)
                        .param("hook", hook.word())
                        .query(Integer.class)
                        .single();
        if (known > 0) {
            return false;
        }
        jdbc.sql(
                        """
                        insert into stack_hook (execution, resource, hook, waiting_since)
                        values (:execution, :resource, :hook, :now)
                        """)
                .param("execution", execution)
                .param("resource", resource)
                .param("hook", hook.word())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    public boolean isCleared(UUID execution, UUID resource, Hook hook) {
        return jdbc.sql(
                                """
                                select count(*) from stack_hook
                                where execution = :execution and resource = :resource and hook = :hook
                                  and cleared_at is not null
                                """)
                        .param("execution", execution)
                        .param("resource", resource)
                        .param("hook", hook.word())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** What waits in these stacks, the longest first. */
    public List<WaitingHook> waiting(Collection<UUID> stacks) {
        return jdbc.sql(
                        """
                        select h.resource, h.hook, h.waiting_since, r.name, r.stack
                        from stack_hook h
                        join stack_resource r on r.id = h.resource
                        join execution e on e.id = h.execution
                        where r.stack in (:stacks) and h.cleared_at is null and e.state = 'RUNNING'
                          and r.progress = 'IN_PROGRESS'
                        order by h.waiting_since, r.name, h.hook
                        """)
                .param("stacks", stacks)
                .query((row, _) ->
                        new WaitingHook(
                                row.getObject("stack", UUID.class),
                                row.getObject("resource", UUID.class),
                                row.getString("name"),
                                row.getString("hook"),
                                row.getObject("waiting_since", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Lets whatever waits there go on; false when nothing does. */
    public boolean clear(UUID resource, String hook, String by, Instant now) {
        return jdbc.sql(
                                """
                                update stack_hook set cleared_at = :now, cleared_by = :by
                                where resource = :resource and hook = :hook and cleared_at is null
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .param("resource", resource)
                        .param("hook", hook)
                        .update()
                > 0;
    }
}
