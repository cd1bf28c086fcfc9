package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Keeps tokens as long as the process lives: after a restart nobody knows them any more. For tests, and for one node whose
 * operator accepts that. Each token that is put clears away a few that have expired.
 */
public final class InMemoryStoredTokens implements StoredTokens {

    private static final int CLEARED_PER_TOKEN = 4;

    private final Clock clock;
    private final ReplayGuard replayGuard;
    private final Map<TokenDigest, StoredToken> tokens = new HashMap<>();
    private final PriorityQueue<StoredToken> byExpiry =
            new PriorityQueue<>(Comparator.comparing(StoredToken::expiresAt));

    /**
     * A store without tokens.
     *
     * @param clock says when a token has expired and may be forgotten
     * @param replayGuard where the uses of requests are recorded
     */
    public InMemoryStoredTokens(Clock clock, ReplayGuard replayGuard) {
        this.clock = clock;
        this.replayGuard = replayGuard;
    }

    @Override
    public Optional<ReplayKey> put(StoredToken token, List<SingleUse> uses) {
        Optional<ReplayKey> replayed = uses.isEmpty() ? Optional.empty() : replayGuard.consume(uses);
        if (replayed.isEmpty()) {
            add(token);
        }
        return replayed;
    }

    private synchronized void add(StoredToken token) {
        Instant now = clock.instant();
        for (int cleared = 0; cleared < CLEARED_PER_TOKEN; cleared++) {
            StoredToken oldest = byExpiry.peek();
            if (oldest == null || oldest.expiresAt().isAfter(now)) {
                break;
            }
            byExpiry.remove();
            tokens.remove(oldest.digest());
        }
        tokens.put(token.digest(), token);
        byExpiry.add(token);
    }

    @Override
    public synchronized Optional<StoredToken> find(TokenDigest digest) {
        return Optional.ofNullable(tokens.get(digest));
    }

    /** How many tokens are kept. */
    public synchronized int size() {
        return tokens.size();
    }
}
