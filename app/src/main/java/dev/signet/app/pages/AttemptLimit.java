package dev.signet.app.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often something may be tried under one name: so many times at once, then one each time some time has passed. In memory, for
 * the names tried last. Thread-safe.
 */
final class AttemptLimit {

    static final int NAMES = 10_000;

    private final Duration timePerAttempt;
    private final Duration full;

    /** Names, and when all that was tried under them is forgotten. */
    private final Map<String, Instant> forgottenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > NAMES;
        }
    };

    AttemptLimit(int atOnce, Duration timePerAttempt) {
        this.timePerAttempt = timePerAttempt;
        this.full = timePerAttempt.multipliedBy(atOnce);
    }

    /** Counts an attempt, before it is known what comes of it; gives the time to wait if it may not be made now. */
    synchronized Optional<Duration> take(String name, Instant now) {
        Instant before = forgottenAt.getOrDefault(name, now);
        // What is further off was counted by a clock that has been set back since.
        boolean counts = before.isAfter(now) && !before.isAfter(now.plus(full).plus(full));
        Instant after = (counts ? before : now).plus(timePerAttempt);
        if (after.isAfter(now.plus(full))) {
            return Optional.of(Duration.between(now.plus(full), after));
        }
        forgottenAt.put(name, after);
        return Optional.empty();
    }

    /** An attempt that turned out well counts for nothing. */
    synchronized void giveBack(String name) {
        forgottenAt.computeIfPresent(name, (same, at) -> at.minus(timePerAttempt));
    }
}
