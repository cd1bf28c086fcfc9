package dev.signet.authorizationserver.store;

import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what resource owners granted, with the codes and refresh tokens that stand for it, and notes which access tokens came of it.
 * Replace it to share it between nodes. Thread-safe.
 *
 * <p>What is done about one grant is done one after the other, on whatever node: a code is redeemed once, and what is redeemed while
 * the grant is revoked either fails or is among the access tokens that are revoked with it.
 */
public interface GrantStore {

    /**
     * Puts a grant with the code that it is first used by, together with recording the uses of the request that was approved: all or
     * nothing.
     *
     * @param code of what the client gets; not known here yet
     * @param codeExpiresAt from when on the code is refused, in whole seconds
     * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
     * @return the key that was used before; empty if there is none and all is kept
     * @throws StoreException if it is not certain that all is kept; the client then gets no code
     */
    Optional<ReplayKey> put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt, List<SingleUse> uses);

    /**
     * The grant that a code stands for, also when the code was used or has expired, as long as an access or refresh token that came of
     * the grant may be good; afterwards either answer may be given. Empty if the grant was revoked.
     *
     * @throws StoreException if it can't be looked up
     */
    Optional<Redeemable> findCode(TokenDigest code);

    /**
     * The grant that a refresh token stands for, also when that was used up; after it has expired either answer may be given. Empty if
     * the grant was revoked.
     *
     * @throws StoreException if it can't be looked up
     */
    Optional<Redeemable> findRefreshToken(TokenDigest refreshToken);

    /**
     * Does all of a redemption or nothing. Recorded means that it outlasts what happens next.
     *
     * @throws StoreException if it is not certain that all is recorded; the request is then refused
     */
    RedemptionOutcome redeem(Redemption redemption);

    /**
     * Revokes a grant, together with recording the uses of the request that asks for it: both or neither. Its code and refresh tokens
     * are unknown from then on, and the access tokens that came of it and have not expired are in the {@link RevokedTokens} of the same
     * store. A grant that is not there is as good as revoked.
     *
     * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
     * @throws StoreException if it is not certain that all is recorded
     */
    GrantRevocation revoke(JwtId grantId, List<SingleUse> uses);

    /**
     * Revokes all that a subject granted a client, in the same way: the subject takes its consent back.
     *
     * @return the access tokens that were revoked
     * @throws StoreException if it is not certain that all is recorded
     */
    List<RevokedToken> revokeAll(ClientId clientId, String subject);
}
