package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.UnverifiedJwt;
import java.util.Optional;

/**
 * The check of JWTs that somebody else issued, whatever they are presented for (RFC 7523 §3): by its {@code iss} a JWT chooses
 * the trust it is held to, as it is at that moment, and nobody else's keys are looked for. Thread-safe.
 */
public final class TrustedAssertions {

    private static final int MOST_RULES = 1_000;

    private final TrustRegistry registry;
    private final AssertionTerms terms;

    /** By the trust itself, not by its issuer: another trust has other rules, from the next assertion on. */
    private final BoundedCache<TrustedIssuer, IssuerRules> rules = new BoundedCache<>(MOST_RULES);

    /**
     * Holds assertions to the rules of their issuers.
     *
     * @param registry says whose assertions count
     * @param terms what all of them are held to
     */
    public TrustedAssertions(TrustRegistry registry, AssertionTerms terms) {
        this.registry = registry;
        this.terms = terms;
    }

    /**
     * The rules of whoever the JWT says it is from. That proves nothing yet.
     *
     * @throws AssertionRefused if that is nobody who is trusted, or not enabled
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public IssuerRules requireRules(UnverifiedJwt jwt) {
        String issuer = jwt.claimedIssuer()
                .orElseThrow(() -> new AssertionRefused(
                        RefusalReason.ASSERTION_ISSUER_UNTRUSTED, "iss is missing or not a string"));
        // The names are compared as plain strings, whatever the registry makes of them.
        TrustedIssuer trust = Optional.of(issuer)
                .filter(TrustRules::canBeIssuer)
                .flatMap(registry::find)
                .filter(found -> found.issuer().equals(issuer))
                .orElseThrow(() ->
                        new AssertionRefused(RefusalReason.ASSERTION_ISSUER_UNTRUSTED, "iss is no trusted issuer"));
        if (!trust.isEnabled()) {
            throw new AssertionRefused(
                    RefusalReason.ASSERTION_ISSUER_DISABLED, "iss is a trusted issuer that is not enabled");
        }
        return rules.get(trust, found -> new IssuerRules(found, terms));
    }
}
