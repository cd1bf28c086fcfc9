package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.accesstoken.AccessTokenPayload;
import java.util.List;

/**
 * Makes the access token that was approved (RFC 9068 §2), and uses up what may be used once: one call of the store, after
 * which nothing can fail. Thread-safe.
 */
public final class AccessTokenIssuer {

    private final Issuer issuer;
    private final SigningKeys keys;
    private final RandomIds ids;
    private final ReplayCheck replays;

    /**
     * Issues tokens in the name of an issuer.
     *
     * @param ids where the {@code jti}s come from
     * @param replays where the uses are recorded
     */
    public AccessTokenIssuer(Issuer issuer, SigningKeys keys, RandomIds ids, ReplayCheck replays) {
        this.issuer = issuer;
        this.keys = keys;
        this.ids = ids;
        this.replays = replays;
    }

    /**
     * The token.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_grant} or {@code invalid_client} if something was used before
     */
    public IssuedTokens issue(Approval approval) {
        JwtId jwtId = ids.next();
        TokenSigner signer = keys.signer(approval.approvedAt());
        String token = signer.sign(AccessTokenPayload.builder()
                .issuer(issuer)
                .subject(approval.subject())
                .clientId(approval.clientId())
                .audience(List.of(approval.resource().resource().value()))
                .scope(approval.scope())
                .jwtId(jwtId)
                .issuedAt(approval.approvedAt())
                .lifetime(approval.lifetime())
                .build());
        replays.consume(approval.singleUses());
        return new IssuedTokens(approval, token, jwtId, signer.keyId());
    }
}
