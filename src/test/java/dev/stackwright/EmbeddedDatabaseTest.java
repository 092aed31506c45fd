package dev.stackwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** What the embedded database that the application starts with has to put up with. */
class EmbeddedDatabaseTest {

    @TempDir Path folder;

    @Test
    void anInterruptedThreadDoesNotCloseTheDatabaseForTheOthers() throws Exception {
        try (var connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute("create table line (id int primary key)");
            var written = new AtomicInteger();
            var failure = new AtomicReference<@Nullable SQLException>();
            var writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                try (var insert =
                                        connection.prepareStatement(
                                                "insert into line values (?)")) {
                                    while (written.get() < 2000) {
                                        Thread.currentThread().interrupt();
                                        insert.setInt(1, written.get());
                                        insert.execute();
                                        written.incrementAndGet();
                                    }
                                } catch (SQLException e) {
                                    failure.set(e);
                                }
                            });
            writer.join();

            assertThat(failure).hasNullValue();
            try (var rows =
                    connection.createStatement().executeQuery("select count(*) from line")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2000);
            }
        }
    }

    /** The address that the application uses, in a folder of this test. */
    private String url() throws IOException {
        var settings =
                new YamlPropertySourceLoader()
                        .load("application", new ClassPathResource("application.yaml"))
                        .getFirst();
        var url = String.valueOf(settings.getProperty("spring.datasource.url"));
        assertThat(url).contains("./data/stackwright").contains("WRITE_DELAY=0");
        return url.replace("./data/", folder.toAbsolutePath() + "/");
    }
}
