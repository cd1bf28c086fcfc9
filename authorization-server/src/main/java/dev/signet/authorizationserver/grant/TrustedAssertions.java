package dev.signet.authorizationserver.grant;

import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_ADDITIONAL_AUDIENCES;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.ACCEPT_TOKEN_ENDPOINT_AUDIENCE;
import static dev.signet.authorizationserver.trust.TrustedIssuer.Leniency.JTI_OPTIONAL;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the assertions of one trusted issuer are held to (RFC 7523 §3, §5). */
final class TrustedAssertions {

    private static final int LONGEST_SUBJECT = 1024;

    private final TrustedIssuer trust;
    private final AssertionTerms terms;
    private final ClaimsRules rules;

    TrustedAssertions(TrustedIssuer trust, AssertionTerms terms) {
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

    TrustedIssuer trust() {
        return trust;
    }

    TrustedAssertion check(UnverifiedJwt jwt, Instant now) {
        ValidClaims claims = rules.check(trust.keys().verify(jwt, trust.algorithms()), now);
        String subject = claims.subject()
                .flatMap(trust.subjects()::subjectFor)
                .filter(TrustedAssertions::isSubject)
                .orElseThrow(() -> OAuthException.invalidGrant(
                        RefusalReason.ASSERTION_SUBJECT_REFUSED, "the issuer may not speak for this sub"));
        return new TrustedAssertion(
                trust, subject, attributes(claims), claims.expiresAt(), singleUses(claims), leniencies(claims));
    }

    private Attributes attributes(ValidClaims claims) {
        return trust.attributes().isEmpty() ? Attributes.none() : Attributes.among(claims.all(), trust.attributes());
    }

    /** What an issuer makes up ends in tokens, logs and databases of others. */
    private static boolean isSubject(String mapped) {
        return !mapped.isEmpty()
                && mapped.length() <= LONGEST_SUBJECT
                && mapped.chars().noneMatch(Character::isISOControl);
    }

    private List<SingleUse> singleUses(ValidClaims claims) {
        return claims.jwtId()
                .filter(id -> !id.isEmpty())
                .map(id -> List.of(new SingleUse(
                        new ReplayKey(ReplayKey.ASSERTION_GRANT, trust.issuer(), id),
                        claims.expiresAt().plus(terms.skew()))))
                .orElse(List.of());
    }

    private List<LeniencyUse> leniencies(ValidClaims claims) {
        List<LeniencyUse> used = new ArrayList<>();
        if (!claims.audience().contains(terms.issuer().value())) {
            used.add(use(ACCEPT_TOKEN_ENDPOINT_AUDIENCE));
        }
        if (claims.audience().size() > 1) {
            used.add(use(ACCEPT_ADDITIONAL_AUDIENCES));
        }
        if (claims.jwtId().filter(id -> !id.isEmpty()).isEmpty()) {
            used.add(use(JTI_OPTIONAL));
        }
        return used;
    }

    private LeniencyUse use(TrustedIssuer.Leniency leniency) {
        return new LeniencyUse(leniency.switchName(), trust.issuer());
    }
}
