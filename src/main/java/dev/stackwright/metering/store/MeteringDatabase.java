package dev.stackwright.metering.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stackwright.database.Pool;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.MeteringSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database that metering writes to: the main one, or one of its own when the settings name it.
 * Knows the few statements in which H2 and PostgreSQL differ.
 */
@Component
public class MeteringDatabase implements DisposableBean {

    private static final int ROWS_AT_ONCE = 5_000;

    /** Enough for two months of the counters of some thousands of instances. */
    private static final long KNOWN_DAYS = 24L << 20;

    /** Some twenty bytes each. */
    private static final int KNOWN_SERIES = 400_000;

    private final KnownDays knownDays = new KnownDays(KNOWN_DAYS);
    private final Cache<ProjectOfCloud, SeriesNames> seriesNames =
            Caffeine.newBuilder()
                    .maximumWeight(KNOWN_SERIES)
                    .<ProjectOfCloud, SeriesNames>weigher((_, names) -> names.size() + 10)
                    .build();
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final @Nullable HikariDataSource own;
    private volatile @Nullable Boolean postgres;

    @Autowired
    public MeteringDatabase(
            MeteringSettings settings, DataSource main, PlatformTransactionManager transactions) {
        var database = settings.datasource();
        if (database == null) {
            own = null;
            jdbc = new JdbcTemplate(main);
            this.transactions = new TransactionTemplate(transactions);
        } else {
            own = connect(database);
            jdbc = new JdbcTemplate(own);
            this.transactions = new TransactionTemplate(new JdbcTransactionManager(own));
        }
    }

    /** A database that is migrated already. */
    public MeteringDatabase(DataSource database) {
        own = null;
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    private static HikariDataSource connect(MeteringSettings.Database database) {
        var config = new HikariConfig();
        config.setPoolName("metering");
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setConnectionTimeout(5_000);
        Pool.prepare(config);
        var pool = new HikariDataSource(config);
        var vendor = database.url().startsWith("jdbc:postgresql:") ? "postgresql" : "h2";
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor)
                .outOfOrder(true)
                .load()
                .migrate();
        return pool;
    }

    /** What packs of this database came to. */
    KnownDays knownDays() {
        return knownDays;
    }

    private record ProjectOfCloud(String project, String cloud) {}

    /**
     * The series of a project.
     *
     * @param anew when one was met that is not among those known
     */
    SeriesNames seriesNames(String project, String cloud, boolean anew) {
        var place = new ProjectOfCloud(project, cloud);
        if (anew) {
            seriesNames.invalidate(place);
        }
        return seriesNames.get(place, this::readSeriesNames);
    }

