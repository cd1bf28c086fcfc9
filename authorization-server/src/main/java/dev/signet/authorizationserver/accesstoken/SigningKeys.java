package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.store.SigningKeyStore;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that access tokens are signed with (RFC 9068 §2.1, §4). They are read from the store at the start and again once a
 * minute, beside the requests; a request only reads what is at hand. Of each algorithm that is used one key signs at a time; until
 * the first of a new one does, that of the server's own signs in its place. Thread-safe.
 *
 * <pre>{@code
 * SigningKeys keys = SigningKeys.builder(store).build();
 * keys.rotate(SigningKeys.PUBLISHED_AHEAD);
 * }</pre>
 */
public final class SigningKeys {

    /** How long those who check tokens may keep the JWK Set before they ask again. */
    public static final Duration CACHED_FOR = Duration.ofMinutes(5);

    /** How long a new key is published before it signs: all nodes have read it, and all others asked again, by then. */
    public static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(10);

    /** The longest time that a new key may be published before it signs. */
    public static final Duration LONGEST_AHEAD = Duration.ofDays(366);

    private static final Duration RELOADED_AFTER = Duration.ofMinutes(1);

    private final SigningKeyStore store;
    private final List<JwsAlgorithm> algorithms;
    private final CryptoProvider provider;
    private final Clock clock;
    private final SecureRandom random;
    private final Executor executor;
    private final ServerListener listener;
    private final AtomicBoolean reloading = new AtomicBoolean();
    private final Object loading = new Object();
    private final Object changing = new Object();
    private final UnusedKeys unused = new UnusedKeys();
    private volatile KeyRing ring;

    private SigningKeys(Builder builder) {
        this.store = builder.store;
        this.algorithms = builder.algorithms();
        this.provider = builder.provider;
        this.clock = builder.clock;
        this.random = builder.random;
        this.executor = builder.executor;
        this.listener = builder.listener;
        Instant now = clock.instant();
        this.ring = new KeyRing(store.keys(), algorithms, now, now.plus(RELOADED_AFTER));
        putMissing(now);
    }

    /** Starts with a store. */
    public static Builder builder(SigningKeyStore store) {
        return new Builder(store);
    }

    /**
     * Makes the keys with which algorithms come in. The very first ones sign at once; others are published ahead. Nodes that start
     * together all make keys; one of each algorithm is kept, and all use that.
     */
    private void putMissing(Instant now) {
        List<StoredSigningKey> known = ring.keys();
        List<JwsAlgorithm> missing = algorithms.stream()
                .filter(algorithm -> known.stream().noneMatch(key -> key.key().algorithm() == algorithm))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Instant activeFrom = known.isEmpty() ? now : now.plus(PUBLISHED_AHEAD);
        // All are made before one is put: to a node that starts in between, the others would not be the very first.
        List<StoredSigningKey> made = missing.stream()
                .map(algorithm -> generate(algorithm, now, activeFrom))
                .toList();
        for (StoredSigningKey first : made) {
            if (store.putFirst(first)) {
                report(first, now);
            }
        }
        load(now);
    }

    /** What tokens are signed with unless their resource has an algorithm of its own. */
    JwsAlgorithm algorithm() {
        return algorithms.get(0);
    }

    /** All algorithms that are used, that of the server's own first. */
    public List<JwsAlgorithm> algorithms() {
        return algorithms;
    }

    /** The signer in use for one of the algorithms. */
    TokenSigner signer(JwsAlgorithm algorithm, Instant now) {
        return ring(now)
                .signer(algorithm)
                .orElseThrow(() -> new IllegalStateException("there is no signing key any more"));
    }

    /** The public keys that tokens are to be checked with, those that will sign soon and those that did included. */
    public JwkSet published() {
        return ring(clock.instant()).published();
    }

    /** All keys, by the time from which they sign. */
    public List<StoredSigningKey> all() {
        return ring(clock.instant()).keys();
    }

    /**
     * Makes a new key of each algorithm that is used, and publishes them.
     *
     * @param publishedAhead how long they are published before they sign; {@link #PUBLISHED_AHEAD} unless there is reason for
     *     another; with zero, tokens may be refused by those who have not asked for the JWK Set again
     * @return the new keys, that of the server's own algorithm first
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that they are kept
     */
    public List<StoredSigningKey> rotate(Duration publishedAhead) {
        if (publishedAhead.isNegative() || publishedAhead.compareTo(LONGEST_AHEAD) > 0) {
            throw new IllegalArgumentException("publishedAhead must be 0 to 366 days");
        }
        Instant now = clock.instant();
        List<StoredSigningKey> rotated = new ArrayList<>();
        for (JwsAlgorithm algorithm : algorithms) {
            StoredSigningKey next = generate(algorithm, now, now.plus(publishedAhead));
            if (!store.put(next)) {
                throw new IllegalStateException("two generated keys can't have one thumbprint");
            }
            report(next, now);
            rotated.add(next);
        }
        reload(now);
        return List.copyOf(rotated);
    }

