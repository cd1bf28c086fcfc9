package dev.signet.authorizationserver.internal;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The server's keys of one use: of each algorithm a line in which one follows another. They are read from the store at the start
 * and again once a minute, beside the requests; a request only reads what is at hand. Thread-safe.
 *
 * @param <K> signing keys, or decryption keys
 * @param <V> what requests want to know of them, made once for each time that they change
 */
public final class KeyLines<K extends PrivateJwk, V> {

    /** How long those who want the public keys may keep the JWK Set before they ask again. */
    public static final Duration CACHED_FOR = Duration.ofMinutes(5);

    /** How long a new key is made before it is in use: all nodes have read it, and all others asked again, by then. */
    public static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(10);

    /** The longest time that a new key may be made before it is in use. */
    public static final Duration LONGEST_AHEAD = Duration.ofDays(366);

    private static final Duration RELOADED_AFTER = Duration.ofMinutes(1);

    /** How long all nodes have to read a key that is encrypted to as soon as it is published. */
    private static final Duration READ_AHEAD = Duration.ofMinutes(5);

    /**
     * How to be with keys.
     *
     * @param generation makes one for an algorithm
     * @param executor where the store is read again
     * @param listener is told of keys that come and go
     */
    public record Terms<K extends PrivateJwk>(
            KeyUse use, Function<String, K> generation, Clock clock, Executor executor, ServerListener listener) {}

    private record Current<K extends PrivateJwk, V>(KeyRing<K> ring, V view) {}

    private final ServerKeyStore<K> store;
    private final List<String> algorithms;
    private final Terms<K> terms;
    private final Function<KeyRing<K>, V> viewing;
    private final AtomicBoolean reloading = new AtomicBoolean();
    private final Object loading = new Object();
    private final Object changing = new Object();
    private final UnusedKeys unused = new UnusedKeys();
    private volatile Current<K, V> current;

    /**
     * Reads the keys, and makes one for each algorithm that the store has none for.
     *
     * @param algorithms the names of those that are used
     * @throws dev.signet.authorizationserver.store.StoreException if the store can't be read or written
     */
    public KeyLines(ServerKeyStore<K> store, List<String> algorithms, Terms<K> terms, Function<KeyRing<K>, V> viewing) {
        this.store = store;
        this.algorithms = List.copyOf(algorithms);
        this.terms = terms;
        this.viewing = viewing;
        Instant now = terms.clock().instant();
        this.current = view(new KeyRing<>(store.keys(), this.algorithms, now, now.plus(RELOADED_AFTER)));
        putMissing(now);
    }

    private Current<K, V> view(KeyRing<K> ring) {
        return new Current<>(ring, viewing.apply(ring));
    }

    /**
     * Makes the keys with which algorithms come in. The very first ones are in use at once; others are published ahead. Nodes that
     * start together all make keys; one of each algorithm is kept, and all use that.
     */
    private void putMissing(Instant now) {
        List<StoredKey<K>> known = current.ring().keys();
        List<String> missing = algorithms.stream()
                .filter(algorithm -> known.stream()
                        .noneMatch(key -> key.key().algorithmName().equals(algorithm)))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Duration ahead = known.isEmpty() ? Duration.ZERO : PUBLISHED_AHEAD;
        // All are made before one is put: to a node that starts in between, the others would not be the very first.
        List<StoredKey<K>> made = missing.stream()
                .map(algorithm -> generate(algorithm, now, ahead))
                .toList();
        for (StoredKey<K> first : made) {
            if (store.putFirst(first)) {
                report(first, now);
            }
        }
        load(now);
    }

    private StoredKey<K> generate(String algorithm, Instant now, Duration ahead) {
        // A signature is checked by whoever has seen the key; what is encrypted may reach a node that has not.
        Duration read = terms.use() == KeyUse.SIGNATURE ? Duration.ZERO : READ_AHEAD;
        Instant publishedAt = now.plus(ahead.compareTo(read) < 0 ? ahead : read);
        return new StoredKey<>(terms.generation().apply(algorithm), publishedAt, now.plus(ahead));
    }

