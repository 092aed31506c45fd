package dev.stackwright.stack.store;

import dev.stackwright.stack.resource.Signal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What was signalled to resources from outside. */
public class SignalStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> open;

    public SignalStore(
            JdbcTemplate rows,
            JsonMapper json,
            UnaryOperator<String> seal,
            UnaryOperator<String> open) {
        this.jdbc = JdbcClient.create(rows);
        this.json = json;
        this.seal = seal;
        this.open = open;
    }

    /** Whoever else signals the same resource waits for the end of this transaction. */
    public void lock(UUID resource) {
        jdbc.sql("update stack_resource set note = note where id = :id")
                .param("id", resource)
                .update();
    }

    /** In the order in which they came. */
    public List<Signal> of(UUID resource) {
        return jdbc.sql("select * from stack_signal where resource = :resource order by place")
                .param("resource", resource)
                .query((row, _) -> {
                    var content = json.readTree(open.apply(row.getString("content")));
                    return new Signal(
                            row.getString("id"),
                            content.path("well").asBoolean(false),
                            content.path("reason").asString(""),
                            content.path("data"));
                })
                .list();
    }

    /** Keeps a signal; one with the same id is forgotten. */
    public void put(UUID resource, Signal signal, Instant at) {
        jdbc.sql("delete from stack_signal where resource = :resource and id = :id")
                .param("resource", resource)
                .param("id", signal.id())
                .update();
        var content = json.createObjectNode().put("well", signal.well());
        content.put("reason", signal.reason()).set("data", signal.data());
        jdbc.sql(
                        """
                        insert into stack_signal (resource, id, content, place, received_at)
                        values (:resource, :id, :content,
                            (select coalesce(max(place), 0) + 1 from stack_signal
                              where resource = :resource), :at)
                        """)
                .param("resource", resource)
                .param("id", signal.id())
                .param("content", seal.apply(content.toString()))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    public void forget(UUID resource) {
        jdbc.sql("delete from stack_signal where resource = :resource")
                .param("resource", resource)
                .update();
    }
}
