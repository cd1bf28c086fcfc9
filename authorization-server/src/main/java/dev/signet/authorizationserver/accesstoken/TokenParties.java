package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Accounts;
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
    private final Accounts accounts;
    private final Set<String> disabledResources;

    /**
     * Looks for them there.
     *
     * @param trusted names the clients without a registration: of those who presented an assertion without authentication
     * @param accounts knows the subjects by the names they have here; those that a resource knows by pairwise ones are not looked for
     */
    public TokenParties(
            ClientRegistry clients, TrustRegistry trusted, Accounts accounts, ProtectedResources resources) {
        this.clients = clients;
        this.trusted = trusted;
        this.accounts = accounts;
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
        if (!Collections.disjoint(disabledResources, token.audience())) {
            return Optional.of(RefusalReason.TARGET_DISABLED);
        }
        return token.claims()
                .findString("sub")
                .filter(subject -> !subject.equals(token.clientId().value()))
                .flatMap(accounts::find)
                .filter(account -> !account.isEnabled())
                .map(account -> RefusalReason.ACCOUNT_DISABLED);
    }
}
