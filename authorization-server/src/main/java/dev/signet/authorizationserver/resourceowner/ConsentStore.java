package dev.signet.authorizationserver.resourceowner;

import dev.signet.core.ClientId;
import java.util.List;
import java.util.Optional;

/** Remembers what people let clients do. Thread-safe. */
public interface ConsentStore {

    /**
     * Adds what was consented to; what was before stays.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is kept
     */
    void add(Consent consent);

    /**
     * All that somebody let a client do; empty if nothing.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<Consent> find(String subject, ClientId clientId);

    /**
     * All that somebody let clients do, in the order of the clients, whichever that is here.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    List<Consent> of(String subject);

    /**
     * Forgets what somebody let a client do.
     *
     * @return whether there was something, which of those that come together only one is told
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is forgotten
     */
    boolean revoke(String subject, ClientId clientId);

    /**
     * Forgets what everybody let a client do: whoever has its identifier next is another.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is forgotten
     */
    void revokeAll(ClientId clientId);
}
