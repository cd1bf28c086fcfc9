package dev.signet.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class TestClock extends Clock {

    /** Where every clock starts: {@code 2026-01-02T03:04:05Z}. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now;

    private TestClock(Instant now) {
        this.now = now;
    }

    /** A clock at {@link #START}. */
    public static TestClock atStart() {
        return at(START);
    }

    /** A clock at that time. */
    public static TestClock at(Instant time) {
        return new TestClock(time);
    }

    /** Moves the clock; a negative duration moves it back. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Sets the clock. */
    public synchronized void set(Instant time) {
        now = time;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same clock: there is one zone in tests. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
