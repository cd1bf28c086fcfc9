package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.core.ClientId;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down who tries secrets (RFC 6749 §2.3.1): each client identifier, registered or not, may fail a number of times at once,
 * and then once in a while. Only secrets count and only secrets are held up, so a client with a key cannot be locked out by
 * others; neither can another client. Memory is bounded. Thread-safe.
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

    /** Refuses the attempt before it is looked at, if the client has failed too often. */
    void require(ClientId clientId, Instant now) {
        boolean full = clients.find(clientId)
                .map(failures -> failures.emptyAt.isAfter(now.plusNanos(nanosPerFailure * (burst - 1))))
                .orElse(false);
        if (full) {
            throw OAuthException.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "Too many failed attempts, try again later",
                    RefusalReason.RATE_LIMITED,
                    "the client failed to show its secret too often");
        }
    }

    /** Notes that the client failed. */
    void failed(ClientId clientId, Instant now) {
        clients.get(clientId, absent -> new Failures()).add(now, nanosPerFailure);
    }

    /** A bucket into which each failure pours a span of time, and that time itself drains. */
    private static final class Failures {
        private volatile Instant emptyAt = Instant.EPOCH;

        synchronized void add(Instant now, long nanos) {
            emptyAt = (emptyAt.isAfter(now) ? emptyAt : now).plusNanos(nanos);
        }
    }
}
