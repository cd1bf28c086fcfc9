package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Remembers revoked tokens as long as the process lives: after a restart those that have not expired are good again. For
 * tests, and for one node whose operator accepts that. Each revocation clears away a few that have expired.
 */
public final class InMemoryRevokedTokens implements RevokedTokens {

    private static final int CLEARED_PER_REVOCATION = 4;

    private final Clock clock;
    private final ReplayGuard replayGuard;
    private final Map<JwtIdDigest, Long> marks = new HashMap<>();
    private final TreeMap<Long, RevokedToken> byMark = new TreeMap<>();
    private final PriorityQueue<RevokedToken> byExpiry =
            new PriorityQueue<>(Comparator.comparing(RevokedToken::expiresAt));
    private long last = START;

    /**
     * A store in which nothing is revoked.
     *
     * @param clock says when a revoked token has expired and may be forgotten
     * @param replayGuard where the uses of requests are recorded
     */
    public InMemoryRevokedTokens(Clock clock, ReplayGuard replayGuard) {
        this.clock = clock;
        this.replayGuard = replayGuard;
    }

    @Override
    public Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses) {
        Optional<ReplayKey> replayed = uses.isEmpty() ? Optional.empty() : replayGuard.consume(uses);
        if (replayed.isEmpty()) {
            add(token);
        }
        return replayed;
    }

    private synchronized void add(RevokedToken token) {
        clear(clock.instant());
        if (marks.putIfAbsent(token.digest(), last + 1) == null) {
            last++;
            byMark.put(last, token);
            byExpiry.add(token);
        }
    }

    private void clear(Instant now) {
        for (int cleared = 0; cleared < CLEARED_PER_REVOCATION; cleared++) {
            RevokedToken oldest = byExpiry.peek();
            if (oldest == null || oldest.expiresAt().isAfter(now)) {
                return;
            }
            byExpiry.remove();
            byMark.remove(marks.remove(oldest.digest()));
        }
    }

    @Override
    public synchronized boolean isRevoked(JwtIdDigest digest) {
        return marks.containsKey(digest);
    }

    @Override
    public synchronized RevocationChanges changesSince(long mark, int most) {
        List<RevokedToken> revoked = new ArrayList<>();
        for (Map.Entry<Long, RevokedToken> entry : byMark.tailMap(mark, false).entrySet()) {
            if (revoked.size() == most) {
                return new RevocationChanges(revoked, entry.getKey() - 1, true);
            }
            revoked.add(entry.getValue());
        }
        return new RevocationChanges(revoked, last, false);
    }

    /** How many tokens are remembered. */
    public synchronized int size() {
        return marks.size();
    }
}
