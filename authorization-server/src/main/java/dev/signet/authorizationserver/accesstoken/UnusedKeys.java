package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.store.StoredSigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys whose algorithm is used no more. No store says since when that is so: it counts from when this node saw it. Thread-safe.
 */
final class UnusedKeys {

    /** An hour for all nodes to be told, and the time until the last token that such a key may have signed has expired. */
    static final Duration KEPT = Duration.ofHours(1).plus(SigningKeyState.RETIRED_AFTER);

    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    /** Which of these keys nobody needs any more. */
    List<StoredSigningKey> removable(List<StoredSigningKey> unused, Instant now) {
        seen.keySet().retainAll(unused.stream().map(key -> key.key().keyId()).toList());
        return unused.stream()
                .filter(key -> !seen.computeIfAbsent(key.key().keyId(), unseen -> now)
                        .plus(KEPT)
                        .isAfter(now))
                // A store that keeps it all the same is asked again after that time.
                .filter(key -> seen.remove(key.key().keyId()) != null)
                .toList();
    }
}