    /** What there is to know of the keys at a time. */
    public V at(Instant now) {
        return current(now).view();
    }

    /** All keys, by the time from which they are in use. */
    public List<StoredKey<K>> all() {
        return current(terms.clock().instant()).ring().keys();
    }

    /**
     * Makes a new key of each algorithm that is used.
     *
     * @param ahead how long it is until they take over
     * @return the new keys, in the order of the algorithms
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that they are kept
     */
    public List<StoredKey<K>> rotate(Duration ahead) {
        if (ahead.isNegative() || ahead.compareTo(LONGEST_AHEAD) > 0) {
            throw new IllegalArgumentException("ahead must be 0 to 366 days");
        }
        Instant now = terms.clock().instant();
        List<StoredKey<K>> rotated = new ArrayList<>();
        for (String algorithm : algorithms) {
            StoredKey<K> next = generate(algorithm, now, ahead);
            if (!store.put(next)) {
                throw new IllegalStateException("two generated keys can't have one thumbprint");
            }
            report(next, now);
            rotated.add(next);
        }
        reload(now);
        return List.copyOf(rotated);
    }

    private Current<K, V> current(Instant now) {
        Current<K, V> found = current;
        if (!found.ring().standsAt(now)) {
            synchronized (changing) {
                current = view(current.ring().at(now));
                found = current;
            }
        }
        if (found.ring().isDue(now) && reloading.compareAndSet(false, true)) {
            reloadBeside(now);
        }
        return found;
    }

    private void reloadBeside(Instant now) {
        try {
            terms.executor().execute(() -> {
                try {
                    reload(now);
                } catch (RuntimeException failed) {
                    postpone(now, failed);
                } finally {
                    reloading.set(false);
                }
            });
        } catch (RejectedExecutionException shuttingDown) {
            reloading.set(false);
            postpone(now, shuttingDown);
        }
    }

    private void postpone(Instant now, RuntimeException failed) {
        synchronized (changing) {
            current = view(current.ring().reloadedAt(now, now.plus(RELOADED_AFTER)));
        }
        terms.listener().onEvent(new ServerEvent.ServerKeysNotReloaded(now, terms.use(), failed));
    }

    private void reload(Instant now) {
        KeyRing<K> loaded = load(now);
        // Somebody may have taken the last key away: without another there would be none until a restart.
        putMissing(now);
        loaded.retired().forEach(key -> remove(key, now));
        unused.removable(loaded.unused(), now).forEach(key -> remove(key, now));
    }

    private void remove(StoredKey<K> key, Instant now) {
        store.remove(key.key().keyId());
        terms.listener()
                .onEvent(new ServerEvent.ServerKeyRetired(
                        now, terms.use(), key.key().keyId(), key.key().algorithmName()));
    }

    /** Takes over what the store holds: what was read first never replaces what was read later. Not for requests: they don't wait. */
    private KeyRing<K> load(Instant now) {
        synchronized (loading) {
            List<StoredKey<K>> stored = store.keys();
            synchronized (changing) {
                current = view(new KeyRing<>(keepingObjects(stored), algorithms, now, now.plus(RELOADED_AFTER)));
                return current.ring();
            }
        }
    }

    /** A key that is known already stays the same object: what it has prepared is kept. */
    private List<StoredKey<K>> keepingObjects(List<StoredKey<K>> stored) {
        Map<StoredKey<K>, StoredKey<K>> known =
                current.ring().keys().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        List<StoredKey<K>> kept = new ArrayList<>();
        stored.forEach(key -> kept.add(known.getOrDefault(key, key)));
        return kept;
    }

    private void report(StoredKey<K> key, Instant now) {
        terms.listener()
                .onEvent(new ServerEvent.ServerKeyPublished(
                        now,
                        terms.use(),
                        key.key().keyId(),
                        key.key().algorithmName(),
                        key.publishedAt(),
                        key.activeFrom()));
    }
}
