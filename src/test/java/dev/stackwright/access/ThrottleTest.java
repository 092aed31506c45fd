package dev.stackwright.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T03:00:00Z"));
    private final Throttle throttle = new Throttle(now::get, Duration.ofMinutes(15), 3, 5);

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
}
