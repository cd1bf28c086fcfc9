package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps initial access tokens, in the same store as the clients that register with them. Thread-safe. */
public interface InitialAccessTokenStore {

    /**
     * Adds a token.
     *
     * @return false, and nothing changed, if there is one of that name or digest
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is kept
     */
    boolean put(InitialAccessToken token);

    /**
     * The token with that digest; after it has expired either answer may be given.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<InitialAccessToken> find(TokenDigest digest);

    /**
     * Adds a client and counts a use of the token, in one step: both or neither.
     *
     * @return false, and nothing changed, if the token is not there, has expired or has no use left, or there is a client of that
     *     identifier; of those that come together for the last use one is told true
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that both are kept
     */
    boolean redeem(TokenDigest digest, RegisteredClient client, Instant now);

    /**
     * Removes a token; the clients that registered with it stay.
     *
     * @return whether there was one of that name, which of those that come together only one is told
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is gone
     */
    boolean remove(String name);

    /**
     * Some of the tokens, in the order of their names, whichever that is here.
     *
     * @param after the last name of the page before; empty for the first page
     * @param most how many at most, 1 at least; fewer are the last page
     * @throws dev.signet.authorizationserver.store.StoreException if they can't be read
     */
    List<InitialAccessToken> page(String after, int most);
}
