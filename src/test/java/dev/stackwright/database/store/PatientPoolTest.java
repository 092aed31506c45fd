package dev.stackwright.database.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class PatientPoolTest {

    private enum Turn {
        SERVED,
        NOBODY_WAS_SERVED,
        OTHERS_WERE_SERVED
    }

    private final Deque<Turn> turns = new ArrayDeque<>();

    @Test
    void whoWaitsWhileOthersAreServedIsServedToo() throws Exception {
        var pool = pool(Duration.ofMinutes(1), Turn.OTHERS_WERE_SERVED, Turn.OTHERS_WERE_SERVED);

        try (var connection = pool.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(turns).isEmpty();
    }

    @Test
    void aDatabaseThatServesNobodyIsAwayAtOnce() {
        var pool = pool(Duration.ofMinutes(1), Turn.NOBODY_WAS_SERVED, Turn.SERVED);

        assertThatExceptionOfType(SQLTransientConnectionException.class)
                .isThrownBy(pool::getConnection);
        assertThat(turns).containsExactly(Turn.SERVED);
    }

    @Test
    void nobodyWaitsForEver() {
        var pool = pool(Duration.ZERO, Turn.OTHERS_WERE_SERVED, Turn.SERVED);

        assertThatExceptionOfType(SQLTransientConnectionException.class)
                .isThrownBy(pool::getConnection);
    }

    /** Each call takes the next turn; after the last everybody is served. */
    private PatientPool pool(Duration patience, Turn... turns) {
        this.turns.addAll(List.of(turns));
        var h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");
        var scripted = new Scripted(h2);
        var pool = new PatientPool(scripted, patience);
        scripted.pool = pool;
        return pool;
    }

    private final class Scripted extends DelegatingDataSource {

        private PatientPool pool = new PatientPool(this, Duration.ZERO);

        Scripted(JdbcDataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var turn = turns.isEmpty() ? Turn.SERVED : turns.poll();
            if (turn == Turn.SERVED) {
                return super.getConnection();
            }
            if (turn == Turn.OTHERS_WERE_SERVED) {
                turns.addFirst(Turn.SERVED);
                pool.getConnection().close();
            }
            throw new SQLTransientConnectionException("request timed out");
        }
    }
}
