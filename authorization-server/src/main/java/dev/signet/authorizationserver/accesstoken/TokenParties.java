package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.trust.TrustRegistry;
import dev.signet.core.error.RefusalReason;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Those whom an access token names. Who is not enabled any more, or not there, does nothing with tokens from before: they are not
 * active (RFC 7662 §2.2). Thread-safe.
 */
public final class TokenParties {

    private final ClientRegistry clients;
    private final TrustRegistry trusted;
    private final Set<String> disabledResources;

    /**
     * Looks for them there.
     *
     * @param trusted names the clients without a registration: of those who presented an assertion without authentication
     */
    public TokenParties(ClientRegistry clients, TrustRegistry trusted, ProtectedResources resources) {
        this.clients = clients;
        this.trusted = trusted;
        this.disabledResources = resources.all().stream()
                .filter(resource -> !resource.isEnabled())
                .map(resource -> resource.resource().value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Why the token is not active, though it may not have been revoked; empty if all are usable.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public Optional<RefusalReason> unusable(IssuedAccessToken token) {
        Optional<RegisteredClient> client = clients.find(token.clientId());
        if (client.isEmpty() && !trusted.mayNameUnauthenticated(token.clientId())) {
            return Optional.of(RefusalReason.CLIENT_UNKNOWN);
        }
        if (client.flatMap(RegisteredClient::registeredAt)
                .filter(token::isFromBefore)
                .isPresent()) {
            return Optional.of(RefusalReason.CLIENT_UNKNOWN);
        }
        if (client.isPresent() && !client.get().isEnabled()) {
            return Optional.of(RefusalReason.CLIENT_DISABLED);
        }
        return Collections.disjoint(disabledResources, token.audience())
                ? Optional.empty()
                : Optional.of(RefusalReason.TARGET_DISABLED);
    }
}
