package dev.signet.authorizationserver.store;

import dev.signet.authorizationserver.registry.RegisteredClient;

/** A registry that clients can be added to. Thread-safe. */
public interface ClientStore extends ClientRegistry {

    /**
     * Adds a client.
     *
     * @return false, and nothing changed, if there is one with that identifier
     * @throws StoreException if it is not certain that the client is kept
     */
    boolean put(RegisteredClient client);
}
