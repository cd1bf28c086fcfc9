package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.GrantRevocation;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What resource owners granted, found by what clients present for it, redeemed, and revoked. Thread-safe. */
public final class KeptGrants {

    private final GrantStore store;
    private final Consumer<List<RevokedToken>> revokedHere;

    /**
     * Those in that store.
     *
     * @param revokedHere is told which access tokens were revoked, so that this node knows it at once
     */
    public KeptGrants(GrantStore store, Consumer<List<RevokedToken>> revokedHere) {
        this.store = store;
        this.revokedHere = revokedHere;
    }

    Optional<Redeemable> findCode(String code) {
        return RandomTexts.isOne(code) ? store.findCode(TokenDigest.of(code)) : Optional.empty();
    }

    /**
     * What a text stands for if it is a refresh token.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it can't be looked up
     */
    public Optional<Redeemable> findRefreshToken(String text) {
        return RandomTexts.isOne(text) ? store.findRefreshToken(TokenDigest.of(text)) : Optional.empty();
    }

    /** Whether a grant was given to that client, and not to another that had its identifier before. */
    public static boolean isOf(RegisteredClient client, StoredGrant grant) {
        return grant.clientId().equals(client.clientId())
                && client.registeredAt()
                        .filter(since -> grant.grantedAt().isBefore(since))
                        .isEmpty();
    }

    /**
     * Redeems what was presented, the last thing that happens before the tokens leave.
     *
     * @param ofClient those of the uses that authenticate the client
     * @throws OAuthException {@code invalid_grant} if it was used meanwhile or its grant revoked, {@code invalid_client} or {@code
     *     invalid_grant} if a use is not the first
     */
    public void redeem(GrantUse use, Redemption redemption, List<SingleUse> ofClient) {
        RedemptionOutcome outcome = store.redeem(redemption);
        if (outcome instanceof RedemptionOutcome.Replayed replayed) {
            ReplayCheck.requireFirst(Optional.of(replayed.key()), ofClient);
        }
        if (outcome instanceof RedemptionOutcome.Used) {
            throw reused(use.grant(), use.presented(), ofClient);
        }
        if (outcome instanceof RedemptionOutcome.Revoked) {
            throw OAuthException.invalidGrant(RefusalReason.GRANT_REVOKED, "the grant was revoked");
        }
    }

    /**
     * Revokes the grant of what was used before, by a sender who has proven to be its client: one of the two who had it is a thief
     * (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
     *
     * @param ofClient what authenticates the client; it does not unless this is its first use, and then nothing is revoked
     * @return what to answer
     * @throws OAuthException {@code invalid_client} if a use is not the first
     */
    OAuthException reused(StoredGrant grant, Presented presented, List<SingleUse> ofClient) {
        int revoked = revoke(grant, ofClient);
        boolean code = presented instanceof Presented.Code;
        return OAuthException.invalidGrant(
                code ? RefusalReason.CODE_REUSED : RefusalReason.REFRESH_TOKEN_REUSED,
                "grant " + grant.id() + " is revoked, with " + revoked + " access tokens");
    }

    /**
     * Revokes a grant.
     *
     * @param ofClient what authenticates the client that wants it
     * @return how many access tokens were revoked with it
     * @throws OAuthException {@code invalid_client} if a use is not the first; then nothing is revoked
     */
    public int revoke(StoredGrant grant, List<SingleUse> ofClient) {
        GrantRevocation revocation = store.revoke(grant.id(), ofClient);
        ReplayCheck.requireFirst(revocation.replayed(), ofClient);
        revokedHere.accept(revocation.accessTokens());
        return revocation.accessTokens().size();
    }
}
