package dev.signet.resourceserver;

import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Instant;
import java.util.Optional;

/** What the access tokens of one issuer are held to, by its keys and its agreements alone (RFC 9068 §4). */
final class IssuerRules {

    private final TrustedIssuer trusted;
    private final KeySource keys;
    private final ClaimsRules claims;
    private final Optional<ClaimsRules> legacy;
    private final AccessRules access;

    IssuerRules(TrustedIssuer trusted, KeySource keys, AccessRules access) {
        this.trusted = trusted;
        this.keys = keys;
        this.claims = AccessTokenProfile.rules(trusted.issuer(), trusted.audiences(), trusted.leeway());
        this.legacy = trusted.allowsLegacyTyp()
                ? Optional.of(AccessTokenProfile.rulesAllowingLegacyTyp(
                        trusted.issuer(), trusted.audiences(), trusted.leeway()))
                : Optional.empty();
        this.access = access;
    }

    /** How the tokens are encrypted, if they are. */
    Optional<AccessTokenEncryption> encryption() {
        return trusted.encryption();
    }

    /** Checks the signature with a key of this issuer. */
    VerifiedJwt verify(UnverifiedJwt jwt) {
        return keys.verify(jwt, trusted.algorithms());
    }

    /** Checks the claims. */
    Valid accept(VerifiedJwt jwt, Instant now) {
        try {
            return new Valid(AccessToken.of(trusted.issuer(), claims.check(jwt, now)), access, false);
        } catch (JwtRejected rejected) {
            if (legacy.isEmpty() || rejected.reason() != Reason.TYPE) {
                throw rejected;
            }
        }
        // Only what the strict rules refuse for its type is let through by the switch, which can be told so.
        return new Valid(AccessToken.of(trusted.issuer(), legacy.get().check(jwt, now)), access, true);
    }

    /** How the issuer is asked about its tokens, if it is. */
    Optional<IntrospectionPolicy> introspection() {
        return trusted.introspection();
    }

    /** Whether the issuer's opaque tokens are accepted. */
    boolean allowsOpaqueTokens() {
        return trusted.allowsOpaqueTokens();
    }

    /** Checks claims that the issuer answered with; their type is not looked at. */
    Valid acceptAnswered(JsonObject claimed, boolean usedLegacyTyp, Instant now) {
        return new Valid(AccessToken.of(trusted.issuer(), claims.checkUnsigned(claimed, now)), access, usedLegacyTyp);
    }

    /** Whether that key is one of this issuer's still. */
    boolean has(VerificationKey key) {
        return keys.contains(key);
    }

    /** From when on a token is not accepted any more, in milliseconds of the epoch. */
    long usableUntil(AccessToken token) {
        return token.expiresAt().plus(trusted.leeway()).toEpochMilli();
    }
}
