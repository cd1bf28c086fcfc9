package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import java.time.Instant;
import java.util.List;

/** An assertion that its trusted issuer made for this server, about a subject it may speak for. */
record TrustedAssertion(
        TrustedIssuer trust,
        String subject,
        Attributes attributes,
        Instant expiresAt,
        List<SingleUse> singleUses,
        List<LeniencyUse> leniencies) {

    LeniencyUse use(TrustedIssuer.Leniency leniency) {
        return new LeniencyUse(leniency.switchName(), trust.issuer());
    }
}
