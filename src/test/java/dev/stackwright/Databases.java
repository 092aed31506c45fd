package dev.stackwright;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stackwright.database.Pool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Migrated databases for tests: each call answers a fresh one. The migrations run once per kind and
 * JVM; what a test gets is a copy of that.
 */
public final class Databases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;
    private static @Nullable Path migratedH2;

    private Databases() {}

    /** An H2 file, as the embedded default uses it. */
    public static DataSource h2() {
        var file = migratedH2().resolveSibling("db" + COUNT.incrementAndGet() + ".mv.db");
        try {
            Files.copy(migratedH2(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pool(h2Url(file), "sa", "");
    }

    /** A database of the one PostgreSQL that this JVM starts for its tests. */
    public static DataSource postgres() {
        var postgres = server();
        var name = "test_" + COUNT.incrementAndGet();
        execute(postgres, "create database " + name + " template migrated");
        return pool(url(postgres, name), "postgres", "");
    }

    /** Where a fresh PostgreSQL database listens, for a test that starts the whole application. */
    public static String postgresUrl() {
        var postgres = server();
        var name = "test_" + COUNT.incrementAndGet();
        execute(postgres, "create database " + name + " template migrated");
        return url(postgres, name);
    }

    private static synchronized Path migratedH2() {
        var known = migratedH2;
        if (known != null) {
            return known;
        }
        try {
            var folder = Files.createTempDirectory("stackwright-h2-");
            deleteAtTheEnd(folder);
            var file = folder.resolve("migrated.mv.db");
            try (var pool = pool(h2Url(file), "sa", "")) {
                migrate(pool, "h2");
            }
            migratedH2 = file;
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("No H2 to test with", e);
        }
    }

    private static synchronized EmbeddedPostgres server() {
        var known = server;
        if (known != null) {
            return known;
        }
        try {
            var started =
                    EmbeddedPostgres.builder()
                            .setServerConfig("max_connections", "300")
                            .setServerConfig("fsync", "off")
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            execute(started, "create database migrated");
            try (var pool = pool(url(started, "migrated"), "postgres", "")) {
                migrate(pool, "postgresql");
            }
            server = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("No PostgreSQL to test with", e);
        }
    }

    /** Brings an empty database to where the application wants it. */
    public static void migrate(String url, String user) {
        try (var pool = pool(url, user, "")) {
            migrate(pool, url.startsWith("jdbc:postgresql:") ? "postgresql" : "h2");
        }
    }

    private static void migrate(DataSource database, String vendor) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor)
                .failOnMissingLocations(false)
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String url(EmbeddedPostgres postgres, String name) {
        return "jdbc:postgresql://localhost:%d/%s?user=postgres&reWriteBatchedInserts=true"
                .formatted(postgres.getPort(), name);
    }

    private static String h2Url(Path file) {
        var path = file.toString();
        return "jdbc:h2:async:"
                + path.substring(0, path.length() - ".mv.db".length())
                + ";WRITE_DELAY=0";
    }

    private static HikariDataSource pool(String url, String user, String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        Pool.prepare(config);
        return new HikariDataSource(config);
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAtTheEnd(Path folder) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            try (var files = Files.walk(folder)) {
                                files.sorted(Comparator.reverseOrder())
                                        .forEach(file -> file.toFile().delete());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }));
    }
}
