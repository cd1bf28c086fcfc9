package dev.signet.authorizationserver.encryption;

import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.internal.KeyLines;
import dev.signet.authorizationserver.internal.KeyRing;
import dev.signet.authorizationserver.store.KeyState;
import dev.signet.authorizationserver.store.KeyState.Phase;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.memory.FixedServerKeys;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.KeyUse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * The keys that senders encrypt to (RFC 9101 §6.1). Of each algorithm one is offered; when another one was for a while, it is withdrawn
 * and decrypts for another 25 hours, as JWK Sets are kept for a day and what is encrypted is good for an hour. They are read from
 * the store as {@link dev.signet.authorizationserver.accesstoken.SigningKeys} are. Thread-safe.
 */
public final class DecryptionKeys {

    private final List<String> algorithms;
    private final Clock clock;
    private final KeyLines<DecryptionKey, Offered> lines;

    /** The keys as they stand at a time. */
    private record Offered(List<DecryptionKey> keys, List<JsonObject> published) {

        static Offered of(KeyRing<DecryptionKey> ring) {
            List<DecryptionKey> keys = new ArrayList<>(ring.keys(state -> state.phase() != Phase.RETIRED).stream()
                    .map(StoredKey::key)
                    .toList());
            // The later it was offered, the likelier it is the one.
            Collections.reverse(keys);
            return new Offered(
                    List.copyOf(keys),
                    ring.keys(KeyState::isPublished).stream()
                            .map(key -> key.key().toJwk())
                            .toList());
        }
    }

    private DecryptionKeys(Builder builder) {
        this.algorithms = builder.algorithms;
        this.clock = builder.clock;
        this.lines = new KeyLines<>(builder.store, algorithms, builder.terms(), Offered::of);
    }

    /** Always these; none, and nothing may be encrypted. */
    public static DecryptionKeys of(List<DecryptionKey> keys) {
        return builder(FixedServerKeys.of(keys))
                .algorithms(keys.stream().map(DecryptionKey::algorithm).toList())
                .build();
    }

    /** Starts with a store. */
    public static Builder builder(ServerKeyStore<DecryptionKey> store) {
        return new Builder(store);
    }

    /** The key management algorithms that are offered; empty if nothing may be encrypted. */
    public List<String> algorithms() {
        return algorithms;
    }

    /** The keys to try, the latest first: those that are offered, will be, and were not so long ago. */
    public List<DecryptionKey> keys() {
        return lines.at(clock.instant()).keys();
    }

    /** The public JWKs of those that are offered. */
    public List<JsonObject> published() {
        return lines.at(clock.instant()).published();
    }

    /** All keys, by the time from which they are the ones that are encrypted to. */
    public List<StoredKey<DecryptionKey>> all() {
        return lines.all();
    }

    /**
     * Makes a new key of each algorithm.
     *
     * @param ahead how long it is until they are the only ones that are offered; all nodes have half of the first ten minutes to read
     *     them before they are offered. With zero, a node that has not read them can't decrypt what is encrypted to them
     * @return the new keys, in the order of the algorithms
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that they are kept
     */
    public List<StoredKey<DecryptionKey>> rotate(Duration ahead) {
        return lines.rotate(ahead);
    }

    /** Collects what the keys are managed with. */
    public static final class Builder {

        private final ServerKeyStore<DecryptionKey> store;
        private List<String> algorithms = List.of();
        private CryptoProvider provider = CryptoProvider.jdk();
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Executor executor = ForkJoinPool.commonPool();
        private ServerListener listener = ServerListener.none();

        private Builder(ServerKeyStore<DecryptionKey> store) {
            this.store = store;
        }

        /** What senders may encrypt with, of {@link DecryptionKey#ALGORITHMS}; nothing unless given. */
        public Builder algorithms(Collection<String> offered) {
            this.algorithms = offered.stream().distinct().toList();
            return this;
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

        private KeyLines.Terms<DecryptionKey> terms() {
            return new KeyLines.Terms<>(
                    KeyUse.ENCRYPTION,
                    algorithm -> DecryptionKey.generate(algorithm, provider, random),
                    clock,
                    executor,
                    listener);
        }

        /**
         * The keys; makes one for each algorithm that the store has none for.
         *
         * @throws IllegalArgumentException if an algorithm is not supported
         * @throws dev.signet.authorizationserver.store.StoreException if the store can't be read or written
         */
        public DecryptionKeys build() {
            if (!DecryptionKey.ALGORITHMS.containsAll(algorithms)) {
                throw new IllegalArgumentException("algorithms must be of " + DecryptionKey.ALGORITHMS);
            }
            return new DecryptionKeys(this);
        }
    }
}
