package dev.signet.authorizationserver.internal;

import dev.signet.authorizationserver.store.KeyState;
import dev.signet.authorizationserver.store.KeyState.Phase;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The keys of one use as they stand at a time, and until when they stand so. Immutable.
 *
 * @param <K> signing keys, or decryption keys
 */
public final class KeyRing<K extends PrivateJwk> {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final List<String> algorithms;
    private final List<KeyState<K>> states;
    private final Instant standsUntil;
    private final Instant reloadAt;

    /**
     * The keys at a time.
     *
     * @param algorithms the names of those that are used
     * @param reloadAt when the store is to be asked again
     */
    KeyRing(Collection<StoredKey<K>> stored, List<String> algorithms, Instant now, Instant reloadAt) {
        this.algorithms = algorithms;
        this.states = KeyState.of(stored, algorithms, now);
        this.reloadAt = reloadAt;
        Instant change = Instant.MAX;
        for (KeyState<K> state : states) {
            change = earliest(
                    change,
                    now,
                    state.key().publishedAt(),
                    state.key().activeFrom(),
                    state.keptUntil().orElse(Instant.MAX));
        }
        this.standsUntil = change;
    }

    private static Instant earliest(Instant found, Instant now, Instant... times) {
        Instant result = found;
        for (Instant time : times) {
            if (time.isAfter(now) && time.isBefore(result)) {
                result = time;
            }
        }
        return result;
    }

    /** The keys that stand so, by the time from which they are in use. */
    public List<StoredKey<K>> keys(Predicate<KeyState<K>> wanted) {
        return states.stream().filter(wanted).map(KeyState::key).toList();
    }

    /** All keys, those still to come and those that are through included, by the time from which they are in use. */
    public List<StoredKey<K>> keys() {
        return keys(state -> true);
    }

    /** The keys that are good for nothing any more. */
    List<StoredKey<K>> retired() {
        return keys(state -> state.phase() == Phase.RETIRED);
    }

    /** The keys of algorithms that are not used, though they may have been. */
    List<StoredKey<K>> unused() {
        return keys(state -> state.phase() == Phase.SUCCEEDED
                && !algorithms.contains(state.key().key().algorithmName()));
    }

    /** From when on another ring is needed. */
    boolean standsAt(Instant now) {
        return now.isBefore(standsUntil);
    }

    /** Whether it is time to ask the store again, or the clock was set back so far that it would be long in coming. */
    boolean isDue(Instant now) {
        return !now.isBefore(reloadAt) || now.isBefore(reloadAt.minus(LONGEST_WAIT));
    }

    /** The same keys at another time. */
    KeyRing<K> at(Instant now) {
        return new KeyRing<>(keys(), algorithms, now, reloadAt);
    }

    /** The same keys, to be asked for again at another time. */
    KeyRing<K> reloadedAt(Instant now, Instant nextReload) {
        return new KeyRing<>(keys(), algorithms, now, nextReload);
    }
}
