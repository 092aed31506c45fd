package dev.stackwright.operations.store;

import dev.stackwright.kernel.CloudName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the cloud says of its hosts, as it was last read. */
@Component
public class HostFactStore {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    public HostFactStore(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * A fact.
     *
     * @param kind "host" or "flavor"
     * @param id the id of the hypervisor, or the name of the flavor
     * @param body JSON
     */
    public record Fact(String kind, String id, String body) {}

    /** These are all there is. */
    @Transactional
    public void replace(CloudName cloud, List<Fact> facts, Instant read) {
        jdbc.sql("delete from host_fact where cloud = ?").param(cloud.value()).update();
        batches.batchUpdate(
                "insert into host_fact (cloud, kind, id, body, read_at) values (?, ?, ?, ?, ?)",
                facts.stream()
                        .map(fact ->
                                new Object[] {
                                    cloud.value(),
                                    fact.kind(),
                                    fact.id(),
                                    fact.body(),
                                    read.atOffset(ZoneOffset.UTC)
                                })
                        .toList());
    }

    public List<Fact> all(CloudName cloud) {
        return jdbc.sql("select kind, id, body from host_fact where cloud = ? order by kind, id")
                .param(cloud.value())
                .query((row, _) -> new Fact(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    public Optional<Fact> host(CloudName cloud, String id) {
        return jdbc.sql(
                        """
                        select kind, id, body from host_fact
                        where cloud = ? and kind = 'host' and id = ?
                        """)
                .params(cloud.value(), id)
                .query((row, _) -> new Fact(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }

    /** When they were read; empty when they never were. */
    public Optional<Instant> read(CloudName cloud) {
        return jdbc.sql("select max(read_at) from host_fact where cloud = ?")
                .param(cloud.value())
                .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }
}
