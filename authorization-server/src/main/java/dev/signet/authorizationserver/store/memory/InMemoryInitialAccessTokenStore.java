package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Initial access tokens that live as long as the process. */
public final class InMemoryInitialAccessTokenStore implements InitialAccessTokenStore {

    private final ClientStore clients;
    private final TreeMap<String, InitialAccessToken> tokens = new TreeMap<>();

    /**
     * A store without tokens.
     *
     * @param clients where the clients go that register with one
     */
    public InMemoryInitialAccessTokenStore(ClientStore clients) {
        this.clients = clients;
    }

    @Override
    public synchronized boolean put(InitialAccessToken token) {
        return find(token.digest()).isEmpty() && tokens.putIfAbsent(token.name(), token) == null;
    }

    @Override
    public synchronized Optional<InitialAccessToken> find(TokenDigest digest) {
        return tokens.values().stream()
                .filter(token -> token.digest().equals(digest))
                .findFirst();
    }

    @Override
    public synchronized boolean redeem(TokenDigest digest, RegisteredClient client, Instant now) {
        Optional<InitialAccessToken> token = find(digest).filter(found -> found.isUsable(now));
        if (token.isEmpty() || !clients.put(client)) {
            return false;
        }
        tokens.put(token.get().name(), token.get().used());
        return true;
    }

    @Override
    public synchronized boolean remove(String name) {
        return tokens.remove(name) != null;
    }

    @Override
    public synchronized List<InitialAccessToken> page(String after, int most) {
        return tokens.tailMap(after, false).values().stream().limit(most).toList();
    }
}
