package dev.signet.authorizationserver.internal;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.time.Duration;
import java.time.Instant;

/**
 * Bounds how often something is done in somebody's name: a number of times at once, and then once in a while. Memory is bounded.
 * Thread-safe.
 *
 * @param <K> in whose name, such as a client identifier, known here or not
 */
public final class RateLimit<K> {

    private static final int NAMES = 10_000;

    private final int burst;
    private final long nanosEach;
    private final BoundedCache<K, Bucket> names = new BoundedCache<>(NAMES);

    /**
     * A limit that nobody has reached.
     *
     * @param burst how often at once
     * @param timeEach how long until it may be done once more
     */
    public RateLimit(int burst, Duration timeEach) {
        this.burst = burst;
        this.nanosEach = timeEach.toNanos();
    }

    /**
     * Refuses what was done too often before.
     *
     * @param what is done, for the log
     * @throws OAuthException {@code temporarily_unavailable}
     */
    public void require(K name, String what, Instant now) {
        if (names.find(name).map(bucket -> isFull(bucket, now)).orElse(false)) {
            throw OAuthException.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "Too many attempts, try again later",
                    RefusalReason.RATE_LIMITED,
                    what + " too often");
        }
    }

    /** Twice what makes it full was noted by a clock that has been set back since. */
    private boolean isFull(Bucket bucket, Instant now) {
        Instant emptyAt = bucket.emptyAt;
        return emptyAt.isAfter(now.plusNanos(nanosEach * (burst - 1)))
                && !emptyAt.isAfter(now.plusNanos(nanosEach * burst * 2));
    }

    /** Notes that it was done. */
    public void note(K name, Instant now) {
        names.get(name, absent -> new Bucket()).add(now, nanosEach, now.plusNanos(nanosEach * burst));
    }

    /** A bucket into which each time pours a span of time, and that time itself drains. */
    private static final class Bucket {
        private volatile Instant emptyAt = Instant.EPOCH;

        /** @param full what runs over it: many may have been let in before the first of them was noted */
        synchronized void add(Instant now, long nanos, Instant full) {
            Instant added = (emptyAt.isAfter(now) ? emptyAt : now).plusNanos(nanos);
            emptyAt = added.isAfter(full) ? full : added;
        }
    }
}
