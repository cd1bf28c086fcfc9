package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.SelfRegistration.SoftwareStatement;
import dev.signet.authorizationserver.trust.TrustRegistry;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The check of software statements (RFC 7591 §2.3): signed by a trusted issuer that is approved for them. They are no secret and are
 * used by all that run the software, so that none is used up; one without {@code exp} is good as long as its issuer is trusted.
 * Thread-safe.
 */
public final class SoftwareStatements {

    private final TrustRegistry issuers;
    private final Duration skew;

    /** Of those issuers. */
    public SoftwareStatements(TrustRegistry issuers, Duration skew) {
        this.issuers = issuers;
        this.skew = skew;
    }

    /**
     * What a statement says of the client: those of its claims that a client may register.
     *
     * @throws OAuthException {@code invalid_software_statement} or {@code unapproved_software_statement}
     * @throws dev.signet.outbound.KeysUnavailableException if the keys of the issuer can't be had
     */
    SoftwareStatement verify(String statement, Instant now) {
        try {
            UnverifiedJwt jwt = UnverifiedJwt.parse(statement);
            String name = jwt.claimedIssuer()
                    .filter(issuer -> !issuer.isEmpty())
                    .orElseThrow(() -> invalid(RefusalReason.SOFTWARE_STATEMENT_INVALID, "iss is missing"));
            return new SoftwareStatement(statement, stated(jwt, approved(name), now));
        } catch (JwtRejected rejected) {
            throw invalid(RefusalReason.of(rejected.reason()), "software_statement: " + rejected.detail());
        }
    }

    private TrustedIssuer approved(String name) {
        return issuers.find(name)
                .filter(issuer -> issuer.issuer().equals(name) && issuer.isEnabled() && issuer.hasSoftwareStatements())
                .orElseThrow(() -> OAuthException.of(
                        ErrorCode.UNAPPROVED_SOFTWARE_STATEMENT,
                        "The issuer of the software statement is not approved",
                        RefusalReason.SOFTWARE_STATEMENT_UNAPPROVED,
                        "iss is no trusted issuer with software_statements"));
    }

    private JsonObject stated(UnverifiedJwt jwt, TrustedIssuer issuer, Instant now) {
        ClaimsRules rules = ClaimsRules.builder()
                .types(Set.of("JWT"))
                .allowAbsentType()
                .issuer(issuer.issuer())
                .allowAnyAudience()
                .skew(skew)
                .build();
        VerifiedJwt verified = issuer.keys().verify(jwt, issuer.algorithms());
        rules.requireType(verified);
        JsonObject claims = verified.claims();
        JsonObject.Builder timed = claims.toBuilder();
        if (!claims.has("aud")) {
            timed.put("aud", issuer.issuer());
        }
        if (!claims.has("exp")) {
            timed.put("exp", NumericDate.of(now) + 1);
        }
        rules.checkUnsigned(timed.build(), now);
        JsonObject.Builder stated = JsonObject.builder();
        ClientMetadata.REGISTRABLE.stream()
                .sorted()
                .forEach(member -> claims.find(member).ifPresent(value -> stated.put(member, value)));
        return stated.build();
    }

    private static OAuthException invalid(RefusalReason reason, String detail) {
        return OAuthException.of(
                ErrorCode.INVALID_SOFTWARE_STATEMENT, "The software statement is invalid", reason, detail);
    }
}
