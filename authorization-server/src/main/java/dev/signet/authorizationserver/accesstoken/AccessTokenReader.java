package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognizes the access tokens of this server that are still good by themselves: signed with a key that is published, also one
 * that signs no more, and held to RFC 9068 §4 but for the audience. Thread-safe.
 */
public final class AccessTokenReader {

    /** Each key is bound to one of these; a key is what makes a token ours. */
    private static final Set<JwsAlgorithm> ALGORITHMS = Arrays.stream(JwsAlgorithm.values())
            .filter(algorithm -> !algorithm.isMac())
            .collect(Collectors.toUnmodifiableSet());

    private final SigningKeys keys;
    private final ClaimsRules rules;

    /**
     * Recognizes the tokens of an issuer.
     *
     * @param skew how far the clocks of its nodes may differ
     */
    public AccessTokenReader(Issuer issuer, SigningKeys keys, Duration skew) {
        this.keys = keys;
        this.rules = AccessTokenProfile.issuersOwnRules(issuer, skew);
    }

    /**
     * The token; for its {@code exp} no skew is allowed, as the issuer knows what it meant.
     *
     * @throws JwtRejected if it is anything else
     */
    public IssuedAccessToken read(String token, Instant now) {
        ValidClaims claims = rules.check(UnverifiedJwt.parse(token).verify(keys.published(), ALGORITHMS), now);
        if (!claims.expiresAt().isAfter(now)) {
            throw new JwtRejected(Reason.EXPIRED, "exp has passed");
        }
        ClientId clientId = claims.all()
                .findString("client_id")
                .flatMap(ClientId::find)
                .orElseThrow(() -> malformed("client_id is none"));
        return new IssuedAccessToken(claims, clientId, jwtId(claims));
    }

    private static JwtId jwtId(ValidClaims claims) {
        try {
            return new JwtId(claims.jwtId().orElse(""));
        } catch (IllegalArgumentException notOurs) {
            throw malformed("jti has another form than ours");
        }
    }

    private static JwtRejected malformed(String detail) {
        return new JwtRejected(Reason.MALFORMED_CLAIM, detail);
    }
}
