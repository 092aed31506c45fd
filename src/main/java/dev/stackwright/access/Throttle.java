package dev.stackwright.access;

import dev.stackwright.access.store.WrongPasswordStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Counts wrong passwords per account and per address, over all replicas and for as long as the
 * window is. A right password forgets the account's count.
 */
final class Throttle {

    private final WrongPasswordStore store;
    private final InstantSource clock;
    private final Duration window;
    private final int perAccount;
    private final int perAddress;

    Throttle(
            WrongPasswordStore store,
            InstantSource clock,
            Duration window,
            int perAccount,
            int perAddress) {
        this.store = store;
        this.clock = clock;
        this.window = window;
        this.perAccount = perAccount;
        this.perAddress = perAddress;
    }

    /** How long this account or address has to wait, if it has to. */
    Optional<Duration> wait(String account, String address) {
        Duration longest =
                longer(wait("account", account, perAccount), wait("address", address, perAddress));
        return longest.isPositive() ? Optional.of(longest) : Optional.empty();
    }

    void wrong(String account, String address) {
        Instant now = now();
        store.add(who("account", account), now, now.minus(window));
        store.add(who("address", address), now, now.minus(window));
    }

    void right(String account) {
        store.forget(who("account", account));
    }

    private Duration wait(String kind, String name, int limit) {
        return store.find(who(kind, name))
                .filter(count -> count.attempts() >= limit)
                .map(count -> Duration.between(now(), count.since().plus(window)))
                .orElse(Duration.ZERO);
    }

    /** Databases count in microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String who(String kind, String name) {
        try {
            byte[] text = (kind + "\n" + name).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
