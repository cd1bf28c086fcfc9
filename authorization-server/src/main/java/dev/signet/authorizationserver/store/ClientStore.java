package dev.signet.authorizationserver.store;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A registry that clients can be added to, changed in and taken from; all nodes know it with their next request. Thread-safe. */
public interface ClientStore extends ClientRegistry {

    /**
     * Adds a client.
     *
     * @return false, and nothing changed, if there is one with that identifier
     * @throws StoreException if it is not certain that the client is kept
     */
    boolean put(RegisteredClient client);

    /**
     * Changes a client in one step: of changes that come together each is made to what the other one left.
     *
     * @param change gives what the client shall be, under the same identifier; may be called again, with what is there by then
     * @return the client as it is now; empty, and nothing changed, if there is none
     * @throws StoreException if it is not certain that the change is kept
     */
    Optional<RegisteredClient> change(ClientId clientId, UnaryOperator<RegisteredClient> change);

    /**
     * Removes a client.
     *
     * @return whether there was one, which of those that come together only one is told
     * @throws StoreException if it is not certain that the client is gone
     */
    boolean remove(ClientId clientId);

    /**
     * Some of the clients, in the order of their identifiers, whichever that is here.
     *
     * @param after the last identifier of the page before; empty for the first page
     * @param most how many at most, 1 at least; fewer are the last page
     * @throws StoreException if they can't be read
     */
    List<RegisteredClient> page(String after, int most);
}
