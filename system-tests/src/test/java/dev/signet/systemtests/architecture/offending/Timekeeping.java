package dev.signet.systemtests.architecture.offending;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;

/** Reads the time where it should be given it. */
public final class Timekeeping {
    private Timekeeping() {}

    public static Instant now() {
        return Instant.now();
    }

    public static LocalDate today() {
        return LocalDate.now();
    }

    public static Date date() {
        return new Date();
    }

    public static long milliseconds() {
        return System.currentTimeMillis();
    }

    public static long nanoseconds() {
        return System.nanoTime();
    }

    public static Clock clock() {
        return Clock.systemUTC();
    }

    public static Instant given(Clock clock) {
        return Instant.now(clock);
    }

    /** Has the one place where a clock may come from. */
    public static final class Builder {
        private final Clock clock = Clock.systemUTC();

        public Clock clock() {
            return clock;
        }
    }
}
