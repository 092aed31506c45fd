package dev.stackwright.web.setup;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.setup.store.DatabaseProbe;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Whether the database is the right one, and has the right time. */
@Component
class DatabaseCheck implements Check {

    private static final Words DATABASE = Words.of("setup.database");
    private static final int OLDEST_POSTGRESQL = 15;
    private static final Duration SKEW = Duration.ofSeconds(10);

    private final DatabaseProbe probe;
    private final Clock clock;

    DatabaseCheck(DatabaseProbe probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<Finding> check(CloudName cloud) {
        try {
            var said = probe.ask();
            var findings = new ArrayList<Finding>();
            findings.add(kind(said));
            var skew = Duration.between(said.now(), clock.instant()).abs();
            if (skew.compareTo(SKEW) > 0) {
                findings.add(Finding.worth(Words.of("setup.clock"), "setup.clock.skew", skew));
            }
            return findings;
        } catch (DataAccessException broken) {
            return List.of(
                    Finding.broken(
                            DATABASE, "setup.database.away", String.valueOf(broken.getMessage())));
        }
    }

    private static Finding kind(DatabaseProbe.Said said) {
        if (said.product().equals("H2")) {
            return Finding.worth(DATABASE, "setup.database.embedded");
        }
        return said.major() < OLDEST_POSTGRESQL
                ? Finding.broken(DATABASE, "setup.database.old", said.version())
                : Finding.fine(DATABASE, "setup.database.fine", said.product(), said.version());
    }
}
