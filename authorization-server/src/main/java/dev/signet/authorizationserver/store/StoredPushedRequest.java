package dev.signet.authorizationserver.store;

import dev.signet.core.http.FormParameters;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An authorization request that a client pushed, and that was found in order then (RFC 9126 §2.2). Immutable.
 *
 * @param reference names it: the client and the random part of the URI
 * @param parameters those that count, without anything by which the client authenticated
 * @param isSigned whether they came in a request object
 * @param requestObject what an answer uses up beside the request itself: the {@code jti} of the request object, if it had one
 * @param expiresAt from when on no interaction begins with it, in whole seconds
 * @param keptUntil from when on it may be forgotten, in whole seconds: those who began in time are given some
 */
public record StoredPushedRequest(
        ReplayKey reference,
        FormParameters parameters,
        boolean isSigned,
        Optional<SingleUse> requestObject,
        Instant expiresAt,
        Instant keptUntil) {

    /** @throws IllegalArgumentException if it were forgotten before it expires */
    public StoredPushedRequest {
        Objects.requireNonNull(requestObject, "requestObject");
        if (keptUntil.isBefore(expiresAt)) {
            throw new IllegalArgumentException("keptUntil must not be before expiresAt");
        }
    }

    /** Nothing of what it says. */
    @Override
    public String toString() {
        return "StoredPushedRequest of " + reference.issuer();
    }
}
