package dev.signet.authorizationserver.store;

import java.util.List;
import java.util.Optional;

/**
 * Remembers which access tokens were revoked, until they have expired (RFC 7009 §2). Replace it to share it between nodes.
 * Thread-safe.
 *
 * <p>Each node keeps a copy of what is live and asks for what came after it, so that tokens are looked up without the store.
 */
public interface RevokedTokens {

    /** The mark before all revocations. */
    long START = 0;

    /**
     * Revokes a token, together with recording the uses of the request that asks for it: both or neither. Recorded means that it
     * outlasts what happens next. A token that is revoked already stays so.
     *
     * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
     * @return the key that was used before, and then nothing is revoked or recorded; empty if all is
     * @throws StoreException if it is not certain that all is recorded; the request is then refused
     */
    Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses);

    /**
     * Whether a token was revoked; after it has expired either answer may be given.
     *
     * @throws StoreException if that can't be said
     */
    boolean isRevoked(JwtIdDigest digest);

    /**
     * What was revoked after a mark. Whoever asks again with each mark it is given misses nothing: a revocation that was complete
     * before a call is in the answers up to the first that has no {@link RevocationChanges#more}, and none ever appears before
     * a mark that was given out.
     *
     * @param mark {@link #START}, or one that was given out by an instance on the same store
     * @param most how many to give at once, at least 1
     * @throws StoreException if that can't be said
     */
    RevocationChanges changesSince(long mark, int most);
}
