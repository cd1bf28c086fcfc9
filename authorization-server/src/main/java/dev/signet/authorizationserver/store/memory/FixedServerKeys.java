package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that the operator alone changes: of each algorithm the first one is in use, the others are published beside it, because
 * they were or because they will be.
 *
 * @param <K> signing keys, or decryption keys
 */
public final class FixedServerKeys<K extends PrivateJwk> implements ServerKeyStore<K> {

    private static final Instant EVER = Instant.EPOCH;

    /** So far off that it never comes, so that it takes over from nobody. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final List<StoredKey<K>> keys;

    private FixedServerKeys(List<StoredKey<K>> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A store of these keys. */
    public static <K extends PrivateJwk> FixedServerKeys<K> of(List<K> keys) {
        List<StoredKey<K>> stored = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (K key : keys) {
            stored.add(new StoredKey<>(key, EVER, seen.add(key.algorithmName()) ? EVER : NEVER));
        }
        return new FixedServerKeys<>(stored);
    }

    @Override
    public List<StoredKey<K>> keys() {
        return keys;
    }

    /** Keeps nothing. */
    @Override
    public boolean putFirst(StoredKey<K> key) {
        return false;
    }

    /** Keeps nothing. */
    @Override
    public boolean put(StoredKey<K> key) {
        return false;
    }

    /** Keeps them all. */
    @Override
    public void remove(String keyId) {
        // Only the operator takes a key away.
    }
}
