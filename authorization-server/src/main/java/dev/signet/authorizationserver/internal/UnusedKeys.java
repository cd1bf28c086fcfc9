package dev.signet.authorizationserver.internal;

import dev.signet.authorizationserver.store.KeyState;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys whose algorithm is used no more. No store says since when that is so: it counts from when this node saw it. Thread-safe.
 */
final class UnusedKeys {

    private static final Duration UNTIL_ALL_NODES_ARE_TOLD = Duration.ofHours(1);

    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    /** How long such a key is kept: an hour for all nodes to be told, and the time until it is good for nothing any more. */
    static Duration kept(KeyUse use) {
        return UNTIL_ALL_NODES_ARE_TOLD.plus(KeyState.retiredAfter(use));
    }

    /** Which of these keys nobody needs any more. */
    <K extends PrivateJwk> List<StoredKey<K>> removable(List<StoredKey<K>> unused, Instant now) {
        seen.keySet().retainAll(unused.stream().map(key -> key.key().keyId()).toList());
        return unused.stream()
                .filter(key -> !seen.computeIfAbsent(key.key().keyId(), unseen -> now)
                        .plus(kept(key.key().use()))
                        .isAfter(now))
                // A store that keeps it all the same is asked again after that time.
                .filter(key -> seen.remove(key.key().keyId()) != null)
                .toList();
    }
}
