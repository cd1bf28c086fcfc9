package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.accesstoken.AccessTokenPayload;
import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Makes the access token that was approved (RFC 9068 §2), and uses up what may be used once: one call of the store, after
 * which nothing can fail. Thread-safe.
 */
public final class AccessTokenIssuer {

    private final Issuer issuer;
    private final SigningKeys keys;
    private final RandomIds ids;
    private final ReplayCheck replays;
    private final StoredTokens storedTokens;
    private final OpaqueTokens opaqueTokens;

    /**
     * Issues tokens in the name of an issuer.
     *
     * @param ids where the {@code jti}s come from
     * @param replays where the uses are recorded
     * @param storedTokens where they are recorded together with what a token stands for that does not say it
     * @param random where opaque tokens come from
     */
    public AccessTokenIssuer(
            Issuer issuer,
            SigningKeys keys,
            RandomIds ids,
            ReplayCheck replays,
            StoredTokens storedTokens,
            SecureRandom random) {
        this.issuer = issuer;
        this.keys = keys;
        this.ids = ids;
        this.replays = replays;
        this.storedTokens = storedTokens;
        this.opaqueTokens = new OpaqueTokens(random);
    }

    /**
     * The token.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_grant} or {@code invalid_client} if something was used before
     */
    public IssuedTokens issue(Approval approval) {
        JwtId jwtId = ids.next();
        JsonObject claims = AccessTokenPayload.builder()
                .issuer(issuer)
                .subject(approval.subject())
                .clientId(approval.clientId())
                .audience(List.of(approval.resource().resource().value()))
                .scope(approval.scope())
                .jwtId(jwtId)
                .issuedAt(approval.approvedAt())
                .lifetime(approval.lifetime())
                .build();
        IssuedTokens tokens = write(approval, claims, jwtId);
        record(tokens, claims);
        return tokens;
    }

    private IssuedTokens write(Approval approval, JsonObject claims, JwtId jwtId) {
        TokenFormat format = approval.resource().tokenFormat();
        if (format instanceof TokenFormat.Opaque) {
            return new IssuedTokens(approval, opaqueTokens.next(), jwtId, Optional.empty());
        }
        TokenSigner signer = keys.signer(approval.approvedAt());
        String jwt = signer.sign(claims);
        String token = format instanceof TokenFormat.Encrypted encrypted
                ? encrypted.encrypter().encrypt(jwt)
                : jwt;
        return new IssuedTokens(approval, token, jwtId, signer.keyId());
    }

    private void record(IssuedTokens tokens, JsonObject claims) {
        Approval approval = tokens.approval();
        if (approval.resource().tokenFormat().isKept()) {
            StoredToken kept = new StoredToken(TokenDigest.of(tokens.accessToken()), claims, tokens.expiresAt());
            ReplayCheck.requireFirst(storedTokens.put(kept, approval.singleUses()));
        } else {
            replays.consume(approval.singleUses());
        }
    }
}
