package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.SigningKeyStore;
import dev.signet.authorizationserver.store.StoredSigningKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signing keys that live as long as the process; tokens of an earlier one can't be checked any more. */
public final class InMemorySigningKeyStore implements SigningKeyStore {

    private final Map<String, StoredSigningKey> keys = new LinkedHashMap<>();

    /** A store without keys. */
    public InMemorySigningKeyStore() {}

    /**
     * A store of these keys.
     *
     * @throws IllegalArgumentException if two of them have one {@code kid}
     */
    public static InMemorySigningKeyStore of(Collection<StoredSigningKey> keys) {
        InMemorySigningKeyStore store = new InMemorySigningKeyStore();
        for (StoredSigningKey key : keys) {
            if (!store.put(key)) {
                throw new IllegalArgumentException(
                        "keys: more than one is " + key.key().keyId());
            }
        }
        return store;
    }

    @Override
    public synchronized List<StoredSigningKey> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized boolean putFirst(StoredSigningKey first) {
        boolean taken = keys.values().stream()
                .anyMatch(key -> key.key().algorithm() == first.key().algorithm());
        return !taken && put(first);
    }

    @Override
    public synchronized boolean put(StoredSigningKey key) {
        return keys.putIfAbsent(key.key().keyId(), key) == null;
    }

    @Override
    public synchronized void remove(String keyId) {
        keys.remove(keyId);
    }
}
