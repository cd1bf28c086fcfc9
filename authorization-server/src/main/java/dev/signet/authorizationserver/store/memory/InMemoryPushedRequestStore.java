package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Keeps pushed requests as long as the process lives. For tests, and for one node whose operator accepts that. Each request that is put
 * clears away a few that may be forgotten.
 */
public final class InMemoryPushedRequestStore implements PushedRequestStore {

    private static final int CLEARED_PER_REQUEST = 4;

    private final Clock clock;
    private final ReplayGuard replayGuard;
    private final Map<ReplayKey, StoredPushedRequest> requests = new HashMap<>();
    private final PriorityQueue<StoredPushedRequest> byEnd =
            new PriorityQueue<>(Comparator.comparing(StoredPushedRequest::keptUntil));

    /**
     * A store without requests.
     *
     * @param clock says when a request may be forgotten
     * @param replayGuard where the uses of requests are recorded, and that requests were answered
     */
    public InMemoryPushedRequestStore(Clock clock, ReplayGuard replayGuard) {
        this.clock = clock;
        this.replayGuard = replayGuard;
    }

    @Override
    public Optional<ReplayKey> put(StoredPushedRequest request, List<SingleUse> uses) {
        Optional<ReplayKey> used = uses.isEmpty() ? Optional.empty() : replayGuard.consume(uses);
        if (used.isEmpty()) {
            add(request);
        }
        return used;
    }

    private synchronized void add(StoredPushedRequest request) {
        Instant now = clock.instant();
        for (int cleared = 0; cleared < CLEARED_PER_REQUEST; cleared++) {
            StoredPushedRequest oldest = byEnd.peek();
            if (oldest == null || oldest.keptUntil().isAfter(now)) {
                break;
            }
            byEnd.remove();
            requests.remove(oldest.reference());
        }
        requests.put(request.reference(), request);
        byEnd.add(request);
    }

    @Override
    public Optional<StoredPushedRequest> find(ReplayKey reference) {
        return kept(reference).filter(request -> !replayGuard.isUsed(reference));
    }

    private synchronized Optional<StoredPushedRequest> kept(ReplayKey reference) {
        return Optional.ofNullable(requests.get(reference));
    }

    /** How many requests are kept, answered ones included. */
    public synchronized int size() {
        return requests.size();
    }
}
