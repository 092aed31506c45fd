package dev.stackwright;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class TestClock extends Clock {

    private final AtomicReference<Instant> now;

    private TestClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** A clock that stands at this instant, for example 2026-11-22T12:00:00Z. */
    public static TestClock at(String instant) {
        return new TestClock(Instant.parse(instant));
    }

    /** A clock that stands at the real time. */
    public static TestClock atNow() {
        return new TestClock(InstantSource.system().instant());
    }

    public TestClock forward(Duration by) {
        now.updateAndGet(time -> time.plus(by));
        return this;
    }

    public TestClock set(Instant time) {
        now.set(time);
        return this;
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
