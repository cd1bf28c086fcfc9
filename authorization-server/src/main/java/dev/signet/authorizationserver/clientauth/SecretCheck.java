package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.internal.RateLimit;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.HashedSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code client_secret_basic} and {@code client_secret_post} (RFC 6749 §2.3.1). */
final class SecretCheck {

    private final ClientRegistry clients;
    private final Set<ClientAuthenticationMethod> enabled;
    private final RateLimit<ClientId> failures;
    private final HashedSecret nobodys;

    SecretCheck(ClientAuthentication.Builder settings) {
        this.clients = settings.clients;
        this.enabled = settings.methods;
        this.failures = new RateLimit<>(settings.failuresAtOnce, settings.timePerFailure);
        byte[] unguessable = new byte[ClientSecret.MINIMUM_LENGTH];
        settings.random.nextBytes(unguessable);
        this.nobodys = ClientSecret.hashed(Base64.getEncoder().encodeToString(unguessable), settings.random);
    }

    AuthenticatedClient authenticate(PresentedCredentials.Secret presented, Instant now) {
        Optional<RegisteredClient> client = clients.find(presented.clientId());
        Optional<HashedSecret> kept = client.filter(found -> usesMethod(found, presented))
                .flatMap(RegisteredClient::secret)
                .filter(HashedSecret.class::isInstance)
                .map(HashedSecret.class::cast);
        // Something is compared in any case, so that the time does not tell whether the client exists.
        boolean matches = kept.orElse(nobodys).matches(presented.secret());
        if (client.isPresent() && kept.isPresent() && matches) {
            return new AuthenticatedClient(client.get(), List.of(), List.of());
        }
        // A right secret is never held up: a client could be kept out by anybody who knows its identifier. That a
        // secret is long is
        // what makes guessing hopeless (RFC 6749 §2.3.1).
        failures.require(presented.clientId(), "the client failed to show its secret", now);
        failures.note(presented.clientId(), now);
        if (client.isEmpty()) {
            throw OAuthException.invalidClient(RefusalReason.CLIENT_UNKNOWN, "the client is not registered");
        }
        if (kept.isEmpty()) {
            throw OAuthException.invalidClient(
                    RefusalReason.CLIENT_METHOD_NOT_REGISTERED,
                    "the client showed a secret in another way than it is registered for");
        }
        throw OAuthException.invalidClient(RefusalReason.CLIENT_SECRET_WRONG, "the secret is wrong");
    }

    private boolean usesMethod(RegisteredClient client, PresentedCredentials.Secret presented) {
        ClientAuthenticationMethod method = presented.inHeader()
                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                : ClientAuthenticationMethod.CLIENT_SECRET_POST;
        return enabled.contains(method) && client.authenticationMethod() == method;
    }
}
