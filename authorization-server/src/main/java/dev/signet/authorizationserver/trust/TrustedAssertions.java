package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.UnverifiedJwt;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The check of JWTs that somebody else issued, whatever they are presented for (RFC 7523 §3): by its {@code iss} a JWT chooses
 * the trust it is held to, and nobody else's keys are looked for. Thread-safe.
 */
public final class TrustedAssertions {

    private final Map<String, IssuerRules> issuers;

    /**
     * Holds assertions to the rules of their issuers.
     *
     * @param trusted whose assertions count
     * @param terms what all of them are held to
     */
    public TrustedAssertions(TrustedIssuers trusted, AssertionTerms terms) {
        this.issuers = trusted.all().stream()
                .map(each -> new IssuerRules(each, terms))
                .collect(Collectors.toUnmodifiableMap(each -> each.trust().issuer(), Function.identity()));
    }

    /**
     * The trust in whoever the JWT says it is from. That proves nothing yet.
     *
     * @throws AssertionRefused if there is none, or it is not enabled
     */
    public TrustedIssuer requireTrust(UnverifiedJwt jwt) {
        return rulesFor(jwt).trust();
    }

    /**
     * Holds a JWT to all that does not depend on who presents it and what for. It is not used up.
     *
     * @throws AssertionRefused if it is refused
     * @throws dev.signet.outbound.KeysUnavailableException if the keys of its issuer can't be had
     */
    public TrustedAssertion check(UnverifiedJwt jwt, Instant now) {
        return rulesFor(jwt).check(jwt, now);
    }

    private IssuerRules rulesFor(UnverifiedJwt jwt) {
        String issuer = jwt.claimedIssuer()
                .orElseThrow(() -> new AssertionRefused(
                        RefusalReason.ASSERTION_ISSUER_UNTRUSTED, "iss is missing or not a string"));
        // The names are compared as plain strings.
        IssuerRules rules = issuers.get(issuer);
        if (rules == null) {
            throw new AssertionRefused(RefusalReason.ASSERTION_ISSUER_UNTRUSTED, "iss is no trusted issuer");
        }
        if (!rules.trust().isEnabled()) {
            throw new AssertionRefused(
                    RefusalReason.ASSERTION_ISSUER_DISABLED, "iss is a trusted issuer that is not enabled");
        }
        return rules;
    }
}
