package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.database.store.DeadConnections;
import dev.stackwright.database.store.HealthProbe;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseHealthTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T03:00:00Z");
    private final DatabaseHealth health =
            new DatabaseHealth(new HealthProbe(JdbcClient.create(Databases.postgres())), clock);

    @Test
    void isDownWhileAStatementFindsTheDiskFullEvenIfOneRowStillFits() {
        var full = new SQLException("could not extend file \"base/16384/16396\"", "53100");
        assertThat(new DeadConnections().adjudicate(full)).isEqualTo(Override.MUST_EVICT);

        var said = health.health();

        assertThat(said.getStatus()).isEqualTo(Status.DOWN);
        assertThat(said.getDetails()).containsEntry("reason", "The disk of the database is full");
        assertThat(DatabaseTrouble.of(new RuntimeException(full))).contains(DatabaseTrouble.FULL);
        assertThat(DeadConnections.foundTheDiskFullWithin(Duration.ZERO)).isFalse();
    }

    @Test
    void aDatabaseThatClosedItselfForWantOfSpaceIsFullAndNotAway() {
        var closed = new SQLException("Database is already closed", "90098", 90098);
        var away = new DataAccessResourceFailureException("closed", closed);

        assertThat(DatabaseTrouble.of(new SQLException("No space left on device", "HY000")))
                .contains(DatabaseTrouble.FULL);

        assertThat(DatabaseTrouble.of(away)).contains(DatabaseTrouble.FULL);
    }

    @Test
    void aMistakeInAStatementIsNoTroubleOfTheDatabase() {
        var mistake = new SQLException("syntax error", "42601");

        assertThat(new DeadConnections().adjudicate(mistake)).isEqualTo(Override.CONTINUE_EVICT);
        assertThat(DatabaseTrouble.of(new RuntimeException(mistake))).isEmpty();
    }
}
