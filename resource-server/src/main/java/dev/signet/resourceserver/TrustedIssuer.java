package dev.signet.resourceserver;

import dev.signet.core.Issuer;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * An authorization server whose access tokens are accepted, with all that belongs to it alone: its keys, the algorithms
 * agreed with it, the audience it knows this resource server by (RFC 9068 §4).
 */
final class TrustedIssuer {

    private final Issuer issuer;
    private final KeySource keys;
    private final Set<JwsAlgorithm> algorithms;
    private final ClaimsRules rules;
    private final Duration leeway;

    TrustedIssuer(Issuer issuer, Set<String> audiences, KeySource keys, Set<JwsAlgorithm> algorithms, Duration leeway) {
        this.issuer = issuer;
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
        this.rules = AccessTokenProfile.rules(issuer, audiences, leeway);
        this.leeway = leeway;
    }

    /** The identifier that the tokens carry as {@code iss}. */
    String name() {
        return issuer.value();
    }

    /** Checks the signature with a key of this issuer. */
    VerifiedJwt verify(UnverifiedJwt jwt) {
        return keys.verify(jwt, algorithms);
    }

    /** Checks the claims. */
    AccessToken accept(VerifiedJwt jwt, Instant now) {
        return AccessToken.of(issuer, rules.check(jwt, now));
    }

    /** Whether that key is one of this issuer's still. */
    boolean has(VerificationKey key) {
        return keys.contains(key);
    }

    /** From when on a token is not accepted any more, in milliseconds of the epoch. */
    long usableUntil(AccessToken token) {
        return token.expiresAt().plus(leeway).toEpochMilli();
    }
}
