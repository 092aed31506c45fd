package dev.stackwright.database.store;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes one row: a database that can only be read is not well. */
@Component
public class HealthProbe {

    private final JdbcClient jdbc;

    public HealthProbe(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void write(Instant now) {
        int written = set("update health_probe set written_at = ? where id = 1", now);
        if (written == 0) {
            try {
                set("insert into health_probe (id, written_at) values (1, ?)", now);
            } catch (DuplicateKeyException _) {
                // Another replica was first.
            }
        }
    }

    private int set(String sql, Instant now) {
        return jdbc.sql(sql)
                .param(1, now.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }
}
