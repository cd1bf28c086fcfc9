package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.StoredSession;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions that live as long as the process at most. */
public final class InMemorySessionStore implements SessionStore {

    private final Map<TokenDigest, StoredSession> sessions = new ConcurrentHashMap<>();
    private final Clock clock;

    /** A store without sessions, which go by that clock. */
    public InMemorySessionStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void put(StoredSession session) {
        Instant now = clock.instant();
        sessions.values().removeIf(other -> !other.expiresAt().isAfter(now));
        sessions.put(session.id(), session);
    }

    @Override
    public Optional<StoredSession> find(TokenDigest id) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.expiresAt().isAfter(clock.instant()));
    }

    @Override
    public void extend(TokenDigest id, Instant expiresAt) {
        Instant now = clock.instant();
        sessions.computeIfPresent(
                id,
                (same, session) ->
                        session.expiresAt().isAfter(now) && session.expiresAt().isBefore(expiresAt)
                                ? new StoredSession(
                                        id, session.subject(), session.authentication(), session.startedAt(), expiresAt)
                                : session);
    }

    @Override
    public void end(TokenDigest id) {
        sessions.remove(id);
    }

    @Override
    public void endAll(String subject) {
        sessions.values().removeIf(session -> session.subject().equals(subject));
    }
}
