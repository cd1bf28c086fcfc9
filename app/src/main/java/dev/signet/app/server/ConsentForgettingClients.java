package dev.signet.app.server;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.core.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Clients of a store, with which goes what people let them do: whoever has the identifier next is to be asked for anew. Thread-safe.
 *
 * @param clients where they are
 * @param consents what people let them do
 */
public record ConsentForgettingClients(ClientStore clients, ConsentStore consents) implements ClientStore {

    @Override
    public Optional<RegisteredClient> find(ClientId clientId) {
        return clients.find(clientId);
    }

    @Override
    public boolean put(RegisteredClient client) {
        return clients.put(client);
    }

    @Override
    public Optional<RegisteredClient> change(ClientId clientId, UnaryOperator<RegisteredClient> change) {
        return clients.change(clientId, change);
    }

    /** The client first: nothing can be consented to after that. */
    @Override
    public boolean remove(ClientId clientId) {
        boolean removed = clients.remove(clientId);
        consents.revokeAll(clientId);
        return removed;
    }

    @Override
    public List<RegisteredClient> page(String after, int most) {
        return clients.page(after, most);
    }
}
