package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.PrivateJwk;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys that live as long as the process: tokens that an earlier one signed can't be checked any more, and what was encrypted to it
 * can't be decrypted.
 *
 * @param <K> signing keys, or decryption keys
 */
public final class InMemoryServerKeyStore<K extends PrivateJwk> implements ServerKeyStore<K> {

    private final Map<String, StoredKey<K>> keys = new LinkedHashMap<>();

    /** A store without keys. */
    public InMemoryServerKeyStore() {}

    /**
     * A store of these keys.
     *
     * @throws IllegalArgumentException if two of them have one {@code kid}
     */
    public static <K extends PrivateJwk> InMemoryServerKeyStore<K> of(Collection<StoredKey<K>> keys) {
        InMemoryServerKeyStore<K> store = new InMemoryServerKeyStore<>();
        for (StoredKey<K> key : keys) {
            if (!store.put(key)) {
                throw new IllegalArgumentException(
                        "keys: more than one is " + key.key().keyId());
            }
        }
        return store;
    }

    @Override
    public synchronized List<StoredKey<K>> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized boolean putFirst(StoredKey<K> first) {
        boolean taken = keys.values().stream()
                .anyMatch(key -> key.key().algorithmName().equals(first.key().algorithmName()));
        return !taken && put(first);
    }

    @Override
    public synchronized boolean put(StoredKey<K> key) {
        return keys.putIfAbsent(key.key().keyId(), key) == null;
    }

    @Override
    public synchronized void remove(String keyId) {
        keys.remove(keyId);
    }
}
