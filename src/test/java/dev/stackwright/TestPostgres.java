package dev.stackwright;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of a test's own, with everything that keeps data on, which can be stopped, killed
 * and started again on the same data and port.
 */
public final class TestPostgres implements AutoCloseable {

    private final Path folder;
    private int port;
    private @Nullable EmbeddedPostgres server;

    public TestPostgres() {
        try {
            folder = Files.createTempDirectory("stackwright-postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    public void start() {
        try {
            var builder =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(folder.resolve("data"))
                            .setCleanDataDirectory(false)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("max_connections", "100");
            if (port != 0) {
                builder.setPort(port);
            }
            server = builder.start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No PostgreSQL to test with", e);
        }
    }

    /** Stops it as an operator would. */
    public void stop() {
        var running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every process of it at once, with nothing written that was not written already. */
    public void crash() {
        try {
            var pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
            var kill = new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("PostgreSQL " + pid + " could not be killed");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        stop();
    }

    public String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s?user=postgres&reWriteBatchedInserts=true"
                .formatted(port, database);
    }

    /** Makes an empty database. */
    public String create(String database) {
        try (var connection = DriverManager.getConnection(url("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(database);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
