package dev.stackwright.stack.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From which stack of Heat a stack was taken over. */
public class OriginStore {

    private final JdbcClient jdbc;

    public OriginStore(JdbcTemplate rows) {
        this.jdbc = JdbcClient.create(rows);
    }

    /** A stack of Heat. */
    public record Origin(String name, String id) {}

    public void keep(UUID stack, Origin origin) {
        jdbc.sql(
                        """
                        insert into stack_origin (stack, heat_name, heat_id)
                        values (:stack, :name, :id)
                        """)
                .param("stack", stack)
                .param("name", origin.name())
                .param("id", origin.id())
                .update();
    }

    /** Empty when it is from nowhere, or Heat has let go of it. */
    public Optional<Origin> held(UUID stack) {
        return jdbc.sql(
                        """
                        select heat_name, heat_id from stack_origin
                        where stack = :stack and let_go_at is null
                        """)
                .param("stack", stack)
                .query((row, _) -> new Origin(row.getString("heat_name"), row.getString("heat_id")))
                .optional();
    }

    public void letGo(UUID stack, Instant at) {
        jdbc.sql("update stack_origin set let_go_at = :at where stack = :stack")
                .param("stack", stack)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
