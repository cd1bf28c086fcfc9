package dev.signet.authorizationserver.trust;

import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_ADDITIONAL_AUDIENCES;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_TOKEN_ENDPOINT_AUDIENCE;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.JTI_OPTIONAL;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the assertions of one trusted issuer are held to (RFC 7523 §3, §5); only {@link TrustedAssertions} makes one. Thread-safe. */
public final class IssuerRules {

    private final TrustedIssuer trust;
    private final AssertionTerms terms;
    private final ClaimsRules rules;

    IssuerRules(TrustedIssuer trust, AssertionTerms terms) {
        this.trust = trust;
        this.terms = terms;
        this.rules = AssertionGrant.rules(
                trust.issuer(),
                terms.issuer(),
                AssertionGrant.Options.strict()
                        .withOtherAudiences(
                                trust.has(ACCEPT_TOKEN_ENDPOINT_AUDIENCE)
                                        ? Set.of(terms.tokenEndpoint().toString())
                                        : Set.of())
                        .withAcceptAdditionalAudiences(trust.has(ACCEPT_ADDITIONAL_AUDIENCES))
                        .withRequiredClaims(trust.requiredClaims())
                        .withJtiOptional(trust.has(JTI_OPTIONAL))
                        .withMaximumLifetime(trust.maximumLifetime())
                        .withSkew(terms.skew()));
    }

    /** The trust that they follow from. */
    public TrustedIssuer trust() {
        return trust;
    }

    /**
     * Holds a JWT to all that does not depend on who presents it and what for. It is not used up.
     *
     * @throws AssertionRefused if it is refused, also because it is from another issuer
     * @throws dev.signet.outbound.KeysUnavailableException if the keys of the issuer can't be had
     */
    public TrustedAssertion check(UnverifiedJwt jwt, Instant now) {
        ValidClaims claims = valid(jwt, now);
        requireConditions(claims);
        String subject = claims.subject()
                .flatMap(asserted -> trust.subjects().subjectFor(asserted, claims.all()))
                .filter(Account::isSubject)
                .orElseThrow(() -> new AssertionRefused(
                        RefusalReason.ASSERTION_SUBJECT_REFUSED, "the issuer may not speak for this sub"));
        return new TrustedAssertion(
                trust,
                subject,
                attributes(claims),
                claims.all(),
                claims.expiresAt(),
                singleUses(claims),
                leniencies(claims));
    }

    private ValidClaims valid(UnverifiedJwt jwt, Instant now) {
        try {
            return rules.check(trust.keys().verify(jwt, trust.algorithms()), now);
        } catch (JwtRejected rejected) {
            throw new AssertionRefused(rejected);
        }
    }

    private void requireConditions(ValidClaims claims) {
        for (ClaimCondition condition : trust.conditions()) {
            if (!condition.isMet(claims.all())) {
                throw new AssertionRefused(
                        RefusalReason.ASSERTION_CONDITION_UNMET,
                        condition.claim()
                                + (claims.all().has(condition.claim()) ? " is not what it must be" : " is missing"));
            }
        }
    }

    private Attributes attributes(ValidClaims claims) {
        return trust.attributes().isEmpty() ? Attributes.none() : Attributes.among(claims.all(), trust.attributes());
    }

    private List<SingleUse> singleUses(ValidClaims claims) {
        return claims.jwtId()
                .filter(id -> !id.isEmpty())
                .map(id -> List.of(new SingleUse(
                        new ReplayKey(ReplayKey.ASSERTION, trust.issuer(), id),
                        claims.expiresAt().plus(terms.skew()))))
                .orElse(List.of());
    }

    private List<LeniencyUse> leniencies(ValidClaims claims) {
        List<LeniencyUse> used = new ArrayList<>();
        if (!claims.audience().contains(terms.issuer().value())) {
            used.add(trust.use(ACCEPT_TOKEN_ENDPOINT_AUDIENCE));
        }
        if (claims.audience().size() > 1) {
            used.add(trust.use(ACCEPT_ADDITIONAL_AUDIENCES));
        }
        if (claims.jwtId().filter(id -> !id.isEmpty()).isEmpty()) {
            used.add(trust.use(JTI_OPTIONAL));
        }
        return used;
    }
}
