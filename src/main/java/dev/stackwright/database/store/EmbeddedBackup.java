package dev.stackwright.database.store;

import java.nio.file.Path;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets the embedded database write itself into a ZIP file, while everybody goes on using it. */
@Component
public class EmbeddedBackup {

    private final JdbcTemplate jdbc;

    public EmbeddedBackup(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the database is the embedded one, in a file. */
    public boolean isPossible() {
        return Boolean.TRUE.equals(
                jdbc.execute(
                        (ConnectionCallback<Boolean>)
                                connection -> {
                                    var url = connection.getMetaData().getURL();
                                    return url.startsWith("jdbc:h2:")
                                            && !url.startsWith("jdbc:h2:mem:");
                                }));
    }

    public void to(Path file) {
        jdbc.execute("backup to '" + file.toAbsolutePath().toString().replace("'", "''") + "'");
    }
}
