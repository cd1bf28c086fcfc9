package dev.signet.authorizationserver.store;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import java.util.Optional;

/**
 * Knows the clients. Replace it where they are kept elsewhere.
 *
 * <pre>{@code
 * ClientRegistry clients = id -> directory.lookUp(id.value()).map(entry -> toRegisteredClient(entry));
 * }</pre>
 *
 * <p>It is asked on every request: a slow registry should keep what it found for a while. Thread-safe.
 */
@FunctionalInterface
public interface ClientRegistry {

    /**
     * The client with that identifier; empty if there is none.
     *
     * @throws StoreException if that can't be said
     */
    Optional<RegisteredClient> find(ClientId clientId);
}
