package dev.signet.authorizationserver.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what opaque and encrypted access tokens stand for, until they have expired (RFC 6749 §1.4, RFC 7662 §2). Replace it to
 * share it between nodes. Thread-safe.
 */
public interface StoredTokens {

    /**
     * Puts a token, together with recording the uses of the request that it is issued upon: both or neither. Recorded means that
     * it outlasts what happens next.
     *
     * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
     * @return the key that was used before, and then nothing is put or recorded; empty if all is
     * @throws StoreException if it is not certain that all is recorded; the request is then refused
     */
    Optional<ReplayKey> put(StoredToken token, List<SingleUse> uses);

    /**
     * The token with that digest; after it has expired either answer may be given.
     *
     * @throws StoreException if that can't be said
     */
    Optional<StoredToken> find(TokenDigest digest);
}
