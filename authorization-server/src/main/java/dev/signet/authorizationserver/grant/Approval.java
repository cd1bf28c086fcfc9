package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.ClientId;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token may be issued: every rule was met, unless something was used before that may be used once. Holding one is the proof;
 * only {@link Gate} makes one.
 */
public final class Approval {

    private final TokenRequest request;
    private final Entitlement entitlement;
    private final ProtectedResource resource;
    private final Scope scope;
    private final Duration lifetime;
    private final List<LeniencyUse> leniencies;

    Approval(
            TokenRequest request,
            Entitlement entitlement,
            ProtectedResource resource,
            Scope scope,
            Duration lifetime,
            List<LeniencyUse> leniencies) {
        this.request = request;
        this.entitlement = entitlement;
        this.resource = resource;
        this.scope = scope;
        this.lifetime = lifetime;
        this.leniencies = leniencies;
    }

    /** The grant it was approved under. */
    public String grantType() {
        return request.grantType();
    }

    /** When. */
    public Instant approvedAt() {
        return request.receivedAt();
    }

    /** Whom the token is issued to. */
    public ClientId clientId() {
        return entitlement.clientId();
    }

    /** Whom it speaks for. */
    public String subject() {
        return entitlement.subject();
    }

    /** What is known about the subject. A client that speaks for itself is the subject. */
    public Attributes subjectAttributes() {
        return entitlement.subjectAttributes();
    }

    /** What is known about the client. */
    public Attributes clientAttributes() {
        return entitlement.clientAttributes();
    }

    /** Whom it is meant for. */
    public ProtectedResource resource() {
        return resource;
    }

    /** What it allows there. */
    public Scope scope() {
        return scope;
    }

    /** How long it lives, in whole seconds. */
    public Duration lifetime() {
        return lifetime;
    }

    /** What must not have been used before, to be recorded before the token leaves. */
    public List<SingleUse> singleUses() {
        return entitlement.singleUses();
    }

    /** What of that authenticates the client. */
    public List<SingleUse> clientUses() {
        return entitlement.clientUses();
    }

    /** The code or refresh token that it is about; empty for other grants. */
    public Optional<GrantUse> grantUse() {
        return entitlement.grantUse();
    }

    /** How and when the resource owner authenticated who granted it; empty if none did (RFC 9068 §2.2.1). */
    public Optional<Authentication> authentication() {
        return entitlement.grantUse().map(use -> use.grant().authentication());
    }

    /** The leniencies without which there would be no approval. */
    public List<LeniencyUse> leniencies() {
        return leniencies;
    }

    @Override
    public String toString() {
        return "Approval of " + clientId() + " for " + resource.resource() + ", scope " + scope;
    }
}
