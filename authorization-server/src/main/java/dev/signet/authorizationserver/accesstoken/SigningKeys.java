package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.internal.KeyLines;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
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
    public static final Duration CACHED_FOR = KeyLines.CACHED_FOR;

    /** How long a new key is published before it signs: all nodes have read it, and all others asked again, by then. */
    public static final Duration PUBLISHED_AHEAD = KeyLines.PUBLISHED_AHEAD;

    /** The longest time that a new key may be published before it signs. */
    public static final Duration LONGEST_AHEAD = KeyLines.LONGEST_AHEAD;

    private final List<JwsAlgorithm> algorithms;
    private final Clock clock;
    private final KeyLines<SigningKey, Signers> lines;

    private SigningKeys(Builder builder) {
        this.algorithms = builder.algorithms();
        this.clock = builder.clock;
        this.lines = new KeyLines<>(
                builder.store,
                algorithms.stream().map(JwsAlgorithm::joseName).toList(),
                builder.terms(),
                ring -> new Signers(ring, algorithms));
    }

    /** Starts with a store. */
    public static Builder builder(ServerKeyStore<SigningKey> store) {
        return new Builder(store);
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
        return lines.at(now)
                .signer(algorithm)
                .orElseThrow(() -> new IllegalStateException("there is no signing key any more"));
    }

    /** The public keys that tokens are to be checked with, those that will sign soon and those that did included. */
    public JwkSet published() {
        return lines.at(clock.instant()).published();
    }

    /** All keys, by the time from which they sign. */
    public List<StoredKey<SigningKey>> all() {
        return lines.all();
    }

    /**
     * Makes a new key of each algorithm that is used, and publishes them.
     *
     * @param publishedAhead how long they are published before they sign; {@link #PUBLISHED_AHEAD} unless there is reason for
     *     another; with zero, tokens may be refused by those who have not asked for the JWK Set again
     * @return the new keys, that of the server's own algorithm first
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that they are kept
     */
    public List<StoredKey<SigningKey>> rotate(Duration publishedAhead) {
        return lines.rotate(publishedAhead);
    }

    /** Collects what the keys are managed with. */
    public static final class Builder {

        private final ServerKeyStore<SigningKey> store;
        private JwsAlgorithm algorithm = JwsAlgorithm.ES256;
        private Set<JwsAlgorithm> resourceAlgorithms = Set.of();
        private CryptoProvider provider = CryptoProvider.jdk();
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Executor executor = ForkJoinPool.commonPool();
        private ServerListener listener = ServerListener.none();

        private Builder(ServerKeyStore<SigningKey> store) {
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

        private KeyLines.Terms<SigningKey> terms() {
            return new KeyLines.Terms<>(
                    KeyUse.SIGNATURE,
                    name -> SigningKey.generate(JwsAlgorithm.find(name).orElseThrow(), provider, random),
                    clock,
                    executor,
                    listener);
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
