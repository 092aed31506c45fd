package dev.stackwright.web.setup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks the database who it is and what time it has. */
@Component
public class DatabaseProbe {

    private final JdbcTemplate jdbc;

    public DatabaseProbe(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The database's own words. */
    public record Said(String product, String version, int major, Instant now) {}

    public Said ask() {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<Said>) DatabaseProbe::ask));
    }

    private static Said ask(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select current_timestamp")) {
            rows.next();
            var about = connection.getMetaData();
            return new Said(
                    about.getDatabaseProductName(),
                    about.getDatabaseProductVersion(),
                    about.getDatabaseMajorVersion(),
                    rows.getObject(1, OffsetDateTime.class).toInstant());
        }
    }
}
