package dev.stackwright.database;

import dev.stackwright.database.store.HealthProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database takes something in, asked at most every few seconds however often somebody
 * wants to know. What it says is public, so it is a sentence of ours and no error of the database.
 */
@Component("databaseHealthIndicator")
class DatabaseHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(3);

    private final HealthProbe probe;
    private final Clock clock;
    private @Nullable Instant asked;
    private Health said = Health.unknown().build();

    DatabaseHealth(HealthProbe probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    @Override
    public synchronized Health health() {
        Instant known = asked;
        if (known == null || Duration.between(known, clock.instant()).compareTo(GOOD_FOR) >= 0) {
            said = ask();
            asked = clock.instant();
        }
        return said;
    }

    private Health ask() {
        try {
            probe.write(clock.instant());
            // PostgreSQL may have room for one row more and for nothing else.
            return DatabaseTrouble.fullLately() ? down(DatabaseTrouble.FULL) : Health.up().build();
        } catch (RuntimeException e) {
            LOG.debug("The database is not well", e);
            return down(DatabaseTrouble.of(e).orElse(DatabaseTrouble.AWAY));
        }
    }

    private static Health down(DatabaseTrouble trouble) {
        return Health.down()
                .withDetail(
                        "reason",
                        switch (trouble) {
                            case AWAY -> "The database does not answer";
                            case FULL -> "The disk of the database is full";
                        })
                .build();
    }
}
