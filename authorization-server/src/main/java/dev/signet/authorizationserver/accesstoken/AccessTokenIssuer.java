package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Makes the access token that was approved (RFC 9068 §2), and uses up what may be used once: one call of the store, after
 * which nothing can fail. Thread-safe.
 */
public final class AccessTokenIssuer {

    private final TokenContents contents;
    private final SigningKeys keys;
    private final ReplayCheck replays;
    private final StoredTokens storedTokens;
    private final RandomTexts opaqueTokens;

    /**
     * Issues tokens.
     *
     * @param contents what they say
     * @param replays where the uses are recorded
     * @param storedTokens where they are recorded together with what a token stands for that does not say it
     * @param random where opaque tokens come from
     */
    public AccessTokenIssuer(
            TokenContents contents,
            SigningKeys keys,
            ReplayCheck replays,
            StoredTokens storedTokens,
            SecureRandom random) {
        this.contents = contents;
        this.keys = keys;
        this.replays = replays;
        this.storedTokens = storedTokens;
        this.opaqueTokens = new RandomTexts(random);
    }

    /**
     * The token.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_grant} or {@code invalid_client} if something was used before
     * @throws AccessTokenClaimsException if its claims can't be had
     */
    public IssuedTokens issue(Approval approval) {
        TokenContent content = contents.decide(approval);
        IssuedTokens tokens = write(approval, content);
        record(tokens, content.claims());
        return tokens;
    }

    private IssuedTokens write(Approval approval, TokenContent content) {
        TokenFormat format = approval.resource().tokenFormat();
        if (format instanceof TokenFormat.Opaque) {
            return new IssuedTokens(approval, opaqueTokens.next(), content, Optional.empty());
        }
        JwsAlgorithm algorithm = approval.resource().signingAlgorithm().orElse(keys.algorithm());
        TokenSigner signer = keys.signer(algorithm, approval.approvedAt());
        String jwt = signer.sign(content.claims());
        String token = format instanceof TokenFormat.Encrypted encrypted
                ? encrypted.encrypter().encrypt(jwt)
                : jwt;
        return new IssuedTokens(approval, token, content, signer.keyId());
    }

    private void record(IssuedTokens tokens, JsonObject claims) {
        Approval approval = tokens.approval();
        if (approval.resource().tokenFormat().isKept()) {
            StoredToken kept = new StoredToken(TokenDigest.of(tokens.accessToken()), claims, tokens.expiresAt());
            ReplayCheck.requireFirst(storedTokens.put(kept, approval.singleUses()), approval.clientUses());
        } else {
            replays.consume(approval.singleUses(), approval.clientUses());
        }
    }
}
