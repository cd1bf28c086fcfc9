package dev.signet.storejdbc;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients that were built last, with the rows they were built from: reading keys out of JSON costs more than reading
 * the row. Nothing is answered from here for another row. Thread-safe.
 */
final class RecentClients {

    static final int MOST = 1_000;

    private final Map<ClientId, Built> built = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientId, Built> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<RegisteredClient> find(ClientId clientId, ClientRow row) {
        Built found = built.get(clientId);
        return found != null && found.row().equals(row) ? Optional.of(found.client()) : Optional.empty();
    }

    synchronized void put(ClientId clientId, ClientRow row, RegisteredClient client) {
        built.put(clientId, new Built(row, client));
    }

    synchronized int size() {
        return built.size();
    }

    private record Built(ClientRow row, RegisteredClient client) {}
}
