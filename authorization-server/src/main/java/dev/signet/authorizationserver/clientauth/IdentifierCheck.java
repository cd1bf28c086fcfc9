package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;

/** A {@code client_id} alone: enough for public clients, never for others (RFC 6749 §2.2). */
final class IdentifierCheck {

    private final ClientRegistry clients;
    private final boolean enabled;

    IdentifierCheck(ClientAuthentication.Builder settings) {
        this.clients = settings.clients;
        this.enabled = settings.methods.contains(ClientAuthenticationMethod.NONE);
    }

    PublicClient authenticate(PresentedCredentials.Identifier presented) {
        RegisteredClient client = clients.find(presented.clientId())
                .orElseThrow(() ->
                        OAuthException.invalidClient(RefusalReason.CLIENT_UNKNOWN, "the client is not registered"));
        if (!enabled || client.authenticationMethod() != ClientAuthenticationMethod.NONE) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_CREDENTIALS_MISSING, "client_id alone does not authenticate this client");
        }
        return new PublicClient(client);
    }
}
