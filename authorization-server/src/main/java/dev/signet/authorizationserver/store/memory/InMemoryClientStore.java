package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.core.ClientId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that live as long as the process. */
public final class InMemoryClientStore implements ClientStore {

    private final Map<ClientId, RegisteredClient> clients = new ConcurrentHashMap<>();

    /** A store without clients. */
    public InMemoryClientStore() {}

    /**
     * A store of these clients.
     *
     * @throws IllegalArgumentException naming every identifier that two of them have
     */
    public static InMemoryClientStore of(Collection<RegisteredClient> clients) {
        InMemoryClientStore store = new InMemoryClientStore();
        List<String> twice = new ArrayList<>();
        for (RegisteredClient client : clients) {
            if (!store.put(client)) {
                twice.add(client.clientId().value());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("clients: more than one is " + String.join(", ", twice));
        }
        return store;
    }

    @Override
    public Optional<RegisteredClient> find(ClientId clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    @Override
    public boolean put(RegisteredClient client) {
        return clients.putIfAbsent(client.clientId(), client) == null;
    }
}
