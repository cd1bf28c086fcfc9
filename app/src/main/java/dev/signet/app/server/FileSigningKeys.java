package dev.signet.app.server;

import dev.signet.authorizationserver.store.SigningKeyStore;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Signing keys from files of the operator: of each algorithm that is used the first one signs, the others are published beside
 * it, because they did sign or because they will. They change with the configuration only.
 */
final class FileSigningKeys implements SigningKeyStore {

    /** So far off that it never comes, so that it takes over from nobody. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final List<StoredSigningKey> keys;

    FileSigningKeys(List<SigningKey> keys, Instant start) {
        List<StoredSigningKey> stored = new ArrayList<>();
        Set<JwsAlgorithm> seen = EnumSet.noneOf(JwsAlgorithm.class);
        for (SigningKey key : keys) {
            stored.add(new StoredSigningKey(key, start, seen.add(key.algorithm()) ? start : NEVER));
        }
        this.keys = List.copyOf(stored);
    }

    @Override
    public List<StoredSigningKey> keys() {
        return keys;
    }

    /** Keeps nothing. */
    @Override
    public boolean putFirst(StoredSigningKey key) {
        return false;
    }

    /** Keeps nothing. */
    @Override
    public boolean put(StoredSigningKey key) {
        return false;
    }

    /** Leaves the files alone. */
    @Override
    public void remove(String keyId) {
        // Only the operator takes a key away.
    }
}
