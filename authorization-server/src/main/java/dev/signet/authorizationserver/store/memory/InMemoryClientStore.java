package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.core.ClientId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Clients that live as long as the process. */
public final class InMemoryClientStore implements ClientStore {

    private final ConcurrentSkipListMap<String, RegisteredClient> clients = new ConcurrentSkipListMap<>();

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
        return Optional.ofNullable(clients.get(clientId.value()));
    }

    @Override
    public boolean put(RegisteredClient client) {
        return clients.putIfAbsent(client.clientId().value(), client) == null;
    }

    @Override
    public Optional<RegisteredClient> change(ClientId clientId, UnaryOperator<RegisteredClient> change) {
        return Optional.ofNullable(clients.computeIfPresent(clientId.value(), (same, client) -> {
            RegisteredClient changed = change.apply(client);
            if (!changed.clientId().equals(clientId)) {
                throw new IllegalArgumentException("change gave another client");
            }
            return changed;
        }));
    }

    @Override
    public boolean remove(ClientId clientId) {
        return clients.remove(clientId.value()) != null;
    }

    @Override
    public List<RegisteredClient> page(String after, int most) {
        return clients.tailMap(after, false).values().stream().limit(most).toList();
    }
}
