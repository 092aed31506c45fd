package dev.stackwright.database.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells a database that is away from one that has much to do. Both let the pool's time run out; but
 * where others got their connection meanwhile, whoever still waits gets one too, a little later:
 * twenty people who sign in within a second must not read that the database does not answer.
 */
public final class PatientPool extends DelegatingDataSource {

    private final long patience;
    private final AtomicLong served = new AtomicLong();

    /**
     * @param patience how long anybody waits at the most while others are served
     */
    public PatientPool(DataSource pool, Duration patience) {
        super(pool);
        this.patience = patience.toNanos();
    }

    @Override
    public Connection getConnection() throws SQLException {
        long began = System.nanoTime();
        while (true) {
            long before = served.get();
            try {
                var connection = super.getConnection();
                served.incrementAndGet();
                return connection;
            } catch (SQLTransientConnectionException e) {
                if (served.get() == before || System.nanoTime() - began >= patience) {
                    throw e;
                }
            }
        }
    }
}
