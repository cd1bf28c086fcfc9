package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.grant.GrantUse;
import dev.signet.authorizationserver.grant.KeptGrants;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the access token that was approved (RFC 9068 §2), and uses up what may be used once: one call of the store, after
 * which nothing can fail. Thread-safe.
 */
public final class AccessTokenIssuer {

    private final TokenContents contents;
    private final SigningKeys keys;
    private final ReplayCheck replays;
    private final StoredTokens storedTokens;
    private final RandomTexts texts;
    private final @Nullable KeptGrants grants;

    /**
     * Issues tokens.
     *
     * @param contents what they say
     * @param replays where the uses are recorded
     * @param storedTokens where they are recorded together with what a token stands for that does not say it
     * @param texts where opaque tokens and refresh tokens come from
     */
    public AccessTokenIssuer(
            TokenContents contents,
            SigningKeys keys,
            ReplayCheck replays,
            StoredTokens storedTokens,
            RandomTexts texts) {
        this(contents, keys, replays, storedTokens, texts, null);
    }

    private AccessTokenIssuer(
            TokenContents contents,
            SigningKeys keys,
            ReplayCheck replays,
            StoredTokens storedTokens,
            RandomTexts texts,
            @Nullable KeptGrants grants) {
        this.contents = contents;
        this.keys = keys;
        this.replays = replays;
        this.storedTokens = storedTokens;
        this.texts = texts;
        this.grants = grants;
    }

    /** The same, which redeems codes and refresh tokens there. */
    public AccessTokenIssuer redeemingAt(KeptGrants kept) {
        return new AccessTokenIssuer(contents, keys, replays, storedTokens, texts, kept);
    }

    /**
     * The token.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_grant} or {@code invalid_client} if something was used before, or the
     *     grant revoked
     * @throws AccessTokenClaimsException if its claims can't be had
     */
    public IssuedTokens issue(Approval approval) {
        TokenContent content = contents.decide(approval);
        IssuedTokens tokens = write(approval, content);
        if (approval.grantUse().isPresent()) {
            return redeem(approval.grantUse().get(), tokens, content.claims());
        }
        record(tokens, content.claims());
        return tokens;
    }

    private IssuedTokens redeem(GrantUse use, IssuedTokens tokens, JsonObject claims) {
        if (grants == null) {
            throw new IllegalStateException("a server without grants has no codes and refresh tokens");
        }
        Approval approval = tokens.approval();
        Redemption.Builder redemption = Redemption.of(use.grant(), use.presented(), approval.approvedAt())
                .accessToken(tokens.jwtId(), tokens.expiresAt())
                .uses(approval.singleUses());
        if (approval.resource().tokenFormat().isKept()) {
            redemption.storedToken(kept(tokens, claims));
        }
        Optional<String> refreshToken = use.refreshTokenUntil().map(until -> texts.next());
        refreshToken.ifPresent(text -> redemption.refreshToken(
                TokenDigest.of(text), use.refreshTokenUntil().orElseThrow()));
        grants.redeem(use, redemption.build(), approval.clientUses());
        return refreshToken.map(tokens::withRefreshToken).orElse(tokens);
    }

    private IssuedTokens write(Approval approval, TokenContent content) {
        TokenFormat format = approval.resource().tokenFormat();
        if (format instanceof TokenFormat.Opaque) {
            return new IssuedTokens(approval, texts.next(), content, Optional.empty());
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
            ReplayCheck.requireFirst(
                    storedTokens.put(kept(tokens, claims), approval.singleUses()), approval.clientUses());
        } else {
            replays.consume(approval.singleUses(), approval.clientUses());
        }
    }

    private static StoredToken kept(IssuedTokens tokens, JsonObject claims) {
        return new StoredToken(TokenDigest.of(tokens.accessToken()), claims, tokens.expiresAt());
    }
}
