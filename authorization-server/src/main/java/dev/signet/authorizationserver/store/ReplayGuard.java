package dev.signet.authorizationserver.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which JWTs have been used, until they are refused for their age anyway (RFC 7523 §3 item 7).
 *
 * <p>A request may use two: one that authenticates the client and one that is the grant. So the uses of a request are
 * recorded together or not at all, as the last step before a token is made; of any number of requests that share a key, on
 * whatever node, at most one succeeds. Replace it to share it between nodes. Thread-safe.
 */
@FunctionalInterface
public interface ReplayGuard {

    /**
     * Records all uses, or none if one of the keys was used before. Recorded means that it outlasts what happens next: a
     * crash after the return must not make a key usable again.
     *
     * @param uses one or a few, with different keys
     * @return the key that was used before; empty if there is none and all uses are recorded
     * @throws StoreException if it is not certain that they are recorded; the request is then refused
     */
    Optional<ReplayKey> consume(List<SingleUse> uses);

    /** True if the key was not used before; it is now. */
    default boolean firstUse(ReplayKey key, Instant expiresAt) {
        return consume(List.of(new SingleUse(key, expiresAt))).isEmpty();
    }

    /**
     * Whether a use of that key is remembered. It decides nothing: between the question and {@link #consume} others may come. Who can't
     * tell says no, and people are told at the end of what they can't get instead of at its beginning.
     *
     * @throws StoreException if it can't be looked up
     */
    default boolean isUsed(ReplayKey key) {
        return false;
    }
}
