package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * An assertion that its trusted issuer made for this server, about a subject it may speak for. Holding one is the proof; only
 * {@link IssuerRules} makes one.
 */
public final class TrustedAssertion {

    private final TrustedIssuer trust;
    private final String subject;
    private final Attributes attributes;
    private final JsonObject claims;
    private final Instant expiresAt;
    private final List<SingleUse> singleUses;
    private final List<LeniencyUse> leniencies;

    TrustedAssertion(
            TrustedIssuer trust,
            String subject,
            Attributes attributes,
            JsonObject claims,
            Instant expiresAt,
            List<SingleUse> singleUses,
            List<LeniencyUse> leniencies) {
        this.trust = trust;
        this.subject = subject;
        this.attributes = attributes;
        this.claims = claims;
        this.expiresAt = expiresAt;
        this.singleUses = singleUses;
        this.leniencies = leniencies;
    }

    /** The trust it meets. */
    public TrustedIssuer trust() {
        return trust;
    }

    /** Whom it speaks for, under the name that the trust gives. */
    public String subject() {
        return subject;
    }

    /** Whether it is a client that speaks for itself (RFC 7521 §6.2). */
    public boolean isAboutItsClient() {
        return trust.client()
                .filter(client -> client.clientId().value().equals(subject))
                .isPresent();
    }

    /** What is believed about the subject. */
    public Attributes attributes() {
        return attributes;
    }

    /** Whether its claims meet a condition that somebody else than the trust makes. */
    public boolean meets(ClaimCondition condition) {
        return condition.isMet(claims);
    }

    /** {@code exp}. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** What must not have been used before, unless the trust allows reuse for what the assertion is presented for. */
    public List<SingleUse> singleUses() {
        return singleUses;
    }

    /** The leniencies without which it would have been refused. */
    public List<LeniencyUse> leniencies() {
        return leniencies;
    }

    /** The use of another leniency of the trust. */
    public LeniencyUse use(TrustedIssuer.Leniency leniency) {
        return trust.use(leniency);
    }

    /** Shows the issuer only. */
    @Override
    public String toString() {
        return "TrustedAssertion of " + trust.issuer();
    }
}