    private StoredSigningKey generate(JwsAlgorithm algorithm, Instant now, Instant activeFrom) {
        return new StoredSigningKey(SigningKey.generate(algorithm, provider, random), now, activeFrom);
    }

    private KeyRing ring(Instant now) {
        KeyRing current = ring;
        if (!current.standsAt(now)) {
            synchronized (changing) {
                ring = ring.at(now);
                current = ring;
            }
        }
        if (current.isDue(now) && reloading.compareAndSet(false, true)) {
            reloadBeside(now);
        }
        return current;
    }

    private void reloadBeside(Instant now) {
        try {
            executor.execute(() -> {
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
            ring = ring.reloadedAt(now, now.plus(RELOADED_AFTER));
        }
        listener.onEvent(new ServerEvent.SigningKeysNotReloaded(now, failed));
    }

    private void reload(Instant now) {
        KeyRing loaded = load(now);
        // Somebody may have taken the last key away: without another, no token could be made until a restart.
        putMissing(now);
        loaded.retired().forEach(key -> remove(key, now));
        unused.removable(loaded.unused(), now).forEach(key -> remove(key, now));
    }

    private void remove(StoredSigningKey key, Instant now) {
        store.remove(key.key().keyId());
        listener.onEvent(new ServerEvent.SigningKeyRetired(
                now, key.key().keyId(), key.key().algorithm()));
    }

    /** Takes over what the store holds: what was read first never replaces what was read later. Not for requests: they don't wait. */
    private KeyRing load(Instant now) {
        synchronized (loading) {
            List<StoredSigningKey> stored = store.keys();
            synchronized (changing) {
                ring = new KeyRing(keepingObjects(stored), algorithms, now, now.plus(RELOADED_AFTER));
                return ring;
            }
        }
    }

    /** A key that is known already stays the same object: what it has prepared for signing is kept. */
    private List<StoredSigningKey> keepingObjects(List<StoredSigningKey> stored) {
        Map<StoredSigningKey, StoredSigningKey> known =
                ring.keys().stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
        List<StoredSigningKey> kept = new ArrayList<>();
        stored.forEach(key -> kept.add(known.getOrDefault(key, key)));
        return kept;
    }

    private void report(StoredSigningKey key, Instant now) {
        listener.onEvent(new ServerEvent.SigningKeyPublished(
                now, key.key().keyId(), key.key().algorithm(), key.activeFrom()));
    }

    /** Collects what the keys are managed with. */
    public static final class Builder {

        private final SigningKeyStore store;
        private JwsAlgorithm algorithm = JwsAlgorithm.ES256;
        private Set<JwsAlgorithm> resourceAlgorithms = Set.of();
        private CryptoProvider provider = CryptoProvider.jdk();
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Executor executor = ForkJoinPool.commonPool();
        private ServerListener listener = ServerListener.none();

        private Builder(SigningKeyStore store) {
            this.store = store;
        }

        /**
         * The algorithm of access tokens: ES256 unless given. If the store has keys of others only, a key of this one is published
         * and takes over after {@link SigningKeys#PUBLISHED_AHEAD}.
         */
        public Builder algorithm(JwsAlgorithm used) {
            this.algorithm = used;
            return this;
        }

        /** What resources have instead; nothing unless given. */
        public Builder resourceAlgorithms(Set<JwsAlgorithm> used) {
            this.resourceAlgorithms = Set.copyOf(used);
            return this;
        }

        private List<JwsAlgorithm> algorithms() {
            return Stream.concat(
                            Stream.of(algorithm), resourceAlgorithms.stream().sorted())
                    .distinct()
                    .toList();
        }

        /** Makes keys; the JDK's unless given. */
        public Builder cryptoProvider(CryptoProvider used) {
            this.provider = used;
            return this;
        }

        /** Tells the time; the system's unless given. */
        public Builder clock(Clock used) {
            this.clock = used;
            return this;
        }

        /** Where keys come from; the platform's default unless given. */
        public Builder random(SecureRandom used) {
            this.random = used;
            return this;
        }

        /** Where the store is read again; the common pool unless given. */
        public Builder executor(Executor used) {
            this.executor = used;
            return this;
        }

        /** Is told of keys that come and go. */
        public Builder listener(ServerListener told) {
            this.listener = told;
            return this;
        }

        /**
         * The keys; makes one for each algorithm that the store has none for.
         *
         * @throws IllegalArgumentException if an algorithm is a MAC
         * @throws dev.signet.authorizationserver.store.StoreException if the store can't be read or written
         */
        public SigningKeys build() {
            if (algorithms().stream().anyMatch(JwsAlgorithm::isMac)) {
                throw new IllegalArgumentException("algorithm must not be a MAC: who checks a token could make one");
            }
            return new SigningKeys(this);
        }
    }
}
