package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Instant;
import java.util.Optional;

/** Keeps the sessions of those who signed in, for all nodes. What has expired is none. Thread-safe. */
public interface SessionStore {

    /**
     * Begins a session.
     *
     * @param session with an identifier that is not known here yet
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it is kept
     */
    void put(StoredSession session);

    /**
     * The session with that identifier; empty if there is none.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<StoredSession> find(TokenDigest id);

    /**
     * Lets a session last longer. One that has ended stays ended, and none gets shorter.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain
     */
    void extend(TokenDigest id, Instant expiresAt);

    /**
     * Ends a session; there may be none.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that it has ended
     */
    void end(TokenDigest id);

    /**
     * Ends all sessions of somebody.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that they have ended
     */
    void endAll(String subject);
}
