package dev.signet.testkit;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A guard that also says which uses were recorded, to show that a refused request left nothing. Thread-safe. */
public final class RecordingReplayGuard implements ReplayGuard {

    private final ReplayGuard guard;
    private final List<SingleUse> recorded = new CopyOnWriteArrayList<>();

    /**
     * A guard that leaves the decision to another.
     *
     * @param guard what decides
     */
    public RecordingReplayGuard(ReplayGuard guard) {
        this.guard = guard;
    }

    @Override
    public Optional<ReplayKey> consume(List<SingleUse> uses) {
        Optional<ReplayKey> used = guard.consume(uses);
        if (used.isEmpty()) {
            recorded.addAll(uses);
        }
        return used;
    }

    @Override
    public boolean isUsed(ReplayKey key) {
        return guard.isUsed(key);
    }

    /** The uses recorded so far, in their order. */
    public List<SingleUse> recorded() {
        return List.copyOf(recorded);
    }
}
