package dev.stackwright.web.setup.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database who it is and what time it has. */
@Component
public class DatabaseProbe {

    private final DataSource source;
    private final JdbcClient jdbc;

    DatabaseProbe(DataSource source, JdbcClient jdbc) {
        this.source = source;
        this.jdbc = jdbc;
    }

    /** The database's own words. */
    public record Said(String product, String version, int major, Instant now) {}

    public Said ask() throws SQLException {
        var now =
                jdbc.sql("select current_timestamp")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant();
        try (var connection = source.getConnection()) {
            var about = connection.getMetaData();
            return new Said(
                    about.getDatabaseProductName(),
                    about.getDatabaseProductVersion(),
                    about.getDatabaseMajorVersion(),
                    now);
        }
    }
}
