package dev.signet.client.authorization;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Those of one session, in memory. */
final class PendingInMemory implements PendingAuthorizations {

    /** More than anybody has tabs that wait for a login. */
    static final int MOST = 32;

    private final Map<String, PendingAuthorization> byState = new LinkedHashMap<>();

    @Override
    public synchronized void put(PendingAuthorization pending) {
        byState.put(pending.state(), pending);
        if (byState.size() > MOST) {
            byState.remove(byState.keySet().iterator().next());
        }
    }

    @Override
    public synchronized Optional<PendingAuthorization> take(String state) {
        return Optional.ofNullable(byState.remove(state));
    }

    /** How many there are. */
    @Override
    public synchronized String toString() {
        return "PendingAuthorizations, " + byState.size() + " in memory";
    }
}
