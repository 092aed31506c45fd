package dev.stackwright.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong passwords per account and per address, in memory and bounded: a flood of made-up
 * names pushes out the oldest, never the process. A right password forgets the account's count.
 */
final class Throttle {

    private static final int REMEMBERED = 50_000;

    private record Count(int wrong, Instant since) {}

    private final InstantSource clock;
    private final Duration window;
    private final int perAccount;
    private final int perAddress;
    private final Cache<String, Count> accounts = bounded();
    private final Cache<String, Count> addresses = bounded();

    Throttle(InstantSource clock, Duration window, int perAccount, int perAddress) {
        this.clock = clock;
        this.window = window;
        this.perAccount = perAccount;
        this.perAddress = perAddress;
    }

    private static Cache<String, Count> bounded() {
        return Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    }

    /** How long this account or address has to wait, if it has to. */
    Optional<Duration> wait(String account, String address) {
        Duration longest =
                longer(wait(accounts, account, perAccount), wait(addresses, address, perAddress));
        return longest.isPositive() ? Optional.of(longest) : Optional.empty();
    }

    void wrong(String account, String address) {
        count(accounts, account);
        count(addresses, address);
    }

    void right(String account) {
        accounts.invalidate(account);
    }

    private Duration wait(Cache<String, Count> counts, String name, int limit) {
        @Nullable Count count = counts.getIfPresent(name);
        if (count == null || count.wrong() < limit) {
            return Duration.ZERO;
        }
        return Duration.between(clock.instant(), count.since().plus(window));
    }

    private void count(Cache<String, Count> counts, String name) {
        Instant now = clock.instant();
        counts.asMap()
                .compute(
                        name,
                        (_, old) ->
                                old == null || old.since().plus(window).isBefore(now)
                                        ? new Count(1, now)
                                        : new Count(old.wrong() + 1, old.since()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
