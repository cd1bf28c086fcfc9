package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.core.ClientId;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells who guesses secrets to stop (RFC 6749 §2.3.1): for each client identifier, registered or not, a number of wrong
 * secrets is answered at once, and then one in a while. A right secret is never held up, since a client could otherwise be
 * kept out by anybody who knows its identifier; that a secret has at least {@link
 * dev.signet.authorizationserver.registry.ClientSecret#MINIMUM_LENGTH} characters is what makes guessing hopeless. Memory is
 * bounded. Thread-safe.
 */
final class FailureLimit {

    private static final int CLIENTS = 10_000;

    private final int burst;
    private final long nanosPerFailure;
    private final BoundedCache<ClientId, Failures> clients = new BoundedCache<>(CLIENTS);

    FailureLimit(int burst, Duration timePerFailure) {
        this.burst = burst;
        this.nanosPerFailure = timePerFailure.toNanos();
    }

    /** Refuses an attempt that failed, if there were too many before it. */
    void require(ClientId clientId, Instant now) {
        if (clients.find(clientId).map(failures -> isFull(failures, now)).orElse(false)) {
            throw OAuthException.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "Too many failed attempts, try again later",
                    RefusalReason.RATE_LIMITED,
                    "the client failed to show its secret too often");
        }
    }

    /** Twice what makes it full was noted by a clock that has been set back since. */
    private boolean isFull(Failures failures, Instant now) {
        Instant emptyAt = failures.emptyAt;
        return emptyAt.isAfter(now.plusNanos(nanosPerFailure * (burst - 1)))
                && !emptyAt.isAfter(now.plusNanos(nanosPerFailure * burst * 2));
    }

    /** Notes that the client failed. */
    void failed(ClientId clientId, Instant now) {
        clients.get(clientId, absent -> new Failures())
                .add(now, nanosPerFailure, now.plusNanos(nanosPerFailure * burst));
    }

    /** A bucket into which each failure pours a span of time, and that time itself drains. */
    private static final class Failures {
        private volatile Instant emptyAt = Instant.EPOCH;

        /** @param full what runs over it: many requests may have been let in before the first of them failed */
        synchronized void add(Instant now, long nanos, Instant full) {
            Instant added = (emptyAt.isAfter(now) ? emptyAt : now).plusNanos(nanos);
            emptyAt = added.isAfter(full) ? full : added;
        }
    }
}