    private SeriesNames readSeriesNames(ProjectOfCloud place) {
        return new SeriesNames(
                place.cloud(),
                jdbc.query(
                        "select series_id, cloud, resource_id, meter, type from metered_series"
                                + " where project_id = ?",
                        (row, _) ->
                                new SeriesNames.Row(
                                        row.getLong("series_id"),
                                        row.getString("cloud"),
                                        row.getString("resource_id"),
                                        row.getString("meter"),
                                        MeterType.valueOf(row.getString("type"))),
                        place.project()));
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Joins the transaction that runs, when it is of the same database; begins one if not. */
    <T> T inTransaction(Supplier<T> work) {
        var result = transactions.execute(_ -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction answered nothing");
        }
        return result;
    }

    /** Does it when what was written is there to stay: now, or after the caller's transaction. */
    void afterCommit(Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        work.run();
                    }
                });
    }

    boolean isPostgres() {
        var known = postgres;
        if (known == null) {
            known =
                    jdbc.execute(
                            (ConnectionCallback<Boolean>)
                                    connection ->
                                            connection
                                                    .getMetaData()
                                                    .getDatabaseProductName()
                                                    .equals("PostgreSQL"));
            postgres = known;
        }
        return Boolean.TRUE.equals(known);
    }

    /** Adds the rows whose key is not there yet. */
    void add(Table table, List<@Nullable Object[]> rows) {
        write(table, rows, false);
    }

    /** Reads the rows with some keys. */
    void find(Table table, List<@Nullable Object[]> keys, RowCallbackHandler take) {
        if (isPostgres()) {
            jdbc.execute(
                    (ConnectionCallback<Boolean>)
                            connection -> {
                                try (var statement =
                                        connection.prepareStatement(table.findPostgres())) {
                                    arrays(connection, statement, table, table.keys(), keys);
                                    var rows = statement.executeQuery();
                                    while (rows.next()) {
                                        take.processRow(rows);
                                    }
                                    return true;
                                }
                            });
        } else {
            jdbc.query(
                    table.findH2(keys.size()),
                    take,
                    keys.stream().flatMap(Arrays::stream).toArray());
        }
    }

    /** Adds rows of which nobody has the keys yet. */
    void append(Table table, List<@Nullable Object[]> unsorted) {
        if (unsorted.isEmpty()) {
            return;
        }
        var rows = table.inOrder(unsorted);
        if (isPostgres()) {
            jdbc.execute(
                    (ConnectionCallback<Long>)
                            connection -> {
                                try {
                                    return connection
                                            .unwrap(PGConnection.class)
                                            .getCopyAPI()
                                            .copyIn(
                                                    table.copyPostgres(),
                                                    new ByteArrayInputStream(CopyText.of(rows)));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } else {
            for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
                jdbc.batchUpdate(
                        table.insertH2(),
                        new ArrayList<>(
                                rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE))));
            }
        }
    }

    /** Adds the rows, or puts them in the place of those with the same key. */
    void put(Table table, List<@Nullable Object[]> rows) {
        write(table, rows, true);
    }

    /**
     * Takes rows away.
     *
     * @param keys the keys of the rows, column by column as the table has them
     */
    void remove(Table table, List<@Nullable Object[]> keys) {
        remove(table, table.keys(), keys);
    }

    /** Takes away the rows that are still as they were. */
    void removeUnchanged(Table table, List<@Nullable Object[]> rows) {
        remove(table, table.width(), rows);
    }

    private void remove(Table table, int columns, List<@Nullable Object[]> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            var some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
            if (isPostgres()) {
                jdbc.execute(
                        (ConnectionCallback<Integer>)
                                connection ->
                                        unnest(
                                                connection,
                                                table.deletePostgres(columns),
                                                table,
                                                columns,
                                                some));
            } else {
                jdbc.batchUpdate(table.deleteH2(columns), new ArrayList<>(some));
            }
        }
    }

    private void write(Table table, List<@Nullable Object[]> unsorted, boolean replace) {
        var rows = table.inOrder(unsorted);
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            var some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
            if (isPostgres()) {
                jdbc.execute(
                        (ConnectionCallback<Integer>)
                                connection ->
                                        unnest(
                                                connection,
                                                table.insertPostgres(replace),
                                                table,
                                                table.width(),
                                                some));
            } else {
                jdbc.batchUpdate(table.putH2(), new ArrayList<>(some));
            }
        }
    }

    private static int unnest(
            Connection connection,
            String sql,
            Table table,
            int columns,
            List<@Nullable Object[]> rows)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            arrays(connection, statement, table, columns, rows);
            return statement.executeUpdate();
        }
    }

    /** Gives each column to a statement as an array. */
    private static void arrays(
            Connection connection,
            PreparedStatement statement,
            Table table,
            int columns,
            List<@Nullable Object[]> rows)
            throws SQLException {
        for (int column = 0; column < columns; column++) {
            var values = table.values(column, rows.size());
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[column];
            }
            statement.setArray(
                    column + 1, connection.createArrayOf(table.arrayType(column), values));
        }
    }

    @Override
    public void destroy() {
        if (own != null) {
            own.close();
        }
    }
}
