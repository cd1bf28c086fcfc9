package dev.signet.authorizationserver.store;

import java.time.Instant;

/**
 * Keeps what resource owners granted, with the codes and refresh tokens that stand for it. Replace it to share it between nodes.
 * Thread-safe.
 */
public interface GrantStore {

    /**
     * Puts a grant with the code that it is first used by.
     *
     * @param code of what the client gets; not known here yet
     * @param codeExpiresAt from when on the code is refused
     * @throws StoreException if it is not certain that both are kept; the client then gets no code
     */
    void put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt);
}
