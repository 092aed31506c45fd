package dev.stackwright.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.access.store.WrongPasswordStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@ValueSource(strings = {"H2", "PostgreSQL"})
class ThrottleTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T03:00:00Z"));
    private final DataSource database;
    private final Throttle throttle;

    ThrottleTest(String kind) {
        database = kind.equals("H2") ? Databases.h2() : Databases.postgres();
        throttle = throttle();
    }

    private Throttle throttle() {
        var store = new WrongPasswordStore(JdbcClient.create(database));
        return new Throttle(store, now::get, Duration.ofMinutes(15), 3, 5);
    }

    @Test
    void makesAnAccountWaitAfterTooManyWrongPasswordsUntilTheWindowIsOver() {
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.wait("alice", "10.0.0." + i)).isEmpty();
            throttle.wrong("alice", "10.0.0." + i);
        }

        assertThat(throttle.wait("alice", "10.0.0.9")).contains(Duration.ofMinutes(15));
        assertThat(throttle.wait("bob", "10.0.0.9")).isEmpty();
        now.set(now.get().plus(Duration.ofMinutes(15)));
        assertThat(throttle.wait("alice", "10.0.0.9")).isEmpty();
    }

    @Test
    void makesAnAddressWaitThatTriesManyAccounts() {
        for (int i = 0; i < 5; i++) {
            throttle.wrong("user" + i, "10.0.0.1");
        }

        assertThat(throttle.wait("alice", "10.0.0.1")).isPresent();
        assertThat(throttle.wait("alice", "10.0.0.2")).isEmpty();
    }

    @Test
    void forgetsAnAccountsCountWhenThePasswordIsRight() {
        throttle.wrong("alice", "a");
        throttle.wrong("alice", "a");
        throttle.right("alice");
        throttle.wrong("alice", "a");

        assertThat(throttle.wait("alice", "b")).isEmpty();
    }

    @Test
    void replicasCountTogether() throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                var replica = throttle();
                threads.submit(() -> {
                    start.await();
                    replica.wrong("alice", "10.0.0.1");
                    return true;
                });
            }
            start.countDown();
        }

        assertThat(throttle.wait("alice", "10.0.0.9")).contains(Duration.ofMinutes(15));
    }

    @Test
    void keepsNoNamesAndNothingThatIsPastItsTime() {
        throttle.wrong("mallory", "10.0.0.1");
        now.set(now.get().plus(Duration.ofMinutes(16)));
        throttle.wrong("alice", "10.0.0.2");

        var rows = new JdbcTemplate(database).queryForList("select who from wrong_password");
        assertThat(rows).hasSize(2);
        assertThat(rows.toString()).doesNotContain("alice").doesNotContain("10.0.0");
    }
}
