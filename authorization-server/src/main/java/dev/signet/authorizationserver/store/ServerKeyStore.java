package dev.signet.authorizationserver.store;

import dev.signet.jwt.key.PrivateJwk;
import java.util.List;

/**
 * Keeps the keys of the server that have one use. Replace it to share them between nodes. Thread-safe.
 *
 * @param <K> signing keys, or decryption keys
 */
public interface ServerKeyStore<K extends PrivateJwk> {

    /**
     * All keys, in no particular order.
     *
     * @throws StoreException if they can't be read
     */
    List<StoredKey<K>> keys();

    /**
     * Puts a key only if there is none of its algorithm. Of any number of nodes that start together exactly one succeeds.
     *
     * @return whether this call put it
     * @throws StoreException if it is not certain that the key is kept
     */
    boolean putFirst(StoredKey<K> key);

    /**
     * Puts a key beside the others.
     *
     * @return false, and nothing changed, if there is one with that {@code kid}
     * @throws StoreException if it is not certain that the key is kept
     */
    boolean put(StoredKey<K> key);

    /**
     * Removes a key; does nothing if there is none with that {@code kid}.
     *
     * @throws StoreException if it is not certain that the key is gone
     */
    void remove(String keyId);
}
