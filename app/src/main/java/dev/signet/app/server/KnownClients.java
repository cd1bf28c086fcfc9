package dev.signet.app.server;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.ClientId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The clients of the configuration, then those of the store. */
final class KnownClients implements ClientRegistry {

    private final Map<ClientId, RegisteredClient> configured;
    private final ClientRegistry others;

    KnownClients(List<RegisteredClient> configured, ClientRegistry others) {
        this.configured = configured.stream()
                .collect(Collectors.toUnmodifiableMap(RegisteredClient::clientId, Function.identity()));
        this.others = others;
    }

    @Override
    public Optional<RegisteredClient> find(ClientId clientId) {
        RegisteredClient client = configured.get(clientId);
        return client == null ? others.find(clientId) : Optional.of(client);
    }
}
