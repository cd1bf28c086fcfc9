package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.FederatedIdentity;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.trust.AssertionRefused;
import dev.signet.authorizationserver.trust.TrustedAssertion;
import dev.signet.authorizationserver.trust.TrustedAssertions;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.UnverifiedJwt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code private_key_jwt} of a client whose JWTs a trusted issuer makes (RFC 7521 §4.2, §5.2, RFC 7523 §2.2): held to what is agreed
 * with the issuer, whatever they are presented for, and then to what the client is registered with.
 */
final class FederatedCheck {

    private final TrustedAssertions trusted;

    FederatedCheck(TrustedAssertions trusted) {
        this.trusted = trusted;
    }

    AuthenticatedClient authenticate(
            RegisteredClient client, FederatedIdentity identity, UnverifiedJwt jwt, Instant now) {
        if (!jwt.claimedIssuer().filter(identity.issuer()::equals).isPresent()) {
            throw OAuthException.invalidClient(
                    RefusalReason.JWT_ISSUER, "iss is not the issuer that the client is registered with");
        }
        TrustedAssertion assertion;
        try {
            assertion = trusted.requireRules(jwt).check(jwt, now);
        } catch (AssertionRefused refused) {
            throw OAuthException.invalidClient(refused.reason(), refused.detail());
        }
        for (ClaimCondition condition : identity.conditions()) {
            if (!assertion.meets(condition)) {
                throw OAuthException.invalidClient(
                        RefusalReason.CLIENT_IDENTITY_OTHER,
                        condition.claim() + " is missing, or not what the client is registered with");
            }
        }
        if (!assertion.trust().permits(client.clientId())) {
            throw OAuthException.invalidClient(
                    RefusalReason.GRANT_TYPE_NOT_ALLOWED, "the trusted issuer is not for this client");
        }
        if (!assertion.trust().has(Leniency.ALLOW_ASSERTION_REUSE)) {
            return new AuthenticatedClient(client, assertion.singleUses(), assertion.leniencies());
        }
        List<LeniencyUse> leniencies = new ArrayList<>(assertion.leniencies());
        leniencies.add(assertion.use(Leniency.ALLOW_ASSERTION_REUSE));
        return new AuthenticatedClient(client, List.of(), List.copyOf(leniencies));
    }
}
