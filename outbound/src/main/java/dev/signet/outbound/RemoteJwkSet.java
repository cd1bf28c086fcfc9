package dev.signet.outbound;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.CachedDocument.Copy;
import dev.signet.outbound.CachedDocument.Found;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a party publishes at its {@code jwks_uri} (RFC 7517 §5, RFC 7523 §5, RFC 9068 §4). Thread-safe; checking
 * with keys at hand takes no lock.
 *
 * <p>A set is used as long as the server lets it be kept, from 5 minutes to 24 hours, and is fetched again in the
 * background when a quarter of that time is left. A JWT with an unknown {@code kid} leads to one more fetch, at most
 * every 30 seconds whatever comes in; so does, every 5 minutes, a signature that the key named by {@code kid} did not
 * make. A fetch that brings no usable key (an error, garbage, an empty set) changes nothing: the keys at hand are used to
 * the end of their life, and then nothing is accepted any more.
 *
 * <pre>{@code
 * KeySource keys = RemoteJwkSet.builder(URI.create("https://as.example/jwks"), http).build();
 * VerifiedJwt verified = keys.verify(UnverifiedJwt.parse(compact), Set.of(JwsAlgorithm.ES256));
 * }</pre>
 */
public final class RemoteJwkSet implements KeySource {
    private final URI uri;
    private final OutboundHttp http;
    private final CryptoProvider provider;
    private final Clock clock;
    private final CachedDocument<JwkSet> document;
    private final UnknownKeys unknown = new UnknownKeys();

    private volatile JwkSet latest = JwkSet.empty();

    private RemoteJwkSet(Builder builder, CacheLife life) {
        this.uri = builder.uri;
        this.http = builder.http;
        this.provider = builder.provider;
        this.clock = builder.clock;
        Executor executor = builder.executor == null ? builder.http.executor() : builder.executor;
        this.document = new CachedDocument<>(this::fetch, builder.clock, executor, life, http.waiting());
    }

    /** Starts a key source; nothing is fetched before it is needed. */
    public static Builder builder(URI uri, OutboundHttp http) {
        return new Builder(uri, http);
    }

    private Found<JwkSet> fetch() {
        FetchedDocument fetched = http.get(uri, FetchLimits.JWK_SET);
        JwkSet keys;
        try {
            keys = JwkSet.parse(fetched.body(), provider);
        } catch (KeyException e) {
            throw new OutboundException(OutboundException.Reason.DOCUMENT_REFUSED, "what was fetched is no JWK Set", e);
        }
        // One without any for signatures does not take the place of one that has some: who rotates keys publishes the
        // next.
        if (keys.isEmpty() || (keys.keys().isEmpty() && !latest.keys().isEmpty())) {
            throw new OutboundException(
                    OutboundException.Reason.DOCUMENT_REFUSED, "the JWK Set that was fetched has no usable key");
        }
        // Unchanged keys stay the same objects, with what they have made ready for checking.
        if (!keys.equals(latest)) {
            latest = keys;
        }
        return new Found<>(latest, fetched.maximumAge());
    }

    @Override
    public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
        jwt.requireAlgorithm(allowed);
        Copy<JwkSet> copy = current();
        try {
            return jwt.verify(copy.content(), allowed);
        } catch (JwtRejected rejected) {
            if (!newerKeysMightFit(rejected.reason())) {
                throw rejected;
            }
            JwkSet newer = newerThan(copy, jwt, rejected.reason());
            if (newer.equals(copy.content())) {
                throw rejected;
            }
            return jwt.verify(newer, allowed);
        }
    }

    private static boolean newerKeysMightFit(Reason reason) {
        return switch (reason) {
            case KEY_UNKNOWN, KEY_MISMATCH, BAD_SIGNATURE -> true;
            default -> false;
        };
    }

    private JwkSet newerThan(Copy<JwkSet> seen, UnverifiedJwt jwt, Reason reason) {
        boolean isKnown = reason != Reason.KEY_UNKNOWN;
        String keyId = jwt.keyId().orElse("");
        Instant now = clock.instant();
        if (!isKnown && unknown.isHopeless(keyId, now)) {
            return seen.content();
        }
        Copy<JwkSet> newer = document.newerThan(seen, () -> unknown.permitsFetch(isKnown, now));
        if (!isKnown && newer != seen && !newer.content().hasKeyId(keyId)) {
            unknown.noteMissing(keyId, now);
        }
        return newer.content();
    }

    private Copy<JwkSet> current() {
        try {
            return document.get();
        } catch (OutboundException e) {
            throw new KeysUnavailableException("the keys at " + uri.getHost() + " cannot be had: " + e.detail(), e);
        }
    }

    @Override
    public List<EncryptionKey> encryptionKeys(String algorithm) {
        return keys().encryptionKeys(algorithm);
    }

    /** Says no once the life of the keys has ended. */
    @Override
    public boolean contains(VerificationKey key) {
        Copy<JwkSet> copy = document.ifFresh();
        return copy != null && FixedKeys.holds(copy.content(), key);
    }

    /**
     * The keys, fetched now if there are none at hand.
     *
     * @throws KeysUnavailableException if they cannot be had
     */
    public JwkSet keys() {
        return current().content();
    }

    @Override
    public String toString() {
        return "RemoteJwkSet[" + uri.getHost() + "]";
    }

    /** Says where the keys are and what they are checked with. */
    public static final class Builder {
        private final URI uri;
        private final OutboundHttp http;
        private Clock clock = Clock.systemUTC();
        private CryptoProvider provider = CryptoProvider.jdk();
        private Duration staleFor = Duration.ZERO;
        private @Nullable Executor executor;

        private Builder(URI uri, OutboundHttp http) {
            this.uri = Objects.requireNonNull(uri, "uri");
            this.http = Objects.requireNonNull(http, "http");
        }

        /** By which the life of the keys is measured; the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** With what signatures are checked; the JDK's own by default. */
        public Builder cryptoProvider(CryptoProvider provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /** Where keys are fetched before they are needed; the fetcher's own by default. */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Lets keys whose life has ended be used that much longer, up to 24 hours, while they cannot be fetched. By
         * default they are not used any more, so that a key taken back is gone in time.
         */
        public Builder allowStaleFor(Duration duration) {
            staleFor = Objects.requireNonNull(duration, "duration");
            return this;
        }

        /**
         * The key source.
         *
         * @throws IllegalArgumentException naming everything that is wrong, such as a URI that the fetcher does not call
         */
        public RemoteJwkSet build() {
            List<String> faults = new ArrayList<>();
            if (!http.permits(uri)) {
                faults.add("the URI must be https, or http to an allowed host, without user information and fragment");
            }
            CacheLife.fault(staleFor).ifPresent(faults::add);
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("remote JWK Set: " + String.join("; ", faults));
            }
            return new RemoteJwkSet(this, new CacheLife(staleFor));
        }
    }
}
